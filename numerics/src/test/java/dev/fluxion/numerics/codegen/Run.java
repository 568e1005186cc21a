package dev.fluxion.numerics.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.fluxion.ir.DType;
import io.vavr.collection.Array;
import java.util.Random;
import java.util.function.Function;

/** One run of a specification on random arrays, by any code: the same arrays and nest each time. */
record Run(KernelSpec spec, Object[] arrays, int[] offsets, int[] extents, int[] strides) {
    /** Random arrays for a nest of the given extents; {@code strides} as in {@link Kernel#run}. */
    static Run of(KernelSpec spec, Random random, int[] extents, int[] strides) {
        Array<DType> dtypes = spec.dtypes();
        int count = dtypes.size();
        Object[] arrays = new Object[count];
        int[] offsets = new int[count];
        for (int k = 0; k < count; k++) {
            int low = 0;
            int high = 0;
            for (int d = 0; d < extents.length; d++) {
                int span = Math.max(0, extents[d] - 1) * strides[d * count + k];
                low += Math.min(0, span);
                high += Math.max(0, span);
            }
            offsets[k] = random.nextInt(4) - low;
            arrays[k] = Values.randomArray(random, dtypes.get(k), offsets[k] + high + 1 + random.nextInt(4));
        }
        return new Run(spec, arrays, offsets, extents, strides);
    }

    /** A flat nest of n elements, every stride as the specification says and 3 for ANY. */
    static Run flat(KernelSpec spec, Random random, int n) {
        Array<InnerStride> inner = spec.inputs().appendAll(spec.outputs().map(KernelSpec.Output::inner));
        int[] strides = inner.toJavaStream()
                .mapToInt(s -> switch (s) {
                    case ZERO -> 0;
                    case ONE -> 1;
                    case ANY -> 3;
                })
                .toArray();
        return of(spec, random, spec.loop() ? new int[] {n} : new int[0], strides);
    }

    Object[] by(KernelCode code) {
        Object[] fresh = new Object[arrays.length];
        for (int k = 0; k < fresh.length; k++) {
            fresh[k] = Values.copy(arrays[k]);
        }
        Kernel.running(spec, code).run(fresh, offsets.clone(), extents, strides);
        return fresh;
    }

    Object[] byInterpreter() {
        return by(new KernelInterpreter(spec.withBody(Lowering.lower(spec.body()))));
    }

    /** Asserts that all arrays, those never written included, are what the interpreter makes of them. */
    void check(Function<KernelSpec, KernelCode> compiler, String what) {
        check(compiler.apply(KernelCompiler.lowered(spec)), byInterpreter(), what);
    }

    void check(KernelCode code, Object[] expected, String what) {
        Object[] actual = by(code);
        for (int k = 0; k < expected.length; k++) {
            int array = k;
            assertArrayEquals(
                    Values.bits(expected[k]), Values.bits(actual[k]), () -> what + ", array " + array + " of\n" + spec);
        }
    }
}
