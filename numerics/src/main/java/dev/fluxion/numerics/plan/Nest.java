package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Ints;
import java.util.ArrayList;
import java.util.List;

/**
 * The loops over an index space: neighbouring axes are run as one loop where that is allowed. Where the last loop would be
 * short, the longest one is run inside of it instead.
 *
 * @param dims the axes of the index space, none of size 1
 * @param ends loop {@code k} runs over the axes from {@code ends[k-1]} (0 for the first) up to, without, {@code ends[k]}
 */
record Nest(Ints dims, Ints ends) {
    /** Rows shorter than this cost more in the loops around them than in their elements. */
    private static final int SHORT_ROW = 8;

    /** The iterations a loop must have to be moved inside of a short one. */
    private static final int LONG_LOOP = 64;

    /** Innermost axes at least this long make good rows by themselves. */
    private static final int LONG_ROW = 32;

    /**
     * The loops of a reduction: a function of its shape and axes alone, so that the order of summation, and with it the
     * last bits, do not depend on what is fused with it. Long rows stay rows; short ones join their neighbours of the
     * same kind, kept or reduced. Last loops under 8 iterations change places with the longest one of 64 or more: then a
     * kept loop inside adds up each result one by one, a reduced one in blocks and accumulators.
     */
    static Nest ofReduction(Ints dims, Ints axes) {
        int rank = dims.size();
        List<Integer> ends = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            boolean joins = axis + 1 < rank && dims.last() < LONG_ROW && axes.contains(axis) == axes.contains(axis + 1);
            if (!joins) {
                ends.add(axis + 1);
            }
        }
        return new Nest(dims, Ints.of(ends.stream().mapToInt(Integer::intValue)));
    }

    /** As few loops as the layouts, all over {@code dims}, allow. */
    static Nest collapse(Ints dims, List<Layout> layouts) {
        int rank = dims.size();
        List<Integer> ends = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int left = axis;
            if (axis + 1 == rank || !layouts.stream().allMatch(layout -> joins(layout, left))) {
                ends.add(axis + 1);
            }
        }
        return new Nest(dims, Ints.of(ends.stream().mapToInt(Integer::intValue)));
    }

    /** Whether the layout steps evenly through each loop. */
    boolean fits(Layout layout) {
        for (int axis = 0; axis + 1 < dims.size(); axis++) {
            if (!ends.contains(axis + 1) && !joins(layout, axis)) {
                return false;
            }
        }
        return true;
    }

    private static boolean joins(Layout layout, int axis) {
        return layout.stride(axis) == layout.stride(axis + 1) * layout.dim(axis + 1);
    }

    /** The number of iterations of each loop, outermost first. */
    int[] extents() {
        int[] extents = sizes();
        swap(extents, moved());
        return extents;
    }

    /** Whether a long loop was moved into a short last one, so that rows lie across the arrays. */
    boolean isAcross() {
        return moved() >= 0;
    }

    /** The loop that changes places with the last one, or -1; a function of the sizes of the loops alone. */
    private int moved() {
        int[] sizes = sizes();
        int last = sizes.length - 1;
        if (last < 1 || sizes[last] >= SHORT_ROW) {
            return -1;
        }
        int longest = 0;
        for (int loop = 1; loop < last; loop++) {
            longest = sizes[loop] > sizes[longest] ? loop : longest;
        }
        return sizes[longest] >= LONG_LOOP ? longest : -1;
    }

    private static void swap(int[] loops, int moved) {
        if (moved >= 0) {
            int last = loops[loops.length - 1];
            loops[loops.length - 1] = loops[moved];
            loops[moved] = last;
        }
    }

    private int[] sizes() {
        int[] extents = new int[ends.size()];
        int axis = 0;
        for (int loop = 0; loop < extents.length; loop++) {
            extents[loop] = 1;
            for (; axis < ends.get(loop); axis++) {
                extents[loop] *= dims.get(axis);
            }
        }
        return extents;
    }

    /** The step of a fitting layout in each loop. */
    int[] strides(Layout layout) {
        int[] strides = new int[ends.size()];
        for (int loop = 0; loop < strides.length; loop++) {
            strides[loop] = layout.stride(ends.get(loop) - 1);
        }
        swap(strides, moved());
        return strides;
    }
}
