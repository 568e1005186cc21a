package dev.fluxion.numpy;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;

/** NumPy's rules for operands: common dtype, common shape. Java scalars are weak: they take the array's dtype. */
final class Operators {
    private Operators() {}

    /** {@code op(x, y)} after promotion and broadcasting; on truth values ADD is OR and MUL is AND. */
    static NDArray binary(BinaryOp op, NDArray x, NDArray y) {
        return binary(op.toString(), op, x, y);
    }

    static NDArray binary(String name, BinaryOp op, NDArray x, NDArray y) {
        boolean logical = x.dtype() == DType.BOOL && y.dtype() == DType.BOOL;
        BinaryOp meant =
                logical && op == BinaryOp.ADD ? BinaryOp.OR : logical && op == BinaryOp.MUL ? BinaryOp.AND : op;
        return elementwise(name, new Elementwise.Binary(meant), x, y);
    }

    static NDArray binary(BinaryOp op, NDArray x, Number y) {
        return binary(op, x, weak(x.dtype(), y));
    }

    static NDArray binary(BinaryOp op, Number x, NDArray y) {
        return binary(op, weak(y.dtype(), x), y);
    }

    /** {@code op(x, y)} on floats: integers and truth values become FLOAT64. */
    static NDArray realBinary(String name, BinaryOp op, NDArray x, NDArray y) {
        DType dtype = realDType(x.dtype().promote(y.dtype()));
        return elementwise(name, new Elementwise.Binary(op), x.astype(dtype), y.astype(dtype));
    }

    static NDArray compare(CompareOp op, NDArray x, NDArray y) {
        Elementwise.Compare primitive = new Elementwise.Compare(op);
        return elementwise(primitive.name(), primitive, x, y);
    }

    static NDArray compare(CompareOp op, NDArray x, Number y) {
        return compare(op, x, weak(x.dtype(), y));
    }

    /** {@code op(x)} on floats: integers and truth values become FLOAT64. */
    static NDArray realUnary(UnaryOp op, NDArray x) {
        return Lax.unary(op, real(x));
    }

    /** The array as floats: integers and truth values become FLOAT64. */
    static NDArray real(NDArray x) {
        return Lax.convertElementType(x, realDType(x.dtype()));
    }

    static DType realDType(DType dtype) {
        return dtype.isFloating() ? dtype : DType.FLOAT64;
    }

    /** The array as numbers: truth values become INT64. */
    static NDArray numeric(NDArray x) {
        return x.dtype().isNumeric() ? x : Lax.convertElementType(x, DType.INT64);
    }

    /** The common dtype of all operands. */
    static DType promoted(NDArray... operands) {
        DType dtype = operands[0].dtype();
        for (NDArray operand : operands) {
            dtype = dtype.promote(operand.dtype());
        }
        return dtype;
    }

    /** Applies an elementwise operation after promotion and broadcasting. */
    static NDArray elementwise(String name, Primitive primitive, NDArray... operands) {
        DType dtype = promoted(operands);
        Shape shape = Shapes.broadcast(name, operands);
        NDArray[] fitted = new NDArray[operands.length];
        for (int i = 0; i < fitted.length; i++) {
            fitted[i] = Shapes.beside(Lax.convertElementType(operands[i], dtype), shape);
        }
        return Tracing.bind(primitive, fitted);
    }

    /**
     * The Java scalar beside an array of the given dtype, as JAX's weak types have it: it takes the array's dtype, but a
     * fraction beside integers or truth values makes FLOAT64, an integer beside truth values INT64.
     */
    static NDArray weak(DType beside, Number scalar) {
        boolean whole = switch (scalar) {
            case Byte _, Short _, Integer _, Long _ -> true;
            case Float _, Double _ -> false;
            default ->
                throw Tracing.located(FluxionException.of(
                                ErrorCode.DTYPE_MISMATCH,
                                "a " + scalar.getClass().getName() + " is not a scalar of an array dtype")
                        .hint("use its doubleValue() or longValue()"));
        };
        DType dtype = switch (beside) {
            case FLOAT32, FLOAT64 -> beside;
            case INT32, INT64 -> whole ? beside : DType.FLOAT64;
            case BOOL -> whole ? DType.INT64 : DType.FLOAT64;
        };
        if (dtype == DType.INT32 && scalar.longValue() != scalar.intValue()) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.DTYPE_MISMATCH, "the scalar " + scalar + " does not fit into i32")
                            .hint("make the array i64 with astype(DType.INT64)"));
        }
        return whole ? scalar(dtype, scalar.longValue()) : scalar(dtype, scalar.doubleValue());
    }

    /** The concrete scalar of the given dtype nearest to {@code value}. */
    static NDArray scalar(DType dtype, double value) {
        return concrete(
                dtype,
                switch (dtype) {
                    case BOOL -> new boolean[] {value != 0};
                    case INT32 -> new int[] {(int) value};
                    case INT64 -> new long[] {(long) value};
                    case FLOAT32 -> new float[] {(float) value};
                    case FLOAT64 -> new double[] {value};
                });
    }

    /** The concrete scalar of the given dtype for an integer. */
    static NDArray scalar(DType dtype, long value) {
        return dtype == DType.INT64 ? concrete(dtype, new long[] {value}) : scalar(dtype, (double) value);
    }

    /** The literal as a concrete scalar. */
    static NDArray scalar(Literal literal) {
        return literal.dtype().isFloating()
                ? scalar(literal.dtype(), literal.doubleValue())
                : scalar(literal.dtype(), literal.longValue());
    }

    private static NDArray concrete(DType dtype, Object element) {
        return NDArray.of(Backend.get().array(ArrayType.scalar(dtype), element));
    }
}
