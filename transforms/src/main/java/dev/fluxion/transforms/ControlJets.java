package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/**
 * Power series through operations that run sub-programs, as {@link ControlDerivatives} does it with tangents, and through
 * users' operations. Where there is a user's rule for the derivative, the series follows the rule, not the function's body.
 */
final class ControlJets {
    private ControlJets() {}

    static Array<Taylor> of(Control control, Array<Taylor> in) {
        int order = in.get(0).order();
        ForwardMode mode = Jet.mode(order);
        Array<NDArray> x = in.map(Taylor::primal);
        Array<NDArray> terms = Jet.terms(in);
        return switch (control) {
            case Control.Call p -> series(ControlDerivatives.call(mode, p, x, terms), order);
            case Control.Checkpoint p -> series(ControlDerivatives.checkpoint(mode, p, x, terms), order);
            case Control.Cond p -> series(CondDerivatives.of(mode, p, x, terms), order);
            case Control.While p -> series(LoopDerivatives.whileLoop(mode, p, x, terms), order);
            case Control.Scan p -> series(LoopDerivatives.scan(mode, p, x, terms), order);
            case Control.LinearSolve p -> solve(p, in, order);
            case Control.CustomJvpCall _, Control.CustomVjpCall _, Control.CustomLinear _ ->
                JetRules.byDerivative(control, in);
        };
    }

    /** {@code A x = b}: {@code A_0 x_k = b_k - sum_{i>0} A_i x_{k-i}}; the sum is what A x is where {@code x_k = 0}. */
    private static Array<Taylor> solve(Control.LinearSolve p, Array<Taylor> in, int order) {
        Array<NDArray> primals = in.map(Taylor::primal);
        Array<Taylor> b = p.b(in);
        Array<NDArray> consts = primals.dropRight(b.size());
        Array<Taylor> x = Tracing.bindAll(p, primals).map(x0 -> Taylor.constant(x0, 0));
        for (int k = 1; k <= order; k++) {
            int now = k;
            Array<Taylor> known =
                    x.map(series -> new Taylor(series.primal(), series.terms().append(null)));
            Array<Taylor> operands = p.consts(0, in).map(c -> c.truncated(now)).appendAll(known);
            Array<NDArray> product = Jet.push(p.programs().get(0), operands, k).map(series -> series.get(now));
            Array<NDArray> rest = b.zipWith(product, (series, sum) -> PowerSeries.minus(series.get(now), sum));
            Array<NDArray> found = rest.forAll(r -> r == null)
                    ? rest
                    : Tracing.bindAll(
                            p,
                            consts.appendAll(Transpose.withZeros(
                                    rest, b.map(s -> s.primal().type()))));
            x = x.zipWith(
                    found,
                    (series, term) -> new Taylor(series.primal(), series.terms().append(term)));
        }
        return x;
    }

    private static Array<Taylor> series(Duals results, int order) {
        return Jet.series(results.primals(), results.tangents(), order);
    }

    static Array<Taylor> custom(Custom p, Array<Taylor> in) {
        Array<ArrayType> types = in.map(x -> x.primal().type());
        if (p.outputTypes(types).isEmpty()) {
            Tracing.bindAll(p, in.map(Taylor::primal)); // there for its effect, which happens once
            return Array.empty();
        }
        Array<Boolean> active = in.map(x -> !x.isConstant());
        boolean byRule = p.jvp(types).isPresent() || p.transpose(types, active).isPresent();
        return byRule || p.body(types).isEmpty()
                ? JetRules.byDerivative(p, in)
                : Jet.push(p.body(types).get(), in, in.get(0).order());
    }
}
