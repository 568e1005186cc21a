package dev.fluxion.ir.text;

import dev.fluxion.ir.Equation;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ProgramOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The programs that a text defines under names, {@code @0}, {@code @1} ..., and refers to by them. */
final class Definitions {
    /** Everything stands where it is used. */
    static final Definitions NONE = new Definitions(false);

    private final boolean complete;
    private final Map<Jaxpr, String> names = new IdentityHashMap<>();
    private final List<Jaxpr> programs = new ArrayList<>();

    private Definitions(boolean complete) {
        this.complete = complete;
    }

    /**
     * All derivative rules, and the sub-programs that are used more than once.
     *
     * @throws FluxionException FX0704 when the rules unfold further and further
     */
    static Definitions ofAll(Jaxpr root) {
        return new Definitions(true).with(ProgramOrder.of(root).programs(), root);
    }

    /** For reading by people: as {@link #ofAll}, where that is possible; else without rules. */
    static Definitions ofShared(Jaxpr root) {
        try {
            return ofAll(root);
        } catch (FluxionException e) {
            return new Definitions(false).with(subPrograms(root), root);
        }
    }

    /** Whether rules too are defined. */
    boolean areComplete() {
        return complete;
    }

    boolean has(Jaxpr jaxpr) {
        return names.containsKey(jaxpr);
    }

    String nameOf(Jaxpr jaxpr) {
        return names.get(jaxpr);
    }

    /** In the order of their names; a sub-program stands before the programs that run it. */
    List<Jaxpr> programs() {
        return programs;
    }

    private Definitions with(List<Jaxpr> order, Jaxpr root) {
        Map<Jaxpr, Integer> uses = new IdentityHashMap<>();
        uses.put(root, 1);
        Set<Jaxpr> rules = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Jaxpr jaxpr : order) {
            for (Equation equation : jaxpr.equations()) {
                Primitive primitive = equation.primitive();
                Parameters.subPrograms(primitive).forEach(inner -> uses.merge(inner, 1, Integer::sum));
                if (complete) {
                    Parameters.rules(primitive).map(LazyJaxpr::get).forEach(rules::add);
                }
            }
        }
        for (Jaxpr jaxpr : order) {
            if (rules.contains(jaxpr) || uses.getOrDefault(jaxpr, 0) > 1) {
                names.put(jaxpr, "@" + programs.size());
                programs.add(jaxpr);
            }
        }
        return this;
    }

    /** The program and its sub-programs, inner ones first. */
    private static List<Jaxpr> subPrograms(Jaxpr root) {
        Map<Jaxpr, Boolean> done = new IdentityHashMap<>();
        List<Jaxpr> order = new ArrayList<>();
        Deque<Jaxpr> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Jaxpr next = open.peek();
            if (done.putIfAbsent(next, false) == null) {
                next.equations()
                        .flatMap(equation -> Parameters.subPrograms(equation.primitive()))
                        .filter(inner -> !done.containsKey(inner))
                        .forEach(open::push);
            } else {
                open.pop();
                if (!done.put(next, true)) {
                    order.add(next);
                }
            }
        }
        return order;
    }
}
