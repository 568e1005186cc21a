package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.VarMap;
import io.vavr.collection.Array;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Rebuilds a program on scalars, one operation after the other. */
final class BodyRewriting {
    /** What stands for one operation in the new body. */
    @FunctionalInterface
    interface Step {
        Atom of(Elementwise operation, Array<Atom> operands);
    }

    private BodyRewriting() {}

    /**
     * The body with {@code step} for each operation; {@code builder} is the one that {@code step} appends to.
     *
     * @param bodies rewrites the sub-programs of branches and loops
     */
    static Jaxpr of(Jaxpr body, JaxprBuilder builder, UnaryOperator<Jaxpr> bodies, Step step) {
        VarMap<Atom> env = new VarMap<>(body.inputs().size() + body.equations().size());
        body.inputs().forEach(in -> env.put(in, builder.input(in.type())));
        Function<Atom, Atom> read = a -> read(env, a);
        for (Equation equation : body.equations()) {
            Array<Atom> operands = equation.inputs().map(read);
            Array<Atom> results = equation.primitive() instanceof Elementwise operation
                    ? Array.of(step.of(operation, operands))
                    : builder.append(withBodies(equation.primitive(), bodies), operands, SourceInfo.UNKNOWN);
            for (int k = 0; k < results.size(); k++) {
                env.put(equation.outputs().get(k), results.get(k));
            }
        }
        return builder.build(body.outputs().map(read));
    }

    private static Primitive withBodies(Primitive primitive, UnaryOperator<Jaxpr> rewrite) {
        return switch (primitive) {
            case Control.Cond(var branches) -> new Control.Cond(branches.map(rewrite));
            case Control.While(Jaxpr cond, int condConsts, Jaxpr loop, int bodyConsts) ->
                new Control.While(rewrite.apply(cond), condConsts, rewrite.apply(loop), bodyConsts);
            case Control.Scan scan -> scan.with(rewrite.apply(scan.body()), scan.consts(), scan.carry());
            case Control.Calling _, Elementwise _, Movement _, Reduction _, DotGeneral _, Threefry2x32 _, Custom _ ->
                throw new IllegalStateException("not an operation on scalars: " + primitive);
        };
    }

    private static Atom read(VarMap<Atom> env, Atom atom) {
        return switch (atom) {
            case Literal literal -> literal;
            case Var var -> env.get(var);
        };
    }
}
