package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ScalarMeaning;
import dev.fluxion.ir.Var;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/** Runs a kernel's body element by element through {@link ScalarMeaning}: slow, and what generated code is tested against. */
final class KernelInterpreter extends KernelCode {
    private final KernelSpec spec;
    private final Jaxpr body;

    KernelInterpreter(KernelSpec spec) {
        this.spec = spec;
        this.body = spec.body();
    }

    @Override
    void loop(
            Object[] arrays,
            int[] offsets,
            int row,
            int rows,
            int from,
            int n,
            int[] strides,
            int base,
            Object[] accumulators) {
        for (int r = row; r < rows; r++) {
            int[] at = offsets.clone();
            for (int k = 0; k < at.length; k++) {
                at[k] += r * rowStride(strides, base, at.length, k, rows);
            }
            row(arrays, at, r * Kernel.ACCUMULATORS, from, n, strides, base, accumulators);
        }
    }

    private void row(
            Object[] arrays,
            int[] offsets,
            int lanes,
            int from,
            int n,
            int[] strides,
            int base,
            Object[] accumulators) {
        for (int i = from; i < n; i++) {
            Map<Var, Literal> env = new IdentityHashMap<>();
            for (int k = 0; k < spec.inputs().size(); k++) {
                int index = index(spec.inputs().get(k), k, i, offsets, strides, base);
                env.put(body.inputs().get(k), HostData.literal(arrays[k], index));
            }
            for (Equation equation : body.equations()) {
                Array<Literal> operands = equation.inputs().map(a -> read(env, a));
                env.put(equation.output(), ScalarMeaning.of((Elementwise) equation.primitive(), operands));
            }
            for (int k = 0; k < spec.outputs().size(); k++) {
                KernelSpec.Output end = spec.outputs().get(k);
                Literal value = read(env, body.outputs().get(k));
                int slot = spec.inputs().size() + k;
                int index = index(end.inner(), slot, i, offsets, strides, base);
                switch (end) {
                    case KernelSpec.Output.Store _ -> HostData.put(arrays[slot], index, value);
                    case KernelSpec.Output.Reduce reduce -> {
                        boolean row = reduce.inner() == InnerStride.ZERO;
                        Object target = row ? accumulators[k] : arrays[slot];
                        int at = row ? lanes + i % Kernel.ACCUMULATORS : index;
                        Object one = HostData.allocate(value.dtype(), 1);
                        HostData.put(one, 0, value);
                        Reductions.combine(reduce.op().binary(), target, at, one, 0);
                    }
                }
            }
        }
    }

    private static int index(InnerStride inner, int array, int i, int[] offsets, int[] strides, int base) {
        return switch (inner) {
            case ZERO -> offsets[array];
            case ONE -> offsets[array] + i;
            case ANY -> offsets[array] + i * strides[base + array];
        };
    }

    private static Literal read(Map<Var, Literal> env, Atom atom) {
        return switch (atom) {
            case Literal literal -> literal;
            case Var var -> env.get(var);
        };
    }
}
