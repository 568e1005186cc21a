package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/** Rebuilds a kernel's body, one operation after the other. */
final class BodyRewriting {
    /** What stands for one operation in the new body. */
    @FunctionalInterface
    interface Step {
        Atom of(Elementwise operation, Array<Atom> operands);
    }

    private BodyRewriting() {}

    /** The body with {@code step} for each operation; {@code builder} is the one that {@code step} appends to. */
    static Jaxpr of(Jaxpr body, JaxprBuilder builder, Step step) {
        Map<Var, Atom> env = new IdentityHashMap<>();
        body.inputs().forEach(in -> env.put(in, builder.input(in.type())));
        for (Equation equation : body.equations()) {
            Array<Atom> operands = equation.inputs().map(a -> read(env, a));
            env.put(equation.output(), step.of((Elementwise) equation.primitive(), operands));
        }
        return builder.build(body.outputs().map(a -> read(env, a)));
    }

    private static Atom read(Map<Var, Atom> env, Atom atom) {
        return switch (atom) {
            case Literal literal -> literal;
            case Var var -> env.get(var);
        };
    }
}
