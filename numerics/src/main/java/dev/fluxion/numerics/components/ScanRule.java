package dev.fluxion.numerics.components;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.passes.DeadCode;
import io.vavr.collection.Array;

/**
 * Loops over points: what the body computes by components goes from step to step by components, and so do slices of the xs
 * and ys. Nothing is taken apart or put together within a step.
 *
 * @param body the program of a step, without calls
 */
record ScanRule(Control.Scan scan, Jaxpr body, Marking marking) {
    /** The rule for a loop, or null when its body computes nothing by components. */
    static ScanRule of(Control.Scan scan, Jaxpr body) {
        Marking marking = Marking.ofStep(body, scan.consts(), scan.carry());
        boolean any = body.inputs().exists(marking::contains) || body.outputs().exists(out -> isMarked(out, marking));
        return any ? new ScanRule(scan, body, marking) : null;
    }

    private static boolean isMarked(Atom atom, Marking marking) {
        return atom instanceof Var var && marking.contains(var);
    }

    /** The loop over components. */
    Array<Parts> apply(Array<Parts> operands, Equation equation, JaxprBuilder builder) {
        Array<Boolean> inSplit = body.inputs().map(marking::contains);
        Array<Boolean> outSplit = Array.range(0, body.outputs().size())
                .map(k -> k < scan.carry()
                        ? inSplit.get(scan.consts() + k)
                        : isMarked(body.outputs().get(k), marking));
        Array<Integer> widths = inSplit.zipWith(body.inputs(), ScanRule::width);
        Control.Scan loop = scan.with(
                step(inSplit, outSplit),
                scan.consts(widths).sum().intValue(),
                scan.carry(widths).sum().intValue());
        Array<Atom> in = Array.range(0, operands.size())
                .flatMap(k -> inSplit.get(k)
                        ? operands.get(k).components(rank(body.inputs().get(k)))
                        : Array.of(operands.get(k).whole()));
        Array<Atom> results = builder.append(loop, in, equation.source());
        Array<Parts> parts = Array.empty();
        int next = 0;
        for (int k = 0; k < outSplit.size(); k++) {
            Var out = equation.outputs().get(k);
            if (outSplit.get(k)) {
                TinyAxes axes = TinyAxes.at(out.shape(), rank(body.outputs().get(k)));
                parts = parts.append(
                        Parts.of(builder, axes, results.slice(next, next + axes.count()), equation.source()));
                next += axes.count();
            } else {
                parts = parts.append(Parts.whole(builder, results.get(next++), equation.source()));
            }
        }
        return parts;
    }

    private static int width(boolean split, Atom atom) {
        return split ? TinyAxes.of(atom.shape()).count() : 1;
    }

    private static int rank(Atom atom) {
        return TinyAxes.of(atom.shape()).trail().rank();
    }

    private Jaxpr step(Array<Boolean> inSplit, Array<Boolean> outSplit) {
        JaxprBuilder step = new JaxprBuilder();
        Array<Parts> inputs = inSplit.zipWith(body.inputs(), (split, in) -> {
            if (!split) {
                return Parts.whole(step, step.input(in.type()), SourceInfo.UNKNOWN);
            }
            TinyAxes axes = TinyAxes.of(in.shape());
            Array<Atom> components =
                    Array.range(0, axes.count()).map(_ -> step.input(in.type().withShape(axes.lead())));
            return Parts.of(step, axes, components, SourceInfo.UNKNOWN);
        });
        Array<Parts> results = new Components(marking, step, b -> b).rewrite(body, inputs);
        Array<Atom> outputs = Array.range(0, outSplit.size())
                .flatMap(k -> outSplit.get(k)
                        ? results.get(k).components(rank(body.outputs().get(k)))
                        : Array.of(results.get(k).whole()));
        return new DeadCode().apply(step.build(outputs));
    }
}
