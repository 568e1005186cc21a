package dev.fluxion.numerics.components;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.passes.DeadCode;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Rewrites a program so that many points of two, three or four coordinates, or many tiny matrices, are computed coordinate by
 * coordinate: {@code f64[n, 3]} becomes three {@code f64[n]}, a sum over the coordinates two additions, a product of tiny
 * matrices a few multiplications. Vectors of a kernel then run over the points, and all of it is one region.
 *
 * <p>Arrays that nothing takes apart stay whole. The order in which numbers are added is a function of shapes and axes alone:
 * see {@link ReductionRule} and {@link DotRule}.
 */
public final class Components {
    private final Marking marking;
    private final JaxprBuilder builder;
    private final UnaryOperator<Jaxpr> flat;
    private final Map<Var, Parts> values = new IdentityHashMap<>();

    Components(Marking marking, JaxprBuilder builder, UnaryOperator<Jaxpr> flat) {
        this.marking = marking;
        this.builder = builder;
        this.flat = flat;
    }

    /**
     * The program over components where that is better, else {@code jaxpr} itself. Loops change where their carry, xs or ys
     * are better taken apart; other sub-programs stay as they are.
     *
     * @param flat gives the body of a loop without calls
     */
    public static Jaxpr apply(Jaxpr jaxpr, UnaryOperator<Jaxpr> flat) {
        if (!jaxpr.equations().exists(Components::concerns)) {
            return jaxpr;
        }
        JaxprBuilder builder = new JaxprBuilder();
        Components components = new Components(Marking.of(jaxpr), builder, flat);
        Array<Parts> inputs =
                jaxpr.inputs().map(in -> Parts.whole(builder, builder.input(in.type()), SourceInfo.UNKNOWN));
        Array<Parts> outputs = components.rewrite(jaxpr, inputs);
        return new DeadCode().apply(builder.build(outputs.map(Parts::whole)));
    }

    /** Whether the rules for reductions and products may have something to say. */
    private static boolean concerns(Equation equation) {
        return equation.inputs().exists(in -> TinyAxes.of(in.shape()) != null)
                || equation.outputs().exists(out -> TinyAxes.of(out.shape()) != null)
                || (equation.primitive() instanceof DotGeneral p && DotRule.applies(p.dimensionNumbers(), equation));
    }

    /** The outputs of {@code jaxpr} on inputs of the program in the making. */
    Array<Parts> rewrite(Jaxpr jaxpr, Array<Parts> inputs) {
        jaxpr.constants().forEach(c -> values.put(c.var(), whole(builder.constant(c.value()))));
        jaxpr.inputs().zip(inputs).forEach(in -> values.put(in._1, in._2));
        jaxpr.equations().forEach(this::rewrite);
        return jaxpr.outputs().map(this::value);
    }

    private Parts whole(Atom atom) {
        return Parts.whole(builder, atom, SourceInfo.UNKNOWN);
    }

    private Parts value(Atom atom) {
        return atom instanceof Var var ? values.get(var) : whole(atom);
    }

    private void rewrite(Equation equation) {
        Array<Parts> in = equation.inputs().map(this::value);
        Parts parts = parts(equation, in);
        if (parts != null) {
            values.put(equation.output(), parts);
            return;
        }
        ScanRule loop =
                equation.primitive() instanceof Control.Scan scan ? ScanRule.of(scan, flat.apply(scan.body())) : null;
        Array<Parts> results = loop != null
                ? loop.apply(in, equation, builder)
                : builder.append(equation.primitive(), in.map(Parts::whole), equation.source())
                        .map(result -> Parts.whole(builder, result, equation.source()));
        equation.outputs().zip(results).forEach(out -> values.put(out._1, out._2));
    }

    /** The result by its components, or null where it is computed whole. */
    private Parts parts(Equation equation, Array<Parts> in) {
        return switch (equation.primitive()) {
            case Elementwise p -> marking.contains(equation.output()) ? elementwise(p, equation, in) : null;
            case Movement p ->
                marking.contains(equation.output()) ? movement(p, equation, in) : picked(p, equation, in);
            case Reduction.Reduce p
            when ReductionRule.applies(equation.input(0).shape(), p.axes()) ->
                ReductionRule.reduce(p, in.get(0), builder, equation.source());
            case DotGeneral p
            when DotRule.applies(p.dimensionNumbers(), equation) ->
                DotRule.multiply(p, in.get(0), in.get(1), builder, equation.source());
            case Reduction _, DotGeneral _, Threefry2x32 _, Control _, Custom _ -> null;
        };
    }

    private Parts elementwise(Primitive p, Equation equation, Array<Parts> in) {
        Shape shape = equation.output().shape();
        TinyAxes axes = TinyAxes.of(shape);
        int rank = axes.trail().rank();
        Array<Atom> results = Array.range(0, axes.count()).map(number -> {
            Array<Atom> operands =
                    in.map(x -> x.shape().equals(shape) ? x.components(rank).get(number) : x.whole());
            return builder.append(p, operands, equation.source()).get(0);
        });
        return Parts.of(builder, axes, results, equation.source());
    }

    private Parts movement(Movement p, Equation equation, Array<Parts> in) {
        TinyAxes axes = TinyAxes.of(equation.output().shape());
        Array<Atom> results = new MovementRules(builder, equation.source(), axes).apply(p, in);
        return results == null ? null : Parts.of(builder, axes, results, equation.source());
    }

    /** A slice that picks among the components of a value that is computed by them. */
    private Parts picked(Movement p, Equation equation, Array<Parts> in) {
        if (!(p instanceof Movement.Slice) || !(equation.input(0) instanceof Var var) || !marking.contains(var)) {
            return null;
        }
        TinyAxes from = TinyAxes.of(var.shape());
        TinyAxes axes = TinyAxes.at(equation.output().shape(), from.trail().rank());
        Array<Atom> results = new MovementRules(builder, equation.source(), axes).apply(p, in);
        return Parts.of(builder, axes, results, equation.source());
    }
}
