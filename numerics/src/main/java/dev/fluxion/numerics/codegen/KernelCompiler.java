package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.cache.BoundedCache;
import dev.fluxion.ir.cache.CacheCounters;
import dev.fluxion.ir.cache.CacheStatistics;
import java.util.OptionalLong;

/** Turns specifications into code, and remembers the kernels in use. Bodies are {@link #lowered} already. */
final class KernelCompiler {
    private static final int CACHE_SIZE = 4096;

    private static final BoundedCache<KernelSpec.Key, Kernel> CACHE =
            new BoundedCache<>(CACHE_SIZE, new CacheCounters());

    /** Scalar code of one method: vector code of the same specification leaves its tails to the code that is hot already. */
    private static final BoundedCache<KernelSpec.Key, KernelCode> SCALAR =
            new BoundedCache<>(CACHE_SIZE, new CacheCounters());

    private KernelCompiler() {}

    static Kernel kernel(KernelSpec spec) {
        KernelSpec.Key key = spec.key();
        Kernel known = CACHE.get(key);
        return known != null ? known : CACHE.putIfAbsent(key, compile(spec));
    }

    static CacheStatistics cacheStatistics() {
        return CACHE.statistics("kernels", OptionalLong.empty());
    }

    static void clearCache() {
        CACHE.clear();
        SCALAR.clear();
    }

    private static Kernel compile(KernelSpec spec) {
        KernelSpec lowered = lowered(spec);
        return switch (VectorWarmup.policy()) {
            case SCALAR ->
                spec.loop() && callsFunctions(lowered)
                        ? Kernel.warming(spec, lowered, scalar(lowered))
                        : Kernel.running(spec, scalar(lowered));
            case VECTOR ->
                Kernel.running(spec, spec.loop() ? vector(lowered, VectorWarmup.preferredBits()) : scalar(lowered));
            case TIERED ->
                spec.loop() ? Kernel.warming(spec, lowered, scalar(lowered)) : Kernel.running(spec, scalar(lowered));
        };
    }

    private static boolean callsFunctions(KernelSpec spec) {
        return SharedFunctions.operations(spec.body()) > spec.body().equations().size();
    }

    /** The code of busy kernels: vector code, or where there is none scalar code without calls. */
    static KernelCode fast(KernelSpec spec, Generated generated) {
        return VectorWarmup.policy() == VectorWarmup.Policy.SCALAR
                ? withoutCalls(spec, generated)
                : vector(spec, VectorWarmup.preferredBits(), generated);
    }

    static KernelCode withoutCalls(KernelSpec spec, Generated generated) {
        return Pieces.fitsOneMethod(spec)
                ? methodWithoutCalls(spec, generated)
                : new SplitCode(spec, piece -> methodWithoutCalls(piece, generated));
    }

    private static KernelCode methodWithoutCalls(KernelSpec spec, Generated generated) {
        KernelSpec lowered = inlined(spec);
        KernelCode code = KernelClass.define(ScalarEmitter.emit(lowered, false));
        generated.accept(spec, code, scalarMethod(spec));
        return code;
    }

    /** What scalar code is made of: loops call elementary functions. */
    static KernelSpec lowered(KernelSpec spec) {
        return spec.loop() ? spec.withBody(Lowering.lowerAroundFunctions(spec.body())) : inlined(spec);
    }

    /** Elementary functions included. */
    private static KernelSpec inlined(KernelSpec spec) {
        return spec.withBody(Lowering.lower(spec.body()));
    }

    static KernelCode scalar(KernelSpec spec) {
        return Pieces.fitsOneMethod(spec) ? scalarMethod(spec) : new SplitCode(spec, KernelCompiler::scalarMethod);
    }

    private static KernelCode scalarMethod(KernelSpec spec) {
        KernelSpec.Key key = spec.key();
        KernelCode known = SCALAR.get(key);
        return known != null
                ? known
                : SCALAR.putIfAbsent(key, KernelClass.define(ScalarEmitter.emit(spec, spec.loop())));
    }

    static KernelCode vector(KernelSpec spec, int vectorBits) {
        return vector(spec, vectorBits, (piece, code, scalar) -> {});
    }

    /** Is told about all code that is generated for a busy kernel, one method each, and its scalar twin. */
    interface Generated {
        void accept(KernelSpec spec, KernelCode code, KernelCode scalar);
    }

    static KernelCode vector(KernelSpec spec, int vectorBits, Generated generated) {
        if (StridedCode.isNeeded(spec)) {
            return new StridedCode(spec, vector(StridedCode.contiguous(spec), vectorBits, generated));
        }
        return Pieces.fitsOneMethod(spec)
                ? method(spec, vectorBits, generated)
                : new SplitCode(spec, piece -> method(piece, vectorBits, generated));
    }

    /** Straight code for rows of {@code n} elements, see {@link ShortRows}. */
    static KernelCode rows(KernelSpec spec, int vectorBits, int n) {
        return VectorEmitter.emitRows(inlined(spec), vectorBits, n);
    }

    private static VectorCode method(KernelSpec spec, int vectorBits, Generated generated) {
        KernelCode scalar = scalarMethod(spec);
        KernelSpec lowered = inlined(spec);
        VectorCode code = VectorEmitter.emit(lowered, vectorBits, scalar);
        generated.accept(spec, code, scalar);
        return code;
    }
}
