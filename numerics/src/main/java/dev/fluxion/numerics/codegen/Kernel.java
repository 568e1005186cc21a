package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.cache.CacheStatistics;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiled code for a {@link KernelSpec}. Safe for use by several threads at once. Bodies of any size will do: large ones
 * are cut into {@link Pieces}, which is slower than a region that fits one method, but not by much.
 *
 * <p>The bits of a result depend on the specification and on the nest (see {@link KernelSpec.Output.Reduce}), never on which
 * code ran: scalar, vector of any width, warm or cold.
 *
 * <p>A stored output array may also be an input when both are stepped through alike (same offset, same strides), and the
 * kernel has no more than {@link KernelSpec#SHARING_ARRAYS} arrays.
 */
public final class Kernel {
    /** Independent partial results of a row reduction, whatever the SIMD width. */
    public static final int ACCUMULATORS = 16;

    /** Elements of a row that are reduced before they are added to the output. A multiple of {@link #ACCUMULATORS}. */
    public static final int REDUCTION_BLOCK = 4096;

    /** Shorter rows stay with scalar code, but for {@link ShortRows}: setting up the vectors would cost more than they save. */
    private static final int SHORT_ROW = 8;

    /** Elements of a row that new code runs at a time; a multiple of {@link #ACCUMULATORS}. */
    private static final int PIECE = 64;

    private final KernelSpec spec;
    private final Reductions reductions;

    /** The operations of one element. */
    private final int weight;

    private final Pooled<Object[]> pool;

    /** Null for kernels that have no straight code. */
    private final ShortRows shortRows;

    private final KernelCode first;
    private volatile KernelCode code;

    private final Demand demand;

    /** Elements that still go through new code piece by piece; counted without care for races. */
    private int fresh = 1 << 15;

    /** @param lowered the specification of faster code, or null when none is to come */
    private Kernel(KernelSpec spec, KernelCode code, KernelSpec lowered) {
        this.spec = spec;
        this.reductions = new Reductions(spec);
        this.pool = new Pooled<>(reductions::accumulators);
        this.first = code;
        this.code = code;
        this.weight = lowered == null ? 0 : Math.max(1, SharedFunctions.operations(lowered.body()));
        this.demand =
                lowered == null ? Demand.none() : new Demand(VectorWarmup.THRESHOLD, time -> trial(lowered, time));
        this.shortRows = lowered == null ? null : ShortRows.of(lowered, weight);
    }

    /** The kernel for a specification; equal specifications share one. */
    public static Kernel of(KernelSpec spec) {
        return KernelCompiler.kernel(spec);
    }

    /** The use of the cache of kernels. */
    public static CacheStatistics cacheStatistics() {
        return KernelCompiler.cacheStatistics();
    }

    /** Forgets all kernels; those in use stay as they are. */
    public static void clearCache() {
        KernelCompiler.clearCache();
    }

    /** A kernel that runs the given code for good. */
    static Kernel running(KernelSpec spec, KernelCode code) {
        return new Kernel(spec, code, null);
    }

    /** A kernel that starts with scalar code and asks for faster code when it turns out to be busy. */
    static Kernel warming(KernelSpec spec, KernelSpec lowered, KernelCode scalar) {
        return new Kernel(spec, scalar, lowered);
    }

    public KernelSpec spec() {
        return spec;
    }

    /**
     * Runs the loop nest.
     *
     * @param arrays the inputs, then the outputs: {@code boolean[] int[] long[] float[] double[]} by dtype
     * @param offsets the first element of each array
     * @param extents the size of each loop dimension, outermost first; empty for a rank-0 nest
     * @param strides the stride of array k in dimension d is {@code strides[d * arrays.length + k]}; 0 where the array is
     *     broadcast (inputs) or reduced (outputs)
     */
    public void run(Object[] arrays, int[] offsets, int[] extents, int[] strides) {
        initialise(arrays, offsets, extents, strides);
        proceed(arrays, offsets, extents, strides);
    }

    /** Sets what the nest reduces to the identities; for a nest that is run in parts by {@link #proceed}. */
    public void initialise(Object[] arrays, int[] offsets, int[] extents, int[] strides) {
        reductions.initialise(arrays, offsets, extents, strides);
    }

    /** Runs the loop nest, or a part of one, on reduced outputs that hold the results of what came before. */
    public void proceed(Object[] arrays, int[] offsets, int[] extents, int[] strides) {
        int rank = extents.length;
        int count = arrays.length;
        for (int extent : extents) {
            if (extent == 0) {
                return;
            }
        }
        int inner = rank == 0 ? 1 : extents[rank - 1];
        int rows = rank < 2 ? 1 : extents[rank - 2];
        if (inner >= SHORT_ROW) {
            demand.count(extents, weight);
        }
        KernelCode straight = straight(extents, strides, arrays);
        KernelCode now = straight != null ? straight : inner < SHORT_ROW ? first : code;
        boolean accumulates = straight == null && reductions.reducesRows();
        int base = Math.max(0, rank - 1) * count;
        if (rank <= 2) {
            rows(now, accumulates, arrays, offsets, rows, inner, strides, base);
            return;
        }
        int[] at = offsets.clone();
        int[] index = new int[rank - 2];
        int dim;
        do {
            rows(now, accumulates, arrays, at, rows, inner, strides, base);
            for (dim = rank - 3; dim >= 0; dim--) {
                if (++index[dim] < extents[dim]) {
                    advance(at, strides, dim * count, 1);
                    break;
                }
                advance(at, strides, dim * count, 1 - extents[dim]);
                index[dim] = 0;
            }
        } while (dim >= 0);
    }

    /** The code for the short rows of such a nest, or null. */
    KernelCode straight(int[] extents, int[] strides, Object[] arrays) {
        return shortRows == null ? null : shortRows.code(extents, strides, arrays);
    }

    private VectorWarmup.Trial trial(KernelSpec lowered, long time) {
        List<MethodWarmup> methods = new ArrayList<>();
        KernelCode fast = KernelCompiler.fast(
                lowered, (method, made, scalar) -> methods.add(new MethodWarmup(method, made, scalar, time)));
        return new VectorWarmup.Trial(methods, () -> code = fast);
    }

    /**
     * The two innermost loops.
     *
     * @param accumulates whether rows are reduced, and the code leaves it at accumulators
     */
    private void rows(
            KernelCode now,
            boolean accumulates,
            Object[] arrays,
            int[] offsets,
            int rows,
            int n,
            int[] strides,
            int base) {
        if (!accumulates) {
            loop(now, arrays, offsets, rows, n, strides, base, null);
            return;
        }
        Object[] accumulators = pool.take();
        if (n <= REDUCTION_BLOCK && rows <= Reductions.ROWS) {
            reduce(now, arrays, offsets, rows, n, strides, base, accumulators);
        } else {
            int[] at = offsets.clone();
            int height = n <= REDUCTION_BLOCK ? Reductions.ROWS : 1;
            for (int row = 0; row < rows; row += height) {
                int some = Math.min(height, rows - row);
                for (int done = 0; done < n; done += REDUCTION_BLOCK) {
                    reduce(now, arrays, at, some, Math.min(REDUCTION_BLOCK, n - done), strides, base, accumulators);
                    advance(at, strides, base, REDUCTION_BLOCK);
                }
                advance(at, strides, base, -Math.ceilDiv(n, REDUCTION_BLOCK) * REDUCTION_BLOCK);
                if (row + height < rows) {
                    advance(at, strides, base - arrays.length, height);
                }
            }
        }
        pool.give(accumulators);
    }

    private void reduce(
            KernelCode now,
            Object[] arrays,
            int[] offsets,
            int rows,
            int n,
            int[] strides,
            int base,
            Object[] accumulators) {
        reductions.reset(accumulators, rows);
        loop(now, arrays, offsets, rows, n, strides, base, accumulators);
        reductions.combine(accumulators, rows, arrays, offsets, strides, base);
    }

    /**
     * The two innermost loops. Code that is new is called often, for a few elements at a time: HotSpot compiles it sooner than
     * if it ran through a long row.
     */
    private void loop(
            KernelCode now,
            Object[] arrays,
            int[] offsets,
            int rows,
            int n,
            int[] strides,
            int base,
            Object[] accumulators) {
        if (fresh <= 0) {
            now.loop(arrays, offsets, 0, rows, 0, n, strides, base, accumulators);
            return;
        }
        fresh -= (int) Math.min(fresh, (long) rows * n);
        for (int row = 0; row < rows; row++) {
            for (int from = 0; from < n; from += PIECE) {
                now.loop(arrays, offsets, row, row + 1, from, Math.min(n, from + PIECE), strides, base, accumulators);
            }
        }
    }

    private static void advance(int[] offsets, int[] strides, int base, int steps) {
        for (int k = 0; k < offsets.length; k++) {
            offsets[k] += steps * strides[base + k];
        }
    }
}
