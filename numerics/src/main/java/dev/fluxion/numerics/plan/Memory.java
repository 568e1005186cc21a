package dev.fluxion.numerics.plan;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Gives every stored node a slot. Inputs and results have slots of their own; the buffers of all others are taken over
 * by later nodes once nobody reads them any more. Until a result is written, its array holds others ({@link
 * ResultBuffers}), unless inputs are donated. The buffers of donated inputs are taken over too: by results that fill
 * them exactly, and by intermediate values that are computed in place.
 */
final class Memory {
    private final List<Step> steps;
    private final List<Node> inputs;
    private final List<Buffers.Held> constants;
    private final Map<DType, TreeMap<Integer, ArrayDeque<Integer>>> free = new EnumMap<>(DType.class);
    private final List<Plan.Buffer> results = new ArrayList<>();
    private final List<Plan.Buffer> temporaries = new ArrayList<>();
    private final Map<Integer, Integer> sizes = new HashMap<>();
    private final Set<Node> takenOver = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The nodes whose buffers may be taken over once they are dead. */
    private final Set<Node> owned = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The arrays of results in which intermediate values lie, by these. */
    private final Map<Node, ResultBuffers.Waiting> lent = new IdentityHashMap<>();

    private ResultBuffers resultBuffers;

    /** The slots of donated inputs. */
    private final Ints donated;

    /** Those among them that hold nothing any more. */
    private final Map<DType, TreeMap<Integer, ArrayDeque<Integer>>> given = new EnumMap<>(DType.class);

    private int slots;

    /** @param donated positions among {@code inputs}, which are their slots as well */
    Memory(List<Step> steps, List<Node> inputs, Ints donated, List<Buffers.Held> constants) {
        this.steps = steps;
        this.inputs = inputs;
        this.donated = donated;
        this.constants = constants;
    }

    Plan plan(List<Plan.Result> outputs) {
        inputs.forEach(node -> node.assign(slots++));
        constants.forEach(held -> held.node().assign(slots++));
        steps.forEach(Step::finish);
        resultBuffers = new ResultBuffers(donated.isEmpty() ? steps : List.of());
        resultBuffers.results().forEach(result -> {
            result.assign(takeForResult(result));
            resultBuffers.offer(result);
        });
        List<List<Node>> dying = new ArrayList<>();
        steps.forEach(step -> dying.add(new ArrayList<>()));
        donated.stream().mapToObj(inputs::get).filter(node -> !node.isResult()).forEach(node -> {
            owned.add(node);
            if (node.lastUse() < 0) {
                release(node);
            } else {
                dying.get(node.lastUse()).add(node);
            }
        });
        for (int i = 0; i < steps.size(); i++) {
            assign(steps.get(i), i, dying);
        }
        return new Plan(
                slots, inputs.size(), donated, constants, results, temporaries, outputs, Traits.of(steps), emit());
    }

    private Instruction[] emit() {
        return steps.stream().map(Step::emit).toArray(Instruction[]::new);
    }

    private void assign(Step step, int index, List<List<Node>> dying) {
        Predicate<Node> free = node -> owned.contains(node) && node.lastUse() == index && !takenOver.contains(node);
        List<Node> writes = step.writes();
        // Results first: a temporary value in a donated buffer would be a result elsewhere.
        for (Node node : writes) {
            if (node.isResult() && !resultBuffers.has(node)) {
                Node predecessor = node.destination() == Destination.GIVEN
                        ? null
                        : step.inPlace(node, free.and(x -> isDonated(x.slot())));
                place(node, predecessor, true);
            }
        }
        for (Node node : writes) {
            Node result = resultBuffers.destination(node);
            if (result != null) {
                node.assign(result.slot());
            } else if (!node.isResult()) {
                place(node, step.inPlace(node, free.and(before -> mayLeave(before, node))), false);
                owned.add(node);
                dying.get(Math.max(index, node.lastUse())).add(node);
            }
        }
        for (Node node : dying.get(index)) {
            if (!takenOver.contains(node)) {
                release(node);
            }
        }
    }

    /** @param predecessor the node whose buffer this one takes over, or null */
    private void place(Node node, Node predecessor, boolean result) {
        if (predecessor != null) {
            takenOver.add(predecessor);
            node.assign(predecessor.slot());
            if (lent.containsKey(predecessor)) {
                lent.put(node, lent.get(predecessor));
            }
        } else {
            node.assign(result ? takeForResult(node) : take(node));
        }
    }

    /** Whether the array of {@code before} is free as long as {@code node} is needed. */
    private boolean mayLeave(Node before, Node node) {
        return !lent.containsKey(before) || node.lastUse() < lent.get(before).taken();
    }

    private boolean isDonated(int slot) {
        return donated.contains(slot);
    }

    /** A buffer of just this size that was given up; else one that every run allocates. */
    private int takeForResult(Node node) {
        TreeMap<Integer, ArrayDeque<Integer>> bySize = given.get(node.dtype());
        if (node.destination() != Destination.GIVEN && bySize != null && bySize.containsKey(node.size())) {
            return pop(bySize, node.size());
        }
        int slot = slots++;
        switch (node.destination()) {
            case FRESH -> results.add(new Plan.Buffer(slot, node.dtype(), node.size()));
            case FRAME -> temporaries.add(new Plan.Buffer(slot, node.dtype(), node.size()));
            case GIVEN -> {}
        }
        return slot;
    }

    /** The smallest free buffer that is large enough, unless it is far too large, of a result first; else a new one. */
    private int take(Node node) {
        ResultBuffers.Waiting array = resultBuffers.take(node);
        if (array != null) {
            lent.put(node, array);
            return array.slot();
        }
        TreeMap<Integer, ArrayDeque<Integer>> bySize = free.get(node.dtype());
        Integer fitting = bySize == null ? null : bySize.ceilingKey(node.size());
        if (fitting != null && fitting / 2 <= node.size()) {
            return pop(bySize, fitting);
        }
        int slot = slots++;
        temporaries.add(new Plan.Buffer(slot, node.dtype(), node.size()));
        sizes.put(slot, node.size());
        return slot;
    }

    private static int pop(TreeMap<Integer, ArrayDeque<Integer>> bySize, int size) {
        ArrayDeque<Integer> fitting = bySize.get(size);
        int slot = fitting.pop();
        if (fitting.isEmpty()) {
            bySize.remove(size);
        }
        return slot;
    }

    private void release(Node node) {
        if (lent.containsKey(node)) {
            resultBuffers.offer(node.dtype(), lent.get(node));
            return;
        }
        boolean toResults = isDonated(node.slot());
        (toResults ? given : free)
                .computeIfAbsent(node.dtype(), dtype -> new TreeMap<>())
                .computeIfAbsent(toResults ? node.size() : sizes.get(node.slot()), size -> new ArrayDeque<>())
                .push(node.slot());
    }
}
