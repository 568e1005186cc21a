package dev.fluxion.numerics.plan;

import io.vavr.collection.Array;
import java.util.List;

/** {@code outputs = branches[clamp(index)](operands)}: only that branch runs. */
record CondStep(Scalar index, Array<Plan> branches, Array<Node> operands, Array<Node> outputs) implements Step {
    @Override
    public List<Node> reads() {
        return (index instanceof Scalar.Stored(Node node, int _) ? operands.append(node) : operands).toJavaList();
    }

    @Override
    public List<Node> writes() {
        return outputs.toJavaList();
    }

    @Override
    public List<Plan> plans() {
        return branches.toJavaList();
    }

    @Override
    public long nanos() {
        return branches.toJavaStream().mapToLong(Plan::nanos).max().orElse(0);
    }

    @Override
    public boolean isUndivided() {
        return true;
    }

    @Override
    public Instruction emit() {
        Instruction[] calls = branches.map(plan -> CallStep.instruction(plan, operands, outputs))
                .toJavaArray(Instruction[]::new);
        Scalar.Index which = index.index();
        return slots -> {
            int chosen = Math.clamp(which.read(slots), 0, calls.length - 1);
            calls[chosen].run(slots);
        };
    }
}
