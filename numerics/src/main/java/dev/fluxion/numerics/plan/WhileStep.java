package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Control;
import io.vavr.collection.Array;
import java.util.List;

/** {@code outputs} are the carry when {@code cond} is false for the first time. */
record WhileStep(Control.While loop, Plan cond, Plan body, Array<Node> operands, Array<Node> outputs) implements Step {
    @Override
    public List<Node> writes() {
        return outputs.toJavaList();
    }

    @Override
    public Instruction emit() {
        return slots -> {
            Array<Object> in = operands.map(node -> slots[node.slot()]);
            Array<Object> carry = loop.init(in);
            while (((boolean[]) run(cond, loop.condConsts(in).appendAll(carry)).get(0))[0]) {
                carry = run(body, loop.bodyConsts(in).appendAll(carry));
            }
            for (int i = 0; i < carry.size(); i++) {
                System.arraycopy(
                        carry.get(i),
                        0,
                        slots[outputs.get(i).slot()],
                        0,
                        outputs.get(i).size());
            }
        };
    }

    private static Array<Object> run(Plan plan, Array<Object> arguments) {
        return Array.of(plan.evaluate(arguments.toJavaArray(Object[]::new)));
    }
}
