package dev.fluxion.ir;

import dev.fluxion.ir.cache.CacheStatistics;
import io.vavr.collection.Array;
import java.util.Optional;

/**
 * An engine that holds array data and runs programs. Found with {@link java.util.ServiceLoader}; nothing else in
 * Fluxion knows which engine it is.
 */
public interface Backend {
    /** A short name, such as {@code cpu}. */
    String name();

    /**
     * Array data with the given elements, copied.
     *
     * @param values a Java array of the element type ({@code boolean[] int[] long[] float[] double[]}), row-major, with
     *     {@code type.size()} elements
     * @throws FluxionException when kind or length of {@code values} do not fit {@code type}
     */
    ArrayData array(ArrayType type, Object values);

    /** Compiles a program. The result may be cached and shared between programs of equal structure. */
    Executable compile(Jaxpr jaxpr);

    /**
     * Compiles a program that may put its results, and anything else, into the buffers of some of its inputs. Who runs it
     * hands over data that nobody else has, as {@link ArrayData#donate} gives it, and does not look at it again.
     *
     * @param donated positions among {@code jaxpr.inputs()}
     */
    default Executable compile(Jaxpr jaxpr, Ints donated) {
        return compile(jaxpr);
    }

    /**
     * The program as code behind a functional interface of doubles, called without an array of ours in its path; empty where
     * this engine has no such code for it.
     *
     * @param type {@code DoubleUnaryOperator} or {@code DoubleBinaryOperator} for programs from FLOAT64 scalars to one;
     *     {@code ToDoubleFunction} or {@code UnaryOperator} for programs of one FLOAT64 array, to a scalar or an array: they
     *     take and give the elements as a {@code double[]}, whose length is not checked
     */
    default <F> Optional<F> function(Jaxpr jaxpr, Class<F> type) {
        return Optional.empty();
    }

    /** The use of this engine's caches. */
    default Array<CacheStatistics> cacheStatistics() {
        return Array.empty();
    }

    /** Forgets everything this engine has compiled. Executables that are in use stay as they are. */
    default void clearCaches() {}

    /**
     * The engine in use: the one named by the system property {@code fluxion.backend}, else the one with the highest
     * {@link #priority}.
     */
    static Backend get() {
        return Backends.INSTANCE;
    }

    /** Among several engines the one with the highest priority is used. */
    default int priority() {
        return 0;
    }
}
