package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.MemoryAnalysis;
import dev.fluxion.tracing.Tracing;

/** Refuses matrices of derivatives that do not fit, before anything is allocated. */
public final class AnswerSize {
    /** The most elements of a Java array on all machines. */
    private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 8L;

    private AnswerSize() {}

    /**
     * Checks a matrix of {@code rows} times {@code columns} elements.
     *
     * @param what the matrix, such as {@code hessian of loss}
     * @throws FluxionException when an array or the memory of this JVM is too small (FX0409)
     */
    public static void require(String what, ArrayType rows, ArrayType columns, String hint) {
        require(
                what,
                rows.size(),
                columns.size(),
                rows.dtype().promote(columns.dtype()).byteSize(),
                Runtime.getRuntime().maxMemory(),
                hint);
    }

    /** Checks that all unit vectors of the space of a type fit into one array. */
    static void requireAllDirections(String what, ArrayType type, String hint) {
        long elements = (long) type.size() * type.size();
        if (elements > MOST_ELEMENTS) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.TOO_LARGE, what + ": all directions at the same time do not fit")
                            .detail("they have " + type.size() + " x " + type.size() + " = " + elements + " elements")
                            .detail("an array holds at most " + MOST_ELEMENTS + " elements")
                            .hint(hint));
        }
    }

    static void require(String what, int rows, int columns, int byteSize, long memory, String hint) {
        long elements = (long) rows * columns;
        double bytes = (double) elements * byteSize;
        if (elements <= MOST_ELEMENTS && bytes <= memory) {
            return;
        }
        FluxionException error = FluxionException.of(ErrorCode.TOO_LARGE, what + ": the answer does not fit")
                .detail("it has " + rows + " x " + columns + " = " + elements + " elements, " + elements * byteSize
                        + " bytes");
        throw Tracing.located(error.detail(
                        elements > MOST_ELEMENTS
                                ? "an array holds at most " + MOST_ELEMENTS + " elements"
                                : mostMemory(memory))
                .hint(hint));
    }

    /** Checks what a program needs together: inputs, results and all that lies between. */
    static void requireMemory(String what, MemoryAnalysis needed, long memory, String hint) {
        if (needed.peakBytes() > memory) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.TOO_LARGE, what + ": computing it needs more memory than there is")
                            .detail("it needs " + needed.outputBytes() + " bytes for the answer and "
                                    + needed.temporaryBytes() + " bytes for intermediate values")
                            .detail(mostMemory(memory))
                            .hint(hint));
        }
    }

    private static String mostMemory(long memory) {
        return "this JVM may use " + memory + " bytes";
    }
}
