package dev.fluxion.numerics.plan;

import dev.fluxion.numerics.HostData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values that go from step to step of a loop. Nothing is copied between steps: each result's array changes places with
 * the one that its successor need not keep.
 */
final class Carry {
    private final List<Node> init;
    private final List<Node> last;
    private final int first;
    private final int[] own;
    private final int[] from;
    private final int[] to;

    /**
     * @param body the plan of a step, whose inputs from {@code first} on and whose first results are the carry
     * @param init what the carry is at first
     * @param last where it is to be at last; a node of {@code init} may have given it its slot
     */
    Carry(Plan body, int first, List<Node> init, List<Node> last) {
        this.init = init;
        this.last = last;
        this.first = first;
        int count = init.size();
        int[] out = new int[count];
        for (int k = 0; k < count; k++) {
            out[k] = body.outputSlot(k);
        }
        List<int[]> moves = new ArrayList<>();
        boolean[] taken = new boolean[count];
        for (int k = 0; k < count; k++) {
            if (isInput(out[k])) {
                taken[out[k] - first] = true;
            }
            if (out[k] != first + k) {
                moves.add(new int[] {out[k], first + k});
            }
        }
        int[] fresh = Arrays.stream(out).filter(slot -> !isInput(slot)).toArray();
        for (int k = 0; k < count; k++) {
            if (!isInput(out[k])) {
                int donor = donor(taken, last.get(k));
                taken[donor] = true;
                moves.add(new int[] {first + donor, out[k]});
            }
        }
        this.own = fresh;
        this.from = moves.stream().mapToInt(move -> move[0]).toArray();
        this.to = moves.stream().mapToInt(move -> move[1]).toArray();
    }

    private boolean isInput(int slot) {
        return slot >= first && slot < first + init.size();
    }

    /** An input of the type of {@code result} whose array holds no result of the step. */
    private int donor(boolean[] taken, Node result) {
        for (int k = 0; k < taken.length; k++) {
            if (!taken[k]
                    && last.get(k).dtype() == result.dtype()
                    && last.get(k).size() == result.size()) {
                return k;
            }
        }
        throw new IllegalStateException("a step keeps more arrays than it is given");
    }

    /** One run of the loop: the frame of the plan around it and that of the steps. */
    Run begin(Object[] slots, Object[] frame) {
        return new Run(slots, frame);
    }

    final class Run {
        private final Object[] slots;
        private final Object[] frame;
        private final Object[] saved = new Object[own.length];
        private final Object[] moving = new Object[from.length];

        private Run(Object[] slots, Object[] frame) {
            this.slots = slots;
            this.frame = frame;
            for (int k = 0; k < init.size(); k++) {
                Object target = slots[last.get(k).slot()];
                if (init.get(k).slot() != last.get(k).slot()) {
                    System.arraycopy(
                            slots[init.get(k).slot()], 0, target, 0, init.get(k).size());
                }
                frame[first + k] = target;
            }
            for (int k = 0; k < own.length; k++) {
                saved[k] = frame[own[k]];
            }
        }

        /** Makes the results of a step the inputs of the next. */
        void advance() {
            for (int k = 0; k < from.length; k++) {
                moving[k] = frame[from[k]];
            }
            for (int k = 0; k < to.length; k++) {
                frame[to[k]] = moving[k];
            }
        }

        /** Brings the carry to its place, and the frame's arrays back to theirs. */
        void end() {
            for (int k = 0; k < last.size(); k++) {
                Object target = slots[last.get(k).slot()];
                for (int j = k + 1; j < last.size(); j++) {
                    if (frame[first + j] == target && frame[first + k] != target) {
                        frame[first + j] = HostData.copy(target);
                    }
                }
                if (frame[first + k] != target) {
                    System.arraycopy(frame[first + k], 0, target, 0, last.get(k).size());
                }
            }
            for (int k = 0; k < own.length; k++) {
                frame[own[k]] = saved[k];
            }
        }
    }
}
