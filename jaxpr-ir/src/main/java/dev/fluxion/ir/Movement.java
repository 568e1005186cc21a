package dev.fluxion.ir;

import java.util.Objects;

/** Operations that place elements without computing on them. All are linear in their array operands. */
public sealed interface Movement extends Primitive {

    /**
     * {@code out[.., i_d, ..] = x[..]}: axis {@code k} of x becomes axis {@code broadcastDimensions[k]} of the result
     * (strictly increasing), where its size is kept or stretched from 1; all other axes repeat.
     */
    record BroadcastInDim(Shape shape, Ints broadcastDimensions) implements Movement {
        public BroadcastInDim {
            Objects.requireNonNull(shape, "shape");
            Objects.requireNonNull(broadcastDimensions, "broadcastDimensions");
        }

        @Override
        public String name() {
            return "broadcast_in_dim";
        }
    }

    /** The same elements in row-major order under another shape of equal size. */
    record Reshape(Shape newSizes) implements Movement {
        public Reshape {
            Objects.requireNonNull(newSizes, "newSizes");
        }

        @Override
        public String name() {
            return "reshape";
        }
    }

    /** Axis {@code k} of the result is axis {@code permutation[k]} of x. */
    record Transpose(Ints permutation) implements Movement {
        public Transpose {
            Objects.requireNonNull(permutation, "permutation");
        }

        @Override
        public String name() {
            return "transpose";
        }
    }

    /** Removes the given axes, all of size 1. */
    record Squeeze(Ints dimensions) implements Movement {
        public Squeeze {
            Objects.requireNonNull(dimensions, "dimensions");
        }

        @Override
        public String name() {
            return "squeeze";
        }
    }

    /** Inserts axes of size 1 that stand at the given positions of the result (ascending). */
    record ExpandDims(Ints dimensions) implements Movement {
        public ExpandDims {
            Objects.requireNonNull(dimensions, "dimensions");
        }

        @Override
        public String name() {
            return "expand_dims";
        }
    }

    /** Joins one or more arrays along {@code dimension}. */
    record Concatenate(int dimension) implements Movement {
        @Override
        public String name() {
            return "concatenate";
        }
    }

    /**
     * Operands {@code (x, value)}, value a scalar: per axis {@code low} values before, {@code high} after and
     * {@code interior} between neighbours. Negative low and high cut off; interior is zero or more.
     */
    record Pad(Ints low, Ints high, Ints interior) implements Movement {
        public Pad {
            Objects.requireNonNull(low, "low");
            Objects.requireNonNull(high, "high");
            Objects.requireNonNull(interior, "interior");
        }

        @Override
        public String name() {
            return "pad";
        }
    }

    /** {@code out[i] = x[start + i*stride]} per axis, while below {@code limit}. */
    record Slice(Ints startIndices, Ints limitIndices, Ints strides) implements Movement {
        public Slice {
            Objects.requireNonNull(startIndices, "startIndices");
            Objects.requireNonNull(limitIndices, "limitIndices");
            Objects.requireNonNull(strides, "strides");
        }

        @Override
        public String name() {
            return "slice";
        }
    }

    /**
     * Operands {@code (x, start_0, ..., start_{rank-1})}, integer scalars: a window of the given sizes. Starts clamp so
     * that the window lies inside.
     */
    record DynamicSlice(Shape sliceSizes) implements Movement {
        public DynamicSlice {
            Objects.requireNonNull(sliceSizes, "sliceSizes");
        }

        @Override
        public String name() {
            return "dynamic_slice";
        }
    }

    /** Operands {@code (x, update, start_0, ...)}: x with the window at start replaced by update. Starts clamp. */
    record DynamicUpdateSlice() implements Movement {
        @Override
        public String name() {
            return "dynamic_update_slice";
        }
    }

    /** Reverses the given axes. */
    record Rev(Ints dimensions) implements Movement {
        public Rev {
            Objects.requireNonNull(dimensions, "dimensions");
        }

        @Override
        public String name() {
            return "rev";
        }
    }

    /** No operand: {@code out[i] = i[dimension]}. */
    record Iota(DType dtype, Shape shape, int dimension) implements Movement {
        public Iota {
            Objects.requireNonNull(dtype, "dtype");
            Objects.requireNonNull(shape, "shape");
        }

        @Override
        public String name() {
            return "iota";
        }
    }
}
