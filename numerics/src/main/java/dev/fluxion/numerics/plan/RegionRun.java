package dev.fluxion.numerics.plan;

import dev.fluxion.numerics.codegen.InnerStride;
import dev.fluxion.numerics.codegen.Kernel;
import dev.fluxion.numerics.codegen.KernelSpec;
import dev.fluxion.numerics.codegen.NestCut;
import dev.fluxion.numerics.kernels.Epilogue;
import dev.fluxion.numerics.parallel.Workers;
import java.util.Arrays;

/** The kernel of a region, its arrays and its loops; see {@link Kernel#run}. Rows may lie across the arrays. */
record RegionRun(Kernel kernel, Place[] places, int[] offsets, int[] extents, int[] strides, boolean isAcross) {
    /** Iterations of a row across the arrays before the next one starts: what it leaves in the cache is used again. */
    private static final int ACROSS = 512;

    /** @param nanos about how long one thread takes for it */
    Instruction instruction(long nanos) {
        boolean moves = moves();
        boolean pieces = isAcross && kernel.spec().outputs().forAll(out -> out.inner() != InnerStride.ZERO);
        Workers workers = Workers.shared();
        NestCut.Runner runner = pieces ? this::across : kernel::run;
        NestCut cut = workers.mayCut(nanos) ? NestCut.of(kernel, extents, strides, workers.threads(), runner) : null;
        return slots -> {
            Object[] arguments = arguments(slots);
            int[] at = moves ? moved(slots) : offsets;
            if (cut != null && workers.isWorthCutting(nanos)) {
                cut.run(workers, workers.chunks(nanos), arguments, at);
            } else {
                runner.run(arguments, at, extents, strides);
            }
        };
    }

    /**
     * Runs the two loops of the nest on blocks of a matrix.
     *
     * @param whole runs the nest at once
     */
    Epilogue epilogue(Object[] slots, Instruction whole) {
        Object[] arguments = arguments(slots);
        int[] at = moves() ? moved(slots) : offsets;
        int count = places.length;
        kernel.initialise(arguments, at, extents, strides);
        boolean stores = kernel.spec().outputs().forAll(KernelSpec.Output.Store.class::isInstance);
        return new Epilogue() {
            @Override
            public boolean takesAnyOrder() {
                return stores;
            }

            @Override
            public void block(int row, int column, int height, int width) {
                int[] from = at.clone();
                for (int k = 0; k < count; k++) {
                    from[k] += row * strides[k] + column * strides[count + k];
                }
                kernel.proceed(arguments, from, new int[] {height, width}, strides);
            }

            @Override
            public void whole() {
                whole.run(slots);
            }
        };
    }

    private Object[] arguments(Object[] slots) {
        Object[] arguments = new Object[places.length];
        for (int k = 0; k < arguments.length; k++) {
            arguments[k] = places[k].array(slots);
        }
        return arguments;
    }

    private boolean moves() {
        return Arrays.stream(places).anyMatch(Place::moves);
    }

    private int[] moved(Object[] slots) {
        int[] at = offsets.clone();
        for (int k = 0; k < at.length; k++) {
            at[k] += places[k].start(slots);
        }
        return at;
    }

    /** Runs the innermost loop piece by piece; no output is reduced over it. */
    private void across(Object[] arguments, int[] from, int[] sizes, int[] steps) {
        int inner = sizes.length - 1;
        int base = inner * from.length;
        int[] at = from.clone();
        int[] piece = sizes.clone();
        for (int done = 0; done < sizes[inner]; done += ACROSS) {
            piece[inner] = Math.min(ACROSS, sizes[inner] - done);
            kernel.run(arguments, at, piece, steps);
            for (int k = 0; k < at.length; k++) {
                at[k] += piece[inner] * steps[base + k];
            }
        }
    }
}
