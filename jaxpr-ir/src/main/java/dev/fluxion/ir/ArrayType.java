package dev.fluxion.ir;

import java.util.Objects;

/** The type of an array: element type and shape. Prints as {@code f64[3,4]}. */
public record ArrayType(DType dtype, Shape shape) {
    private static final ArrayType[] SCALARS = new ArrayType[DType.values().length];

    static {
        for (DType dtype : DType.values()) {
            SCALARS[dtype.ordinal()] = new ArrayType(dtype, Shape.SCALAR);
        }
    }

    public ArrayType {
        Objects.requireNonNull(dtype, "dtype");
        Objects.requireNonNull(shape, "shape");
    }

    public static ArrayType of(DType dtype, int... dims) {
        return new ArrayType(dtype, Shape.of(dims));
    }

    public static ArrayType scalar(DType dtype) {
        return SCALARS[dtype.ordinal()];
    }

    public int rank() {
        return shape.rank();
    }

    public int size() {
        return shape.size();
    }

    /** The bytes of its elements. */
    public long byteSize() {
        return (long) size() * dtype.byteSize();
    }

    public boolean isScalar() {
        return shape.isScalar();
    }

    public ArrayType withShape(Shape newShape) {
        return new ArrayType(dtype, newShape);
    }

    public ArrayType withDType(DType newDtype) {
        return new ArrayType(newDtype, shape);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof ArrayType that && dtype == that.dtype && shape.equals(that.shape);
    }

    @Override
    public int hashCode() {
        return 31 * dtype.hashCode() + shape.hashCode();
    }

    @Override
    public String toString() {
        return dtype.shortName() + shape;
    }
}
