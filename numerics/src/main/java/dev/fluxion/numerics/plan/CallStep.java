package dev.fluxion.numerics.plan;

import io.vavr.collection.Array;
import java.util.List;

/** {@code outputs = body(operands)}, kept apart from what is around it. */
record CallStep(Plan body, Array<Node> operands, Array<Node> outputs) implements Step {
    @Override
    public List<Node> reads() {
        return operands.toJavaList();
    }

    @Override
    public List<Node> writes() {
        return outputs.toJavaList();
    }

    @Override
    public List<Plan> plans() {
        return List.of(body);
    }

    @Override
    public long nanos() {
        return body.nanos();
    }

    @Override
    public boolean isUndivided() {
        return true;
    }

    @Override
    public Instruction emit() {
        return instruction(body, operands, outputs);
    }

    /** Runs the plan of a program that {@link SubPlans#once} made. */
    static Instruction instruction(Plan body, Array<Node> operands, Array<Node> outputs) {
        int[] from = slots(operands);
        int[] to = slots(outputs);
        return slots -> {
            Object[] frame = body.borrow();
            for (int i = 0; i < from.length; i++) {
                frame[i] = slots[from[i]];
            }
            for (int i = 0; i < to.length; i++) {
                frame[body.outputSlot(i)] = slots[to[i]];
            }
            body.execute(frame);
            body.giveBack(frame);
        };
    }

    static int[] slots(Iterable<Node> nodes) {
        return Array.ofAll(nodes).toJavaStream().mapToInt(Node::slot).toArray();
    }
}
