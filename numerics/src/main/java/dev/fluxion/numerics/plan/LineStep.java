package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Reduction;
import dev.fluxion.numerics.kernels.ArgReduction;
import dev.fluxion.numerics.kernels.Cumulation;
import java.util.List;

/** Operations along the lines of a whole array: argmax, cumsum and their kin. */
record LineStep(Reduction operation, Lines lines, Node input, Node output) implements Step {
    @Override
    public List<Node> writes() {
        return List.of(output);
    }

    @Override
    public Instruction emit() {
        int from = input.slot();
        int to = output.slot();
        int outer = lines.outer();
        int length = lines.length();
        int inner = lines.inner();
        return switch (operation) {
            case Reduction.ArgReduce(var op, var _, var _) -> {
                ArgReduction kernel = new ArgReduction(op, outer, length, inner);
                yield slots -> kernel.run(slots[from], slots[to]);
            }
            case Reduction.Cumulative(var op, var _, boolean reverse) -> {
                Cumulation kernel = new Cumulation(op, input.dtype(), reverse, outer, length, inner);
                yield slots -> kernel.run(slots[from], slots[to]);
            }
            case Reduction.Reduce _ -> throw new IllegalStateException("reductions over axes are regions");
        };
    }
}
