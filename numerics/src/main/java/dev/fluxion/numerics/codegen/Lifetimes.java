package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * When the values of a body are computed and for how long they are kept: local variable slots, used again once a value has
 * been read for the last time.
 *
 * <p>A function that is called, not computed, and that only the true case of one select reads is <em>lazy</em>: it is evaluated
 * where it is chosen. That is how {@link Lowering} guards elementary functions.
 */
final class Lifetimes {
    private final CodeBuilder code;
    private final Map<Var, Integer> lastUse = new IdentityHashMap<>();
    private final Map<Var, Integer> slots = new IdentityHashMap<>();
    private final Map<Var, Equation> lazy = new IdentityHashMap<>();
    private final Map<Integer, List<Var>> dying = new HashMap<>();
    private final Map<TypeKind, ArrayDeque<Integer>> free = new EnumMap<>(TypeKind.class);

    Lifetimes(CodeBuilder code, Jaxpr body) {
        this.code = code;
        findLazy(body);
        int i = 0;
        for (Equation equation : body.equations()) {
            if (!isLazy(equation)) {
                for (Atom atom : equation.inputs()) {
                    use(atom, i);
                }
            }
            i++;
        }
        body.outputs().forEach(out -> use(out, Integer.MAX_VALUE));
        lastUse.forEach(
                (var, at) -> dying.computeIfAbsent(at, k -> new ArrayList<>()).add(var));
    }

    private void findLazy(Jaxpr body) {
        Map<Var, Integer> uses = new IdentityHashMap<>();
        Map<Var, Equation> called = new IdentityHashMap<>();
        body.outputs().forEach(out -> count(uses, out));
        for (Equation equation : body.equations()) {
            equation.inputs().forEach(in -> count(uses, in));
            if (equation.inputs().size() == 1
                    && equation.primitive() instanceof Elementwise p
                    && ScalarOperations.isPerLane(p, equation.input(0).dtype())) {
                called.put(equation.output(), equation);
            }
        }
        for (Equation equation : body.equations()) {
            if (equation.primitive() instanceof Elementwise.SelectN
                    && equation.input(0).dtype() == DType.BOOL
                    && equation.inputs().size() == 3
                    && equation.input(2) instanceof Var chosen
                    && called.containsKey(chosen)
                    && uses.get(chosen) == 1) {
                lazy.put(chosen, called.get(chosen));
            }
        }
    }

    private static void count(Map<Var, Integer> uses, Atom atom) {
        if (atom instanceof Var var) {
            uses.merge(var, 1, Integer::sum);
        }
    }

    private void use(Atom atom, int at) {
        if (atom instanceof Var var) {
            Equation call = lazy.get(var);
            if (call == null) {
                lastUse.put(var, at);
            } else {
                use(call.input(0), at);
            }
        }
    }

    boolean isLazy(Equation equation) {
        return equation.outputs().size() == 1 && lazy.containsKey(equation.output());
    }

    /** The call that gives a lazy value; null for values that have a slot. */
    Equation lazyCall(Atom atom) {
        return atom instanceof Var var ? lazy.get(var) : null;
    }

    boolean isUsed(Var var) {
        return lastUse.containsKey(var);
    }

    int slot(Var var) {
        return slots.get(var);
    }

    /** Gives the value a slot for good: broadcast inputs, which are set before the loop. */
    int pin(Var var, TypeKind kind) {
        dying.getOrDefault(lastUse.get(var), new ArrayList<>()).remove(var);
        return define(var, kind);
    }

    int define(Var var, TypeKind kind) {
        ArrayDeque<Integer> pool = free.get(kind);
        int slot = pool == null || pool.isEmpty() ? code.allocateLocal(kind) : pool.pop();
        slots.put(var, slot);
        return slot;
    }

    /** To be called when the operands of equation i have been read. */
    void release(int i, Function<Var, TypeKind> kinds) {
        for (Var var : dying.getOrDefault(i, List.of())) {
            free.computeIfAbsent(kinds.apply(var), k -> new ArrayDeque<>()).push(slots.get(var));
        }
    }
}
