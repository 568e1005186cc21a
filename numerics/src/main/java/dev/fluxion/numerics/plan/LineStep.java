package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Reduction;
import dev.fluxion.numerics.kernels.ArgReduction;
import dev.fluxion.numerics.kernels.Cumulation;
import dev.fluxion.numerics.parallel.Chunks;
import dev.fluxion.numerics.parallel.Workers;
import java.util.List;

/** Operations along the lines of a whole array: argmax, cumsum and their kin. */
record LineStep(Reduction operation, Lines lines, Node input, Node output) implements Step {
    private static final int NANOS_PER_ELEMENT = 2;

    /** Works on lines {@code from .. to-1}. */
    @FunctionalInterface
    private interface LineRunner {
        void run(Object x, Object out, int from, int to);
    }

    @Override
    public List<Node> reads() {
        return List.of(input);
    }

    @Override
    public List<Node> writes() {
        return List.of(output);
    }

    @Override
    public long nanos() {
        return (long) lineCount() * lines.length() * NANOS_PER_ELEMENT;
    }

    @Override
    public boolean isUndivided() {
        return lineCount() == 1;
    }

    @Override
    public Instruction emit() {
        int from = input.slot();
        int to = output.slot();
        LineRunner runner = runner();
        int count = lineCount();
        long nanos = nanos();
        Workers workers = Workers.shared();
        if (count == 1 || !workers.mayCut(nanos)) {
            return slots -> runner.run(slots[from], slots[to], 0, count);
        }
        int chunks = Math.min(count, workers.chunks(nanos));
        return slots -> {
            Object x = slots[from];
            Object out = slots[to];
            if (workers.isWorthCutting(nanos)) {
                workers.run(
                        chunks,
                        chunk -> runner.run(
                                x, out, Chunks.start(count, chunk, chunks), Chunks.start(count, chunk + 1, chunks)));
            } else {
                runner.run(x, out, 0, count);
            }
        };
    }

    private int lineCount() {
        return lines.outer() * lines.inner();
    }

    private LineRunner runner() {
        int length = lines.length();
        int inner = lines.inner();
        return switch (operation) {
            case Reduction.ArgReduce(var op, var _, var _) -> new ArgReduction(op, length, inner)::run;
            case Reduction.Cumulative(var op, var _, boolean reverse) ->
                new Cumulation(op, input.dtype(), reverse, length, inner)::run;
            case Reduction.Reduce _ -> throw new IllegalStateException("reductions over axes are regions");
        };
    }
}
