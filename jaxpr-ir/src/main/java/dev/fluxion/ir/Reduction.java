package dev.fluxion.ir;

import java.util.Locale;
import java.util.Objects;

/** Operations that combine the elements along axes. */
public sealed interface Reduction extends Primitive {

    /** {@code out = op over axes of x}; the axes disappear. */
    record Reduce(ReduceOp op, Ints axes) implements Reduction {
        public Reduce {
            Objects.requireNonNull(op, "op");
            Objects.requireNonNull(axes, "axes");
        }

        @Override
        public String name() {
            return "reduce_" + op.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The index of the first largest or smallest element along {@code axis}, which disappears; NaN wins. */
    record ArgReduce(ArgOp op, int axis, DType indexDtype) implements Reduction {
        public ArgReduce {
            Objects.requireNonNull(op, "op");
            Objects.requireNonNull(indexDtype, "indexDtype");
        }

        @Override
        public String name() {
            return op.name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code out[i] = op(x[0], ..., x[i])} along {@code axis}; from the end when {@code reverse}. */
    record Cumulative(CumulativeOp op, int axis, boolean reverse) implements Reduction {
        public Cumulative {
            Objects.requireNonNull(op, "op");
        }

        @Override
        public String name() {
            return op.name().toLowerCase(Locale.ROOT);
        }
    }
}
