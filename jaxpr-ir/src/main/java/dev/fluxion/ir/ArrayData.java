package dev.fluxion.ir;

/** Concrete, immutable array data held by a {@link Backend}. Elements are addressed by row-major flat index. */
public interface ArrayData {
    ArrayType type();

    /** Element {@code index} as a double; BOOL is 0 or 1; INT64 rounds. */
    double doubleAt(int index);

    /** Element {@code index} as a long; floating values truncate. */
    long longAt(int index);

    /** Element {@code index} as a truth value: not zero. */
    boolean booleanAt(int index);

    /**
     * A copy of all elements as a fresh Java array of the element type: {@code boolean[] int[] long[] float[]} or
     * {@code double[]}.
     */
    Object toHostArray();

    /** The scalar's value as a literal. The type must be rank 0. */
    default Literal toLiteral() {
        return switch (type().dtype()) {
            case BOOL -> Literal.of(booleanAt(0));
            case INT32, INT64 -> Literal.of(type().dtype(), longAt(0));
            case FLOAT32, FLOAT64 -> Literal.of(type().dtype(), doubleAt(0));
        };
    }
}
