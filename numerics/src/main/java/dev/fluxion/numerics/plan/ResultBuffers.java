package dev.fluxion.numerics.plan;

import dev.fluxion.ir.DType;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The arrays that every run allocates for its results, which are there from the first step on: until a result is written,
 * its array holds intermediate values. One that the result's step would replace in place is computed there at once.
 */
final class ResultBuffers {
    /** How many sizes of arrays are looked at for one value. */
    private static final int SIZES = 4;

    /** A result's array, free up to the step before {@code taken}. */
    record Waiting(int slot, int size, int taken) {}

    /** The results in whose arrays values end up by operations in place. */
    private final Map<Node, Node> destinations = new IdentityHashMap<>();

    /** The step from which on an array has what becomes its result; nodes are compared by identity, here in order. */
    private final Map<Node, Integer> taken = new LinkedHashMap<>();

    /** By size, then by the step from which on the result itself is there. */
    private final Map<DType, TreeMap<Integer, TreeMap<Integer, ArrayDeque<Waiting>>>> waiting =
            new EnumMap<>(DType.class);

    ResultBuffers(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            for (Node node : step.writes()) {
                Node result = node.destination() == Destination.FRESH ? node : destinations.get(node);
                if (result != null) {
                    taken.put(result, i);
                    settle(step, i, node, result);
                }
            }
        }
    }

    private void settle(Step step, int index, Node node, Node result) {
        Node before = step.inPlace(
                node,
                x -> x.lastUse() == index
                        && x.producer() >= 0
                        && x.producer() < index
                        && !x.isResult()
                        && x.dtype() == result.dtype()
                        && x.size() == result.size()
                        && !destinations.containsKey(x));
        if (before != null) {
            destinations.put(before, result);
        }
    }

    /** The results, in the order of the steps from the last to the first. */
    Set<Node> results() {
        return taken.keySet();
    }

    boolean has(Node result) {
        return taken.containsKey(result);
    }

    /** The result in whose array an intermediate value is to be computed, or null. */
    Node destination(Node node) {
        return destinations.get(node);
    }

    /** Notes the array of a result. */
    void offer(Node result) {
        offer(result.dtype(), new Waiting(result.slot(), result.size(), taken.get(result)));
    }

    /** Gives back what {@link #take} gave. */
    void offer(DType dtype, Waiting array) {
        waiting.computeIfAbsent(dtype, key -> new TreeMap<>())
                .computeIfAbsent(array.size(), key -> new TreeMap<>())
                .computeIfAbsent(array.taken(), key -> new ArrayDeque<>())
                .push(array);
    }

    /** An array that is free as long as {@code node} is needed, large enough and not far too large; or null. */
    Waiting take(Node node) {
        TreeMap<Integer, TreeMap<Integer, ArrayDeque<Waiting>>> bySize = waiting.get(node.dtype());
        if (bySize == null) {
            return null;
        }
        int last = Math.max(node.lastUse(), node.producer());
        int seen = 0;
        for (TreeMap<Integer, ArrayDeque<Waiting>> byStep : bySize.subMap(
                        node.size(), true, 2 * Math.min(node.size(), Integer.MAX_VALUE / 2), true)
                .values()) {
            Map.Entry<Integer, ArrayDeque<Waiting>> fitting = byStep.higherEntry(last);
            if (fitting != null) {
                Waiting array = fitting.getValue().pop();
                if (fitting.getValue().isEmpty()) {
                    byStep.remove(fitting.getKey());
                }
                return array;
            }
            if (++seen == SIZES) {
                return null;
            }
        }
        return null;
    }
}
