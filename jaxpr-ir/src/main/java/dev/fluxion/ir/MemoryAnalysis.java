package dev.fluxion.ir;

/**
 * The array memory that one run of a compiled program needs, in bytes.
 *
 * @param argumentBytes the inputs
 * @param constantBytes the arrays that the program closes over; they live as long as it does
 * @param outputBytes the results
 * @param aliasBytes the part of the results that needs no memory of its own: it lies in buffers of inputs (donated ones, or
 *     inputs that are returned as they are), of constants, or of other results
 * @param temporaryBytes the buffers of intermediate values; they are kept for the next run
 * @param kernels how many generated kernels it runs
 */
public record MemoryAnalysis(
        long argumentBytes, long constantBytes, long outputBytes, long aliasBytes, long temporaryBytes, int kernels) {
    /** {@code argumentBytes + constantBytes + outputBytes - aliasBytes + temporaryBytes}. */
    public long peakBytes() {
        return argumentBytes + constantBytes + outputBytes - aliasBytes + temporaryBytes;
    }

    /** What an engine needs that keeps every intermediate value, in buffers of their own. */
    static MemoryAnalysis unplanned(Jaxpr jaxpr) {
        long values = jaxpr.equations()
                .toJavaStream()
                .flatMap(equation -> equation.outputs().toJavaStream())
                .mapToLong(out -> out.type().byteSize())
                .sum();
        long outputs = bytes(jaxpr.outputTypes());
        return new MemoryAnalysis(
                bytes(jaxpr.inputTypes()), constantBytes(jaxpr), outputs, 0, Math.max(0, values - outputs), 0);
    }

    /** The bytes of arrays of the given types. */
    public static long bytes(Iterable<ArrayType> types) {
        long bytes = 0;
        for (ArrayType type : types) {
            bytes += type.byteSize();
        }
        return bytes;
    }

    /** The bytes of the arrays that a program closes over. */
    public static long constantBytes(Jaxpr jaxpr) {
        return bytes(jaxpr.constants().map(constant -> constant.var().type()));
    }
}
