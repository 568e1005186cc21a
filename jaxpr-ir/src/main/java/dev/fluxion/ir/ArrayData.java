package dev.fluxion.ir;

/**
 * Concrete, immutable array data held by a {@link Backend}. Elements are addressed by row-major flat index. Data that was
 * given up with {@link #donate} or {@link #delete} refuses to be read; its type stays known.
 */
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

    /**
     * The same elements under a new owner, for a program that reuses their buffer: see {@link Backend#compile(Jaxpr, Ints)}.
     * From now on this object refuses to be read. Elements that other arrays share are copied.
     *
     * @param at where they are given up, for the error that a later use gets
     * @throws FluxionException FX0603 when they were given up before
     */
    ArrayData donate(SourceInfo at);

    /**
     * Gives the elements up, for results of any program that come later. From now on this object refuses to be read. Elements
     * that other arrays share stay theirs. Nothing happens to data that was given up before.
     *
     * @param at where they are given up, for the error that a later use gets
     */
    void delete(SourceInfo at);

    /** How the elements were given up; null while they can be read. */
    GivenUp givenUp();

    /** The scalar's value as a literal. The type must be rank 0. */
    default Literal toLiteral() {
        return switch (type().dtype()) {
            case BOOL -> Literal.of(booleanAt(0));
            case INT32, INT64 -> Literal.of(type().dtype(), longAt(0));
            case FLOAT32, FLOAT64 -> Literal.of(type().dtype(), doubleAt(0));
        };
    }
}
