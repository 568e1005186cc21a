package dev.fluxion.transforms;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/** The power series of the elementwise operations; the two large families have files of their own. */
final class ElementwiseJets {
    private ElementwiseJets() {}

    /** The series of {@code p(in)}, whose first coefficient is {@code out}. */
    static Taylor of(Elementwise p, Array<Taylor> in, NDArray out) {
        Taylor x = in.get(0);
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> UnaryJets.of(op, x, out);
            case Elementwise.Binary(BinaryOp op) -> BinaryJets.of(op, x, in.get(1), out);
            case Elementwise.IntegerPow(int n) -> integerPow(x, n, out);
            case Elementwise.Polygamma _ -> JetRules.byDerivative(p, in).get(0);
            case Elementwise.Fma _ ->
                new Taylor(
                        out,
                        PowerSeries.plus(PowerSeries.times(x, in.get(1)), in.get(2))
                                .terms());
            case Elementwise.Compare _,
                    Elementwise.SelectN _,
                    Elementwise.Clamp _,
                    Elementwise.ConvertElementType _,
                    Elementwise.BitcastConvertType _,
                    Elementwise.StopGradient _,
                    Elementwise.Named _,
                    Elementwise.Copy _ -> JetRules.linear(p, in, out);
        };
    }

    private static Taylor integerPow(Taylor x, int n, NDArray out) {
        if (n == 0) {
            return Taylor.constant(out, x.order());
        }
        Taylor power = PowerSeries.power(x, Math.abs(n));
        return new Taylor(out, (n > 0 ? power : PowerSeries.reciprocal(power)).terms());
    }
}
