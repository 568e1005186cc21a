package dev.fluxion.numerics.codegen;

import java.util.LinkedHashMap;
import java.util.Map;

/** Turns specifications into code, and remembers the kernels in use. Bodies are lowered already. */
final class KernelCompiler {
    /** Kernels kept; the one not asked for the longest goes first. */
    private static final int CACHE_SIZE = 4096;

    private static final Map<KernelSpec.Key, Kernel> CACHE = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<KernelSpec.Key, Kernel> eldest) {
            return size() > CACHE_SIZE;
        }
    };

    private KernelCompiler() {}

    static Kernel kernel(KernelSpec spec) {
        KernelSpec.Key key = spec.key();
        synchronized (CACHE) {
            Kernel known = CACHE.get(key);
            if (known != null) {
                return known;
            }
        }
        Kernel fresh = compile(spec);
        synchronized (CACHE) {
            Kernel other = CACHE.putIfAbsent(key, fresh);
            return other == null ? fresh : other;
        }
    }

    private static Kernel compile(KernelSpec spec) {
        KernelSpec lowered = spec.withBody(Lowering.lower(spec.body()));
        return switch (VectorWarmup.policy()) {
            case SCALAR -> Kernel.running(spec, scalar(lowered));
            case VECTOR ->
                Kernel.running(spec, spec.loop() ? vector(lowered, VectorWarmup.preferredBits()) : scalar(lowered));
            case TIERED -> Kernel.warming(spec, lowered, scalar(lowered));
        };
    }

    static KernelCode scalar(KernelSpec spec) {
        return Pieces.fitsOneMethod(spec)
                ? KernelClass.define(ScalarEmitter.emit(spec))
                : new SplitCode(spec, piece -> KernelClass.define(ScalarEmitter.emit(piece)));
    }

    static KernelCode vector(KernelSpec spec, int vectorBits) {
        if (StridedCode.isNeeded(spec)) {
            return new StridedCode(spec, vector(StridedCode.contiguous(spec), vectorBits));
        }
        return Pieces.fitsOneMethod(spec)
                ? KernelClass.define(VectorEmitter.emit(spec, vectorBits))
                : new SplitCode(spec, piece -> KernelClass.define(VectorEmitter.emit(piece, vectorBits)));
    }
}
