package dev.fluxion.numerics.plan;

import dev.fluxion.ir.DType;
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
 * by later nodes once nobody reads them any more.
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
    private final Set<Node> temporary = Collections.newSetFromMap(new IdentityHashMap<>());
    private int slots;

    Memory(List<Step> steps, List<Node> inputs, List<Buffers.Held> constants) {
        this.steps = steps;
        this.inputs = inputs;
        this.constants = constants;
    }

    Plan plan(List<Plan.Result> outputs) {
        inputs.forEach(node -> node.assign(slots++));
        constants.forEach(held -> held.node().assign(slots++));
        steps.forEach(Step::finish);
        List<List<Node>> dying = new ArrayList<>();
        steps.forEach(step -> dying.add(new ArrayList<>()));
        for (int i = 0; i < steps.size(); i++) {
            assign(steps.get(i), i, dying);
        }
        return new Plan(slots, inputs.size(), constants, results, temporaries, outputs, emit());
    }

    private Instruction[] emit() {
        return steps.stream().map(Step::emit).toArray(Instruction[]::new);
    }

    private void assign(Step step, int index, List<List<Node>> dying) {
        Predicate<Node> free = node -> temporary.contains(node) && node.lastUse() == index && !takenOver.contains(node);
        for (Node node : step.writes()) {
            if (node.isResult()) {
                node.assign(slots++);
                results.add(new Plan.Buffer(node.slot(), node.dtype(), node.size()));
                continue;
            }
            Node predecessor = step.inPlace(node, free);
            if (predecessor != null) {
                takenOver.add(predecessor);
                node.assign(predecessor.slot());
            } else {
                node.assign(take(node));
            }
            temporary.add(node);
            dying.get(Math.max(index, node.lastUse())).add(node);
        }
        for (Node node : dying.get(index)) {
            if (!takenOver.contains(node)) {
                release(node);
            }
        }
    }

    /** The smallest free buffer that is large enough, unless it is far too large; else a new one. */
    private int take(Node node) {
        TreeMap<Integer, ArrayDeque<Integer>> bySize = free.get(node.dtype());
        Map.Entry<Integer, ArrayDeque<Integer>> fitting = bySize == null ? null : bySize.ceilingEntry(node.size());
        if (fitting != null && fitting.getKey() / 2 <= node.size()) {
            int slot = fitting.getValue().pop();
            if (fitting.getValue().isEmpty()) {
                bySize.remove(fitting.getKey());
            }
            return slot;
        }
        int slot = slots++;
        temporaries.add(new Plan.Buffer(slot, node.dtype(), node.size()));
        sizes.put(slot, node.size());
        return slot;
    }

    private void release(Node node) {
        free.computeIfAbsent(node.dtype(), dtype -> new TreeMap<>())
                .computeIfAbsent(sizes.get(node.slot()), size -> new ArrayDeque<>())
                .push(node.slot());
    }
}
