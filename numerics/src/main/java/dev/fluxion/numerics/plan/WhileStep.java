package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Control;
import dev.fluxion.numerics.parallel.Workers;
import io.vavr.collection.Array;
import java.util.List;
import java.util.function.Predicate;

/** {@code outputs} are the carry when {@code cond} is false for the first time. */
record WhileStep(Control.While loop, Plan cond, Plan body, Array<Node> operands, Array<Node> outputs) implements Step {
    @Override
    public List<Node> reads() {
        return operands.toJavaList();
    }

    @Override
    public List<Node> writes() {
        return outputs.toJavaList();
    }

    @Override
    public Node inPlace(Node output, Predicate<Node> dying) {
        return ScanStep.dyingInit(operands, loop.init(operands).get(outputs.indexOf(output)), dying);
    }

    @Override
    public List<Plan> plans() {
        return List.of(cond, body);
    }

    @Override
    public long nanos() {
        return Cost.UNKNOWN_STEPS * (cond.nanos() + body.nanos());
    }

    @Override
    public boolean isUndivided() {
        return true;
    }

    @Override
    public Instruction emit() {
        int first = loop.bodyConsts();
        int testFirst = loop.condConsts();
        Carry carry = new Carry(body, first, loop.init(operands).toJavaList(), outputs.toJavaList());
        int[] consts = CallStep.slots(loop.bodyConsts(operands));
        int[] testConsts = CallStep.slots(loop.condConsts(operands));
        int count = outputs.size();
        Workers workers = Workers.shared();
        long shared = Cost.UNKNOWN_STEPS * body.sharedNanos();
        return slots -> {
            if (shared > 0) {
                workers.rouse(shared);
            }
            Object[] frame = body.borrow();
            Object[] test = cond.borrow();
            boolean[] goesOn = new boolean[1];
            test[cond.outputSlot(0)] = goesOn;
            for (int i = 0; i < consts.length; i++) {
                frame[i] = slots[consts[i]];
            }
            for (int i = 0; i < testConsts.length; i++) {
                test[i] = slots[testConsts[i]];
            }
            Carry.Run run = carry.begin(slots, frame);
            while (true) {
                System.arraycopy(frame, first, test, testFirst, count);
                cond.execute(test);
                if (!goesOn[0]) {
                    break;
                }
                body.execute(frame);
                run.advance();
            }
            run.end();
            cond.giveBack(test);
            body.giveBack(frame);
        };
    }
}
