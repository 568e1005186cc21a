package dev.fluxion.numpy;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** NumPy's rules for operands: common dtype, common shape. Java scalars are weak: they take the array's dtype. */
final class Operators {
    private Operators() {}

    static NDArray binary(BinaryOp op, NDArray x, NDArray y) {
        return elementwise(op.toString(), new Elementwise.Binary(op), x, y);
    }

    static NDArray binary(BinaryOp op, NDArray x, double y) {
        DType dtype = weak(x, y);
        return Tracing.bind(new Elementwise.Binary(op), Lax.convertElementType(x, dtype), scalar(dtype, y));
    }

    static NDArray binary(BinaryOp op, double x, NDArray y) {
        DType dtype = weak(y, x);
        return Tracing.bind(new Elementwise.Binary(op), scalar(dtype, x), Lax.convertElementType(y, dtype));
    }

    /** {@code x / y} as real numbers: integers become FLOAT64. */
    static NDArray divide(NDArray x, NDArray y) {
        return binary(BinaryOp.DIV, real(x), real(y));
    }

    static NDArray divide(NDArray x, double y) {
        return binary(BinaryOp.DIV, real(x), y);
    }

    /** The array as floats: integers and truth values become FLOAT64. */
    static NDArray real(NDArray x) {
        return x.dtype().isFloating() ? x : Lax.convertElementType(x, DType.FLOAT64);
    }

    /** Applies an elementwise operation after promotion and broadcasting. */
    static NDArray elementwise(String name, Primitive primitive, NDArray... operands) {
        DType dtype = operands[0].dtype();
        for (NDArray operand : operands) {
            dtype = dtype.promote(operand.dtype());
        }
        NDArray[] converted = new NDArray[operands.length];
        for (int i = 0; i < operands.length; i++) {
            converted[i] = Lax.convertElementType(operands[i], dtype);
        }
        return Tracing.bind(primitive, broadcast(name, converted));
    }

    /** The operands broadcast to their common shape; scalar constants stay as they are. */
    static NDArray[] broadcast(String name, NDArray... operands) {
        Shape shape = broadcastShapes(name, Array.of(operands).map(NDArray::shape));
        NDArray[] result = new NDArray[operands.length];
        for (int i = 0; i < operands.length; i++) {
            NDArray x = operands[i];
            result[i] = x.value().isLiteral() ? x : broadcastTo(x, shape);
        }
        return result;
    }

    static NDArray broadcastTo(NDArray x, Shape shape) {
        return Lax.broadcastInDim(x, shape, Ints.range(shape.rank() - x.ndim(), shape.rank()));
    }

    /** NumPy's common shape: aligned at the last axis, sizes equal or 1. */
    static Shape broadcastShapes(String name, Array<Shape> shapes) {
        int rank = shapes.map(Shape::rank).max().getOrElse(0);
        int[] dims = new int[rank];
        java.util.Arrays.fill(dims, 1);
        for (Shape shape : shapes) {
            for (int i = 0; i < shape.rank(); i++) {
                int at = rank - shape.rank() + i;
                int size = shape.dim(i);
                if (size != 1 && dims[at] != 1 && dims[at] != size) {
                    throw FluxionException.of(ErrorCode.BROADCAST_MISMATCH, name + ": shapes do not broadcast together")
                            .detail("shapes are " + shapes.mkString(", "))
                            .hint("shapes are aligned at the last axis; sizes must be equal or 1");
                }
                dims[at] = size == 1 ? dims[at] : size;
            }
        }
        return Shape.of(dims);
    }

    /** The dtype of an operation of an array with a Java scalar. */
    private static DType weak(NDArray x, double scalar) {
        boolean whole = scalar == Math.rint(scalar);
        return switch (x.dtype()) {
            case FLOAT32, FLOAT64 -> x.dtype();
            case INT32, INT64, BOOL -> whole && x.dtype() != DType.BOOL ? x.dtype() : DType.FLOAT64;
        };
    }

    /** The concrete scalar of the given dtype nearest to {@code value}. */
    static NDArray scalar(DType dtype, double value) {
        Object data = switch (dtype) {
            case BOOL -> new boolean[] {value != 0};
            case INT32 -> new int[] {(int) value};
            case INT64 -> new long[] {(long) value};
            case FLOAT32 -> new float[] {(float) value};
            case FLOAT64 -> new double[] {value};
        };
        return NDArray.of(Backend.get().array(ArrayType.scalar(dtype), data));
    }
}
