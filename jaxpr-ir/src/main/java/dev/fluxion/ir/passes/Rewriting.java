package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.VarMap;
import io.vavr.collection.Array;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One run of a pass over a program and its sub-programs, each rewritten once however often it is called. Recursive over
 * the nesting of programs, not over equations.
 */
abstract class Rewriting {
    private final Map<Jaxpr, Jaxpr> done = new IdentityHashMap<>();

    /** The program rewritten, rebuilt equation by equation. */
    final Jaxpr rewrite(Jaxpr jaxpr) {
        Jaxpr known = done.get(jaxpr);
        if (known == null) {
            known = rebuild(jaxpr);
            done.put(jaxpr, known);
        }
        return known;
    }

    /** Whether an operation of the program, or of a sub-program, is a wanted one: else a pass has nothing to do. */
    static boolean exists(Jaxpr jaxpr, Predicate<Primitive> wanted) {
        return existsProgram(jaxpr, program -> program.equations().exists(e -> wanted.test(e.primitive())));
    }

    /** Whether the program, or a sub-program, is a wanted one. */
    static boolean existsProgram(Jaxpr jaxpr, Predicate<Jaxpr> wanted) {
        return existsProgram(jaxpr, wanted, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean existsProgram(Jaxpr jaxpr, Predicate<Jaxpr> wanted, Set<Jaxpr> seen) {
        return seen.add(jaxpr)
                && (wanted.test(jaxpr)
                        || jaxpr.equations()
                                .exists(equation -> equation.primitive() instanceof Control control
                                        && Parameters.subPrograms(control)
                                                .exists(body -> existsProgram(body, wanted, seen))));
    }

    /** Called before the equations of a program are rewritten; the result rewrites them. */
    abstract Step begin(Jaxpr jaxpr, JaxprBuilder builder);

    /** Rewrites one equation. */
    interface Step {
        /** The atoms that stand for the equation's results, given those for its operands. */
        Array<Atom> apply(Equation equation, Primitive primitive, Array<Atom> operands);

        /** Called when {@code atom} has been chosen to stand for {@code var}. */
        default void bound(Var var, Atom atom) {}
    }

    private Jaxpr rebuild(Jaxpr jaxpr) {
        JaxprBuilder builder = new JaxprBuilder();
        Step step = begin(jaxpr, builder);
        VarMap<Atom> env =
                new VarMap<>(jaxpr.inputs().size() + jaxpr.equations().size());
        jaxpr.constants().forEach(c -> bind(env, step, c.var(), builder.constant(c.value())));
        jaxpr.inputs().forEach(in -> bind(env, step, in, builder.input(in.type())));
        Function<Atom, Atom> read = in -> read(env, in);
        UnaryOperator<Jaxpr> rewrite = this::rewrite;
        jaxpr.equations().forEach(equation -> {
            Primitive primitive = withBody(equation.primitive(), rewrite);
            Array<Atom> operands = equation.inputs().map(read);
            bind(env, step, equation, step.apply(equation, primitive, operands));
        });
        return builder.build(jaxpr.outputs().map(read));
    }

    private static void bind(VarMap<Atom> env, Step step, Equation equation, Array<Atom> results) {
        for (int i = 0; i < results.size(); i++) {
            bind(env, step, equation.outputs().get(i), results.get(i));
        }
    }

    private static void bind(VarMap<Atom> env, Step step, Var var, Atom atom) {
        env.put(var, atom);
        step.bound(var, atom);
    }

    private static Atom read(VarMap<Atom> env, Atom atom) {
        return atom instanceof Var var ? env.get(var) : atom;
    }

    /** The operation with its sub-programs rewritten. Derivative rules stay as they are. */
    static Primitive withBody(Primitive primitive, UnaryOperator<Jaxpr> rewrite) {
        return switch (primitive) {
            case Control.Call p -> new Control.Call(p.label(), rewrite.apply(p.body()));
            case Control.CustomJvpCall p -> new Control.CustomJvpCall(p.label(), rewrite.apply(p.body()), p.jvp());
            case Control.CustomVjpCall p ->
                new Control.CustomVjpCall(p.label(), rewrite.apply(p.body()), p.fwd(), p.bwd(), p.captured());
            case Control.CustomLinear p ->
                new Control.CustomLinear(p.label(), rewrite.apply(p.body()), p.bwd(), p.residuals(), p.runs());
            case Control.Checkpoint p -> p.withBody(rewrite.apply(p.body()));
            case Control.LinearSolve p -> new Control.LinearSolve(p.programs().map(rewrite), p.consts());
            case Control.Cond p -> new Control.Cond(p.branches().map(rewrite));
            case Control.While p ->
                new Control.While(rewrite.apply(p.cond()), p.condConsts(), rewrite.apply(p.body()), p.bodyConsts());
            case Control.Scan p -> p.with(rewrite.apply(p.body()), p.consts(), p.carry());
            case Elementwise _, Movement _, Reduction _, DotGeneral _, Threefry2x32 _, Custom _ -> primitive;
        };
    }
}
