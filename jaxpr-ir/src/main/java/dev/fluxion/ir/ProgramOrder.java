package dev.fluxion.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that belongs to a program: itself, its sub-programs and its derivative rules, each once. A sub-program comes before the
 * programs that run it; a rule may come anywhere, since it may contain itself.
 */
public final class ProgramOrder {
    /** Rules within rules beyond this depth belong to a function whose rules make new functions again and again. */
    private static final int MAX_RULE_DEPTH = 40;

    /** How many programs may stand deeper than rules of rules usually do. */
    private static final int MAX_DEEP_PROGRAMS = 2000;

    private static final int USUAL_RULE_DEPTH = 8;

    /** A rule to visit, and how many rules it stands in. */
    private record Found(LazyJaxpr rule, int depth, String label) {}

    /** A program under way: which equation comes next. */
    private static final class Visit {
        private final Jaxpr jaxpr;
        private int next;
        private final Deque<Jaxpr> waiting = new ArrayDeque<>();

        Visit(Jaxpr jaxpr) {
            this.jaxpr = jaxpr;
        }
    }

    private final Map<Jaxpr, Integer> places = new IdentityHashMap<>();
    private final Map<Jaxpr, Boolean> seen = new IdentityHashMap<>();
    private final Map<Control, Boolean> met = new IdentityHashMap<>();
    private final List<Jaxpr> programs = new ArrayList<>();
    private final Deque<Found> rules = new ArrayDeque<>();
    private int deep;

    private ProgramOrder() {}

    /**
     * The order for a program. Rules are traced if they were not yet.
     *
     * @throws FluxionException FX0704 when the rules unfold further and further
     */
    public static ProgramOrder of(Jaxpr root) {
        ProgramOrder order = new ProgramOrder();
        order.seen.put(root, true);
        order.visit(root, 0);
        while (!order.rules.isEmpty()) {
            Found found = order.rules.remove();
            Jaxpr rule = found.rule().get();
            if (order.seen.put(rule, true) == null) {
                order.checkDepth(found);
                order.visit(rule, found.depth());
            }
        }
        return order;
    }

    public List<Jaxpr> programs() {
        return programs;
    }

    public int placeOf(Jaxpr jaxpr) {
        return places.get(jaxpr);
    }

    private void checkDepth(Found found) {
        if (found.depth() > USUAL_RULE_DEPTH) {
            deep++;
        }
        if (found.depth() > MAX_RULE_DEPTH || deep > MAX_DEEP_PROGRAMS) {
            throw FluxionException.of(
                            ErrorCode.NOT_PORTABLE, found.label() + ": its derivative rules make new rules without end")
                    .hint("take the program of the derivative that is needed instead");
        }
    }

    private static String label(Control control) {
        return Parameters.of(control)
                .find(parameter -> parameter.name().equals("label"))
                .map(parameter -> control.name() + " " + parameter.value())
                .getOrElse(control.name());
    }

    private void visit(Jaxpr start, int depth) {
        Deque<Visit> open = new ArrayDeque<>();
        open.push(new Visit(start));
        while (!open.isEmpty()) {
            Visit visit = open.peek();
            if (!visit.waiting.isEmpty()) {
                Jaxpr inner = visit.waiting.remove();
                if (seen.put(inner, true) == null) {
                    open.push(new Visit(inner));
                }
            } else if (visit.next < visit.jaxpr.equations().size()) {
                Equation equation = visit.jaxpr.equations().get(visit.next++);
                if (equation.primitive() instanceof Control control && met.put(control, true) == null) {
                    Parameters.subPrograms(control).forEach(visit.waiting::add);
                    Parameters.rules(control).forEach(rule -> rules.add(new Found(rule, depth + 1, label(control))));
                }
            } else {
                places.put(visit.jaxpr, programs.size());
                programs.add(visit.jaxpr);
                open.pop();
            }
        }
    }
}
