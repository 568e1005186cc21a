package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;

/** Arrays of a few ones for a kernel to run on. */
final class DummyArguments {
    private static final int ELEMENTS = 2 * Kernel.ACCUMULATORS + 3;

    private final Object[] arrays;
    private final int[] offsets;
    private final int[] strides;
    private final Object[] accumulators;

    DummyArguments(KernelSpec spec) {
        Array<DType> dtypes = spec.dtypes();
        arrays = new Object[dtypes.size()];
        offsets = new int[dtypes.size()];
        strides = new int[dtypes.size()];
        for (int k = 0; k < arrays.length; k++) {
            arrays[k] = HostData.allocate(dtypes.get(k), ELEMENTS);
            HostData.fill(arrays[k], 0, ELEMENTS, Literal.of(dtypes.get(k), 1L));
            boolean isInput = k < spec.inputs().size();
            InnerStride inner = isInput
                    ? spec.inputs().get(k)
                    : spec.outputs().get(k - spec.inputs().size()).inner();
            strides[k] = inner == InnerStride.ZERO ? 0 : 1;
        }
        accumulators = new Reductions(spec).accumulators();
    }

    void run(KernelCode code) {
        code.loop(arrays, offsets, ELEMENTS, strides, 0, accumulators);
    }
}
