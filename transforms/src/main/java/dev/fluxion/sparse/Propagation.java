package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Walks over a program with the sets of variables that elements depend on: nothing is computed but what needs no input. A
 * set may be too large, never too small.
 */
final class Propagation {
    private final KnownValues values = new KnownValues();
    private final MovementDependence movements = new MovementDependence(values);
    private final ControlDependence control = new ControlDependence(this, values);

    /** The facts about the outputs, given those about the inputs. */
    Array<Fact> run(Jaxpr jaxpr, Array<Fact> inputs) {
        Map<Var, Fact> facts = new IdentityHashMap<>();
        jaxpr.constants().forEach(c -> facts.put(c.var(), new Fact(c.var().type(), null, c::value)));
        put(facts, jaxpr.inputs(), inputs);
        Map<Var, Equation> lastUse = new IdentityHashMap<>();
        jaxpr.equations()
                .forEach(equation -> equation.inputs().forEach(atom -> {
                    if (atom instanceof Var var) {
                        lastUse.put(var, equation);
                    }
                }));
        jaxpr.outputs().forEach(atom -> {
            if (atom instanceof Var var) {
                lastUse.remove(var);
            }
        });
        for (Equation equation : jaxpr.equations()) {
            Array<Fact> in = equation.inputs().map(atom -> read(facts, atom));
            put(facts, equation.outputs(), results(equation, in));
            equation.inputs().forEach(atom -> {
                if (atom instanceof Var var && lastUse.get(var) == equation) {
                    facts.remove(var);
                }
            });
        }
        return jaxpr.outputs().map(atom -> read(facts, atom));
    }

    private static void put(Map<Var, Fact> facts, Array<Var> vars, Array<Fact> values) {
        for (int i = 0; i < vars.size(); i++) {
            facts.put(vars.get(i), values.get(i));
        }
    }

    private static Fact read(Map<Var, Fact> facts, Atom atom) {
        return switch (atom) {
            case Var var -> facts.get(var);
            case Literal literal -> new Fact(literal.type(), null, KnownValues.once(() -> KnownValues.of(literal)));
        };
    }

    private Array<Fact> results(Equation equation, Array<Fact> in) {
        Primitive primitive = equation.primitive();
        Array<ArrayType> types = equation.outputs().map(Var::type);
        return switch (primitive) {
            case Control p -> control.of(p, in, types);
            case Custom p -> control.custom(p, in, types);
            case Threefry2x32 p ->
                types.zipWithIndex((type, i) -> new Fact(type, null, values.apply(p, equation.inputs(), in, i)));
            case Elementwise _, Movement _, Reduction _, DotGeneral _ -> {
                ArrayType type = types.get(0);
                // Integers and truth values carry no derivative.
                boolean carries = type.dtype().isFloating() && in.exists(Fact::isDependent);
                yield Array.of(
                        carries
                                ? Fact.of(type, dependence(primitive, in, type))
                                : new Fact(type, null, values.apply(primitive, equation.inputs(), in, 0)));
            }
        };
    }

    private Dependence dependence(Primitive primitive, Array<Fact> in, ArrayType out) {
        return switch (primitive) {
            case Elementwise p -> ElementwiseDependence.of(p, in);
            case Movement p -> movements.of(p, in, out.shape());
            case Reduction p -> ReductionDependence.of(values, p, in.get(0).dependence());
            case DotGeneral p -> DotDependence.of(values, p.dimensionNumbers(), in.get(0), in.get(1), out.shape());
            case Threefry2x32 _, Control _, Custom _ ->
                throw new IllegalStateException(primitive.name() + " has several results");
        };
    }
}
