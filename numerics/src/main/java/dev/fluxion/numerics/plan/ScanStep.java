package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Control;
import dev.fluxion.numerics.parallel.Workers;
import io.vavr.collection.Array;
import java.util.List;
import java.util.function.Predicate;

/** {@code (carry, y[t]) = body(consts, carry, x[t])} for each t, on the slices where they lie. */
record ScanStep(Control.Scan scan, Plan body, Array<Node> operands, Array<Node> outputs) implements Step {
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
        int k = outputs.indexOf(output);
        return k < scan.carry() ? dyingInit(operands, scan.carry(operands).get(k), dying) : null;
    }

    /** The node of an initial carry when its array can hold the carry of all steps, else null. */
    static Node dyingInit(Array<Node> operands, Node init, Predicate<Node> dying) {
        return operands.count(node -> node == init) == 1 && dying.test(init) ? init : null;
    }

    @Override
    public List<Plan> plans() {
        return List.of(body);
    }

    @Override
    public long nanos() {
        return scan.length() * body.nanos();
    }

    @Override
    public boolean isUndivided() {
        return true;
    }

    @Override
    public Instruction emit() {
        int first = scan.consts();
        int xs = first + scan.carry();
        Carry carry = new Carry(
                body,
                first,
                scan.carry(operands).toJavaList(),
                scan.carryOut(outputs).toJavaList());
        int[] in = CallStep.slots(operands);
        int[] out = CallStep.slots(outputs);
        int length = scan.length();
        int begin = scan.reverse() ? length - 1 : 0;
        int direction = scan.reverse() ? -1 : 1;
        Workers workers = Workers.shared();
        long shared = length * body.sharedNanos();
        return slots -> {
            if (shared > 0) {
                workers.rouse(shared);
            }
            Object[] frame = body.borrow();
            for (int i = 0; i < in.length; i++) {
                if (i < first || i >= xs) {
                    frame[i] = slots[in[i]];
                }
            }
            for (int i = scan.carry(); i < out.length; i++) {
                frame[body.outputSlot(i)] = slots[out[i]];
            }
            int[] number = {begin};
            frame[in.length] = number;
            Carry.Run run = carry.begin(slots, frame);
            for (int step = 0; step < length; step++) {
                body.execute(frame);
                run.advance();
                number[0] += direction;
            }
            run.end();
            body.giveBack(frame);
        };
    }
}
