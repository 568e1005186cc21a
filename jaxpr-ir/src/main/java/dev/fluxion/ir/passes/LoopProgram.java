package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The program of a loop, body or condition, apart from what is the same in every step. */
final class LoopProgram {
    /** A repeated value that the program repeats itself. */
    private record Repeated(Movement.BroadcastInDim broadcast, Atom value) {}

    private final Jaxpr program;
    private final JaxprBuilder outer;
    private final Map<Var, Atom> fixed = new LinkedHashMap<>();
    private final Map<Var, Repeated> repeated = new LinkedHashMap<>();
    private final Set<Atom> operands = new HashSet<>();
    private boolean shrinks;

    LoopProgram(Jaxpr program, JaxprBuilder outer) {
        this.program = program;
        this.outer = outer;
    }

    /** Inputs that are the same in every step, and what they are in the enclosing program. */
    void fix(Array<Var> inputs, Array<Atom> outside) {
        for (int i = 0; i < inputs.size(); i++) {
            shrinks |= outside.get(i) instanceof Literal || !operands.add(outside.get(i));
            fixed.put(inputs.get(i), outside.get(i));
        }
    }

    /** An input that is {@code broadcast value} in every step, where {@code value} is an atom of the enclosing program. */
    void fix(Var input, Movement.BroadcastInDim broadcast, Atom value) {
        fixed.put(input, outer.append(broadcast, value));
        repeated.put(input, new Repeated(broadcast, value));
    }

    /** Whether a carry that begins as {@code init} is the same after a step. */
    boolean keeps(Var before, Atom after, Atom init) {
        return after == before || init.equals(after instanceof Var var ? fixed.get(var) : after);
    }

    /**
     * @param outputs those results that it must still give
     * @param room see {@link Invariants}
     * @param runs whether it runs at least once
     */
    Invariants invariants(Iterable<Atom> outputs, long room, boolean runs) {
        return new Invariants(program, fixed.keySet(), outputs, room, runs);
    }

    /** Whether there are numbers among the fixed inputs, or one value twice, which the program need not take in. */
    boolean shrinks() {
        return shrinks;
    }

    /** The values of the enclosing program that stand for what is the same in every step. */
    Map<Var, Atom> before(Invariants invariants) {
        Map<Var, Atom> env = new IdentityHashMap<>(fixed);
        for (Equation equation : program.equations()) {
            if (invariants.holds(equation)) {
                append(equation, env, outer);
            }
        }
        return env;
    }

    /** A program with other inputs. @param consts what its first inputs are in the enclosing program */
    record Parts(Jaxpr program, Array<Atom> consts) {}

    /**
     * What stays in the loop.
     *
     * @param before the values in front of the loop
     * @param moving the inputs that differ from step to step
     */
    Parts rest(Invariants invariants, Map<Var, Atom> before, Array<Var> moving, Array<Atom> outputs) {
        JaxprBuilder steps = new JaxprBuilder();
        Map<Atom, Atom> consts = new LinkedHashMap<>();
        Map<Var, Atom> env = new IdentityHashMap<>();
        for (Var in : fixed.keySet()) {
            if (invariants.needs(in)) {
                Repeated value = repeated.get(in);
                env.put(in, constant(value == null ? before.get(in) : value.value(), consts, steps));
            }
        }
        invariants.moved().forEach(var -> env.put(var, constant(before.get(var), consts, steps)));
        moving.forEach(in -> env.put(in, steps.input(in.type())));
        repeated.forEach((in, value) -> env.computeIfPresent(in, (key, x) -> steps.append(value.broadcast(), x)));
        for (Equation equation : program.equations()) {
            if (invariants.stays(equation)) {
                append(equation, env, steps);
            }
        }
        Jaxpr rest = steps.build(outputs.map(out -> read(env, out)));
        return new Parts(rest, Array.ofAll(consts.keySet()));
    }

    private static Atom constant(Atom outside, Map<Atom, Atom> consts, JaxprBuilder steps) {
        return outside instanceof Literal ? outside : consts.computeIfAbsent(outside, key -> steps.input(key.type()));
    }

    private static void append(Equation equation, Map<Var, Atom> env, JaxprBuilder builder) {
        Array<Atom> results =
                builder.append(equation.primitive(), equation.inputs().map(in -> read(env, in)), equation.source());
        for (int i = 0; i < results.size(); i++) {
            env.put(equation.outputs().get(i), results.get(i));
        }
    }

    /** All values, where {@code some} in turn stand at the given places. */
    static Array<Atom> join(Array<Atom> others, Array<Integer> places, Array<Atom> some) {
        Atom[] all = others.toJavaArray(Atom[]::new);
        for (int i = 0; i < places.size(); i++) {
            all[places.get(i)] = some.get(i);
        }
        return Array.of(all);
    }

    static Atom read(Map<Var, Atom> env, Atom atom) {
        return atom instanceof Var var ? env.get(var) : atom;
    }
}
