package dev.fluxion.numerics.plan;

import io.vavr.collection.Array;
import java.util.List;

/** {@code outputs = branches[clamp(index)](operands)}: only that branch runs. */
record CondStep(Scalar index, Array<Plan> branches, Array<Node> operands, Array<Node> outputs) implements Step {
    @Override
    public List<Node> writes() {
        return outputs.toJavaList();
    }

    @Override
    public Instruction emit() {
        Plan[] plans = branches.toJavaArray(Plan[]::new);
        return slots -> {
            int chosen = Math.clamp(index.read(slots).longValue(), 0, plans.length - 1);
            Object[] arguments = new Object[operands.size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = slots[operands.get(i).slot()];
            }
            Object[] results = plans[chosen].evaluate(arguments);
            for (int i = 0; i < results.length; i++) {
                System.arraycopy(
                        results[i],
                        0,
                        slots[outputs.get(i).slot()],
                        0,
                        outputs.get(i).size());
            }
        };
    }
}
