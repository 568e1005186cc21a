package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Control;
import dev.fluxion.numerics.parallel.Chunks;
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
        return !isDivided();
    }

    /** Whether no step needs anything of another, so that threads can share them. */
    private boolean isDivided() {
        return scan.carry() == 0 && !body.callsHost();
    }

    @Override
    public Instruction emit() {
        Steps steps = steps();
        int length = scan.length();
        Workers workers = Workers.shared();
        if (!isDivided() || !workers.mayCut(nanos())) {
            return slots -> steps.run(slots, 0, length);
        }
        long nanos = nanos();
        int chunks = Math.min(length, workers.chunks(nanos));
        return slots -> {
            if (workers.isWorthCutting(nanos)) {
                workers.run(
                        chunks,
                        chunk -> steps.run(
                                slots, Chunks.start(length, chunk, chunks), Chunks.start(length, chunk + 1, chunks)));
            } else {
                steps.run(slots, 0, length);
            }
        };
    }

    /** Runs steps {@code from .. to-1} on a frame of its own. */
    @FunctionalInterface
    private interface Steps {
        void run(Object[] slots, int from, int to);
    }

    private Steps steps() {
        int first = scan.consts();
        int xs = first + scan.carry();
        Carry carry = new Carry(
                body,
                first,
                scan.carry(operands).toJavaList(),
                scan.carryOut(outputs).toJavaList());
        int[] in = CallStep.slots(operands);
        int[] out = CallStep.slots(outputs);
        int begin = scan.reverse() ? scan.length() - 1 : 0;
        int direction = scan.reverse() ? -1 : 1;
        Workers workers = Workers.shared();
        long shared = body.sharedNanos();
        return (slots, from, to) -> {
            if (shared > 0) {
                workers.rouse((to - from) * shared);
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
            int[] number = {begin + direction * from};
            frame[in.length] = number;
            Carry.Run run = carry.begin(slots, frame);
            for (int step = from; step < to; step++) {
                body.execute(frame);
                run.advance();
                number[0] += direction;
            }
            run.end();
            body.giveBack(frame);
        };
    }
}
