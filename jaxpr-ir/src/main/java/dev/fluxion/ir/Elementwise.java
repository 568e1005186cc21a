package dev.fluxion.ir;

import java.util.Locale;
import java.util.Objects;

/**
 * {@code out[i] = f(a[i], b[i], ...)}: operations that treat every element alike.
 *
 * <p>The two largest families compare themselves in plain code: builders look up every equation by its operation, and what
 * records do by themselves takes long in a young JVM.
 */
public sealed interface Elementwise extends Primitive {

    /** {@code out = op(x)}. */
    record Unary(UnaryOp op) implements Elementwise {
        public Unary {
            Objects.requireNonNull(op, "op");
        }

        @Override
        public String name() {
            return op.toString();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Unary that && op == that.op;
        }

        @Override
        public int hashCode() {
            return op.ordinal();
        }
    }

    /** {@code out = x^y} for a static integer {@code y}, by repeated squaring; negative {@code y} for floats only. */
    record IntegerPow(int y) implements Elementwise {
        @Override
        public String name() {
            return "integer_pow";
        }
    }

    /** {@code out = psi^(m)(x)}, the m-th derivative of digamma, {@code m >= 1}. */
    record Polygamma(int m) implements Elementwise {
        public Polygamma {
            if (m < 1) {
                throw FluxionException.of(ErrorCode.BAD_PARAMETER, "polygamma: order " + m)
                        .hint("the order is 1 or more; order 0 is digamma");
            }
        }

        @Override
        public String name() {
            return "polygamma";
        }
    }

    /** {@code out = op(x, y)}. */
    record Binary(BinaryOp op) implements Elementwise {
        public Binary {
            Objects.requireNonNull(op, "op");
        }

        @Override
        public String name() {
            return op.toString();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Binary that && op == that.op;
        }

        @Override
        public int hashCode() {
            return op.ordinal();
        }
    }

    /** {@code out = x op y}, of dtype BOOL; every comparison with NaN but {@code ne} is false. */
    record Compare(CompareOp op) implements Elementwise {
        public Compare {
            Objects.requireNonNull(op, "op");
        }

        @Override
        public String name() {
            return op.name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code out = x*y + z} with one rounding. Floating operands. */
    record Fma() implements Elementwise {
        @Override
        public String name() {
            return "fma";
        }
    }

    /**
     * {@code out = cases[which]}. Operands {@code (which, case0, case1, ...)}: {@code which} is BOOL (two cases; true
     * takes case 1) or INT32 (out-of-range values clamp).
     */
    record SelectN() implements Elementwise {
        @Override
        public String name() {
            return "select_n";
        }
    }

    /** {@code out = min(max(x, lo), hi)}. Operands {@code (lo, x, hi)}. */
    record Clamp() implements Elementwise {
        @Override
        public String name() {
            return "clamp";
        }
    }

    /** {@code out = (newDtype) x}: float to integer truncates and saturates, NaN gives 0; to BOOL is {@code x != 0}. */
    record ConvertElementType(DType newDtype) implements Elementwise {
        public ConvertElementType {
            Objects.requireNonNull(newDtype, "newDtype");
        }

        @Override
        public String name() {
            return "convert_element_type";
        }
    }

    /** The same bits read as another dtype of equal width: f64 and i64, f32 and i32. */
    record BitcastConvertType(DType newDtype) implements Elementwise {
        public BitcastConvertType {
            Objects.requireNonNull(newDtype, "newDtype");
        }

        @Override
        public String name() {
            return "bitcast_convert_type";
        }
    }

    /** {@code out = x}, with derivative zero. */
    record StopGradient() implements Elementwise {
        @Override
        public String name() {
            return "stop_gradient";
        }
    }

    /** {@code out = x}, under a name that a {@link CheckpointPolicy} may speak of. */
    record Named(String label) implements Elementwise {
        public Named {
            Objects.requireNonNull(label, "label");
        }

        @Override
        public String name() {
            return "name";
        }
    }

    /** {@code out = x}. */
    record Copy() implements Elementwise {
        @Override
        public String name() {
            return "copy";
        }
    }
}
