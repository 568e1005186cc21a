package dev.fluxion.numerics.codegen;

import dev.fluxion.numerics.parallel.Chunks;
import dev.fluxion.numerics.parallel.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A kernel's loop nest cut along one loop into chunks that may run at once, with the bits of the whole nest: an element that
 * is stored, or reduced over other loops than this one, is computed by one chunk, as before. Where the results of rows or of
 * blocks of rows are combined across chunks, each goes to an array of partial results first, and these are combined at the
 * end, one by one in loop order.
 */
public final class NestCut {
    /** How a nest is run: {@link Kernel#run}, or runs over parts of it in some order. */
    @FunctionalInterface
    public interface Runner {
        void run(Object[] arrays, int[] offsets, int[] extents, int[] strides);
    }

    /** Elements of a row that stay together: whole vectors, whole cache lines. */
    private static final int GRANULE = 512;

    /** A partial result stands for so many elements at least. */
    private static final int LEAST_ROW = 32;

    /** A nest over some of the elements; {@code starts} is added to the offsets. */
    private record Part(int[] starts, int[] extents, int[] strides) {
        /** Iterations {@code from .. to-1} of one loop. */
        void run(Runner runner, Object[] arrays, int[] offsets, int loop, int from, int to) {
            int[] at = offsets.clone();
            for (int k = 0; k < at.length; k++) {
                at[k] += starts[k] + from * strides[loop * at.length + k];
            }
            int[] piece = extents.clone();
            piece[loop] = to - from;
            runner.run(arrays, at, piece, strides);
        }
    }

    private final Runner runner;
    private final Reductions reductions;
    private final int inputs;
    private final int[] extents;
    private final int[] strides;

    /** The outputs of which there are partial results; how many for each row. */
    private final int[] partial;

    private final int blocks;

    private final int loop;
    private final int granule;
    private final Part main;

    /** The rows behind their last full block, if there are any and blocks are told apart; else null. */
    private final Part tail;

    private NestCut(Kernel kernel, Runner runner, int[] extents, int[] strides, int loop) {
        this.runner = runner;
        this.reductions = new Reductions(kernel.spec());
        this.inputs = kernel.spec().inputs().size();
        this.extents = extents;
        this.strides = strides;
        this.loop = loop;
        int outputs = kernel.spec().outputs().size();
        this.partial = needsPartials(outputs, loop)
                ? IntStream.range(0, outputs).filter(reductions::isRow).toArray()
                : new int[0];
        int inner = extents.length - 1;
        int n = extents[inner];
        int count = inputs + outputs;
        this.blocks = Math.ceilDiv(n, Kernel.REDUCTION_BLOCK);
        boolean blocked = partial.length > 0 && blocks > 1;
        this.granule = blocked || loop < inner ? 1 : partial.length == 0 ? GRANULE : n;
        if (!blocked) {
            this.main = new Part(new int[count], extents, withPartials(strides.clone()));
            this.tail = null;
            return;
        }
        int full = n / Kernel.REDUCTION_BLOCK;
        int[] wide = Arrays.copyOf(extents, extents.length + 1);
        wide[inner] = full;
        wide[inner + 1] = Kernel.REDUCTION_BLOCK;
        int[] steps = Arrays.copyOf(strides, strides.length + count);
        int[] behind = new int[count];
        for (int k = 0; k < count; k++) {
            int step = strides[inner * count + k];
            steps[inner * count + k] = step * Kernel.REDUCTION_BLOCK;
            steps[(inner + 1) * count + k] = step;
            behind[k] = full * Kernel.REDUCTION_BLOCK * step;
        }
        for (int output : partial) {
            steps[inner * count + inputs + output] = 1;
            behind[inputs + output] = full;
        }
        this.main = new Part(new int[count], wide, withPartials(steps));
        int[] rest = extents.clone();
        rest[inner] = n - full * Kernel.REDUCTION_BLOCK;
        this.tail = rest[inner] == 0 ? null : new Part(behind, rest, withPartials(strides.clone()));
    }

    /**
     * The nest cut along its outermost loop that has a good many iterations for each of the threads; null when no loop can be
     * cut.
     *
     * @param threads how many threads are to share it
     * @param runner runs parts of the nest
     */
    public static NestCut of(Kernel kernel, int[] extents, int[] strides, int threads, Runner runner) {
        NestCut best = null;
        for (int loop = 0; loop < extents.length; loop++) {
            NestCut cut = new NestCut(kernel, runner, extents, strides, loop);
            if (cut.isSound() && (best == null || cut.items() > best.items())) {
                best = cut;
                if (cut.items() >= 8 * threads) {
                    return cut;
                }
            }
        }
        return best;
    }

    /** The outer loops' strides in partial results, which lie row-major. */
    private int[] withPartials(int[] steps) {
        int count = strides.length / extents.length;
        for (int output : partial) {
            int step = blocks;
            for (int outer = extents.length - 2; outer >= 0; outer--) {
                steps[outer * count + inputs + output] = step;
                step *= extents[outer];
            }
        }
        return steps;
    }

    private int stride(int dim, int output) {
        return strides[dim * (strides.length / extents.length) + inputs + output];
    }

    private boolean needsPartials(int outputs, int dim) {
        return IntStream.range(0, outputs).anyMatch(k -> reductions.isRow(k) && stride(dim, k) == 0);
    }

    /** Whether no output is reduced over the loop one by one, and there are few partial results. */
    private boolean isSound() {
        int outputs = strides.length / extents.length - inputs;
        boolean whole = IntStream.range(0, outputs).allMatch(k -> reductions.isRow(k) || stride(loop, k) != 0);
        return items() > 1 && whole && (partial.length == 0 || extents[extents.length - 1] >= LEAST_ROW);
    }

    /** What can be dealt out: iterations of the loop, or groups of them. */
    private int items() {
        return Math.ceilDiv(main.extents()[loop], granule);
    }

    /** Runs the nest in chunks, at most {@code chunks} of them. */
    public void run(Workers workers, int chunks, Object[] arrays, int[] offsets) {
        Object[] targets = arrays;
        int[] starts = offsets;
        if (partial.length > 0) {
            targets = arrays.clone();
            starts = offsets.clone();
            int size = blocks;
            for (int outer = 0; outer < extents.length - 1; outer++) {
                size *= extents[outer];
            }
            for (int output : partial) {
                targets[inputs + output] = reductions.partials(output, size);
                starts[inputs + output] = 0;
            }
        }
        runChunks(workers, Math.min(chunks, items()), targets, starts);
        for (int output : partial) {
            int k = inputs + output;
            reductions.initialise(output, arrays, offsets, extents, strides);
            combine(output, 0, arrays[k], offsets[k], targets[k], 0);
        }
    }

    private void runChunks(Workers workers, int chunks, Object[] arrays, int[] offsets) {
        int size = main.extents()[loop];
        int items = items();
        workers.run(chunks, chunk -> {
            int from = Chunks.start(items, chunk, chunks) * granule;
            int to = Math.min(size, Chunks.start(items, chunk + 1, chunks) * granule);
            main.run(runner, arrays, offsets, loop, from, to);
            if (tail == null) {
                return;
            }
            if (loop < extents.length - 1) {
                tail.run(runner, arrays, offsets, loop, from, to);
            } else if (to == size) {
                tail.run(runner, arrays, offsets, loop, 0, tail.extents()[loop]);
            }
        });
    }

    /** Combines the partial results from {@code from} on, and returns where the next ones begin. */
    private int combine(int output, int dim, Object array, int at, Object partials, int from) {
        int next = from;
        if (dim == extents.length - 1) {
            for (int block = 0; block < blocks; block++) {
                reductions.combine(output, array, at, partials, next++);
            }
            return next;
        }
        for (int i = 0; i < extents[dim]; i++) {
            next = combine(output, dim + 1, array, at + i * stride(dim, output), partials, next);
        }
        return next;
    }
}
