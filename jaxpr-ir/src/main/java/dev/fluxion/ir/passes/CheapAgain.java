package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which results of a scan's body need not be stacked, because few cheap operations give them from the constants, the xs and
 * the other stacks; values far smaller than what they save are stacked in addition.
 */
final class CheapAgain {
    /** The most that computing one value again may cost, in sums and products; and how much less new stacks must hold. */
    private static final int MOST = 16;

    private static final int SMALLER = 8;

    private final Jaxpr body;
    private final Map<Var, Equation> definitions = new IdentityHashMap<>();

    /** The consts (true) and the xs (false) of the body. */
    private final Map<Var, Boolean> given = new IdentityHashMap<>();

    /** What is stacked: the number of the stack. */
    private final Map<Var, Integer> leaves = new IdentityHashMap<>();

    private final List<Atom> added = new ArrayList<>();
    private final Map<Integer, Var> computed = new HashMap<>();

    /** @param wanted which of the ys nothing but other loops reads */
    CheapAgain(Control.Scan scan, boolean[] wanted) {
        body = scan.body();
        Map<Var, Integer> positions = new IdentityHashMap<>();
        for (int i = 0; i < body.equations().size(); i++) {
            Equation equation = body.equations().get(i);
            for (Var out : equation.outputs()) {
                definitions.put(out, equation);
                positions.put(out, i);
            }
        }
        scan.consts(body.inputs()).forEach(in -> given.put(in, true));
        scan.xs(body.inputs()).forEach(in -> given.put(in, false));
        Array<Atom> ys = scan.ys(body.outputs());
        List<Integer> candidates = new ArrayList<>();
        for (int j = 0; j < ys.size(); j++) {
            if (ys.get(j) instanceof Var var) {
                leaves.putIfAbsent(var, j);
                if (wanted[j]) {
                    candidates.add(j);
                }
            }
        }
        // Later values first: they may be made from earlier ones, never the other way round.
        candidates.sort((i, j) -> Integer.compare(
                positions.getOrDefault((Var) ys.get(j), -1), positions.getOrDefault((Var) ys.get(i), -1)));
        candidates.forEach(j -> consider(j, (Var) ys.get(j), ys.size()));
    }

    /** Values of the body to be stacked behind the ys. */
    Array<Atom> added() {
        return Array.ofAll(added);
    }

    /** The ys that are computed again, by their number. */
    Map<Integer, Var> computed() {
        return computed;
    }

    /** The values that are stacked, with the numbers of their stacks. */
    Map<Var, Integer> leaves() {
        return leaves;
    }

    private void consider(int j, Var value, int count) {
        boolean own = leaves.getOrDefault(value, -1) == j;
        if (own) {
            leaves.remove(value);
        }
        Attempt attempt = new Attempt(value.shape().size());
        if (attempt.reaches(value) && attempt.size() * SMALLER <= value.shape().size()) {
            for (Var leaf : attempt.fresh) {
                leaves.put(leaf, count + added.size());
                added.add(leaf);
            }
            computed.put(j, value);
        } else if (own) {
            leaves.put(value, j);
        }
    }

    /** One search for the operations that give a value. */
    private final class Attempt {
        private final long saved;
        private final Set<Var> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final List<Var> fresh = new ArrayList<>();
        private int cost;

        Attempt(long saved) {
            this.saved = saved;
        }

        long size() {
            return fresh.stream().mapToLong(var -> var.shape().size()).sum();
        }

        /** Whether the value can be had; recursive over at most {@link #MOST} operations. */
        boolean reaches(Atom atom) {
            if (!(atom instanceof Var var) || given.containsKey(var) || leaves.containsKey(var) || !seen.add(var)) {
                return true;
            }
            Equation definition = definitions.get(var);
            int weight = definition == null ? 0 : weight(definition);
            boolean small = var.shape().size() * (long) SMALLER <= saved;
            if (weight == 0 || (small && !(definition.primitive() instanceof Movement))) {
                boolean isConstant = body.constants().exists(constant -> constant.var() == var);
                fresh.add(var);
                return !isConstant && size() * SMALLER <= saved;
            }
            cost += weight;
            return cost <= MOST && definition.inputs().forAll(this::reaches);
        }
    }

    /** What an operation costs for each element, 0 for those that are not computed again. */
    private static int weight(Equation equation) {
        return switch (equation.primitive()) {
            case Elementwise.Unary(UnaryOp op) ->
                op == UnaryOp.SQRT || op == UnaryOp.RECIPROCAL ? 4 : op.isExact() ? 1 : 0;
            case Elementwise.Binary(BinaryOp op) -> op == BinaryOp.DIV ? 4 : op.isExact() ? 1 : 0;
            case Elementwise.Compare _, Elementwise.SelectN _, Elementwise.Clamp _, Elementwise.Fma _ -> 1;
            case Elementwise.ConvertElementType _, Elementwise.BitcastConvertType _ -> 1;
            case Movement.BroadcastInDim _,
                    Movement.Reshape _,
                    Movement.Squeeze _,
                    Movement.ExpandDims _,
                    Movement.Transpose _,
                    Movement.Iota _ -> 1;
            default -> 0;
        };
    }

    /** The consts (true) and stacks (false) from which a value that is computed again is made. */
    Map<Var, Boolean> needs(Var value) {
        Map<Var, Boolean> needs = new LinkedHashMap<>();
        collect(value, needs, Collections.newSetFromMap(new IdentityHashMap<>()));
        return needs;
    }

    private void collect(Var value, Map<Var, Boolean> needs, Set<Var> seen) {
        if (!seen.add(value)) {
            return;
        }
        if (given.containsKey(value)) {
            needs.put(value, given.get(value));
        } else if (leaves.containsKey(value)) {
            needs.put(value, false);
        } else {
            definitions.get(value).inputs().forEach(in -> {
                if (in instanceof Var var) {
                    collect(var, needs, seen);
                }
            });
        }
    }

    /** Appends the operations that give a value to another body, where {@code env} has what it {@link #needs}. */
    Atom append(Atom value, Map<Var, Atom> env, JaxprBuilder steps) {
        if (!(value instanceof Var var)) {
            return value;
        }
        Atom known = env.get(var);
        if (known == null) {
            Equation definition = definitions.get(var);
            Array<Atom> operands = definition.inputs().map(in -> append(in, env, steps));
            known = steps.append(definition.primitive(), operands, definition.source())
                    .get(0);
            env.put(var, known);
        }
        return known;
    }
}
