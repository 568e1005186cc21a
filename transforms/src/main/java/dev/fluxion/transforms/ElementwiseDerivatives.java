package dev.fluxion.transforms;

import static dev.fluxion.lax.Lax.bitwiseAnd;
import static dev.fluxion.lax.Lax.integerPow;
import static dev.fluxion.lax.Lax.lt;
import static dev.fluxion.lax.Lax.polygamma;
import static dev.fluxion.lax.Lax.select;
import static dev.fluxion.transforms.JvpRules.sum;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;
import java.util.function.Supplier;

/** The derivatives of the elementwise operations; the two large families have files of their own. */
final class ElementwiseDerivatives {
    private ElementwiseDerivatives() {}

    /** The tangent of {@code out = p(in)}, or null when it is zero. */
    static NDArray of(Elementwise p, Array<NDArray> in, NDArray out, Array<NDArray> t) {
        NDArray x = in.get(0);
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> UnaryDerivatives.of(op, x, out, t.get(0));
            case Elementwise.IntegerPow(int n) ->
                n == 0 ? null : t.get(0).times(integerPow(x, n - 1).times(n));
            case Elementwise.Polygamma(int m) -> t.get(0).times(polygamma(m + 1, x));
            case Elementwise.Binary(BinaryOp op) -> BinaryDerivatives.of(op, x, in.get(1), out, t.get(0), t.get(1));
            case Elementwise.Compare _ -> null;
            case Elementwise.Fma _ ->
                sum(
                        sum(
                                t.get(0) == null ? null : t.get(0).times(in.get(1)),
                                t.get(1) == null ? null : x.times(t.get(1))),
                        t.get(2));
            case Elementwise.SelectN _ -> JvpRules.linear(p, in, t);
            case Elementwise.Clamp _ -> clamp(x, in.get(1), in.get(2), t);
            case Elementwise.ConvertElementType(DType to) ->
                to.isFloating() ? Lax.convertElementType(t.get(0), to) : null;
            case Elementwise.BitcastConvertType _ -> null;
            case Elementwise.StopGradient _ -> null;
            // The name stays with the value: a policy that saves it does not save the tangent.
            case Elementwise.Named _, Elementwise.Copy _ -> t.get(0);
        };
    }

    /** The one operand that the result equals gets the derivative, none where two are equal. */
    private static NDArray clamp(NDArray lo, NDArray x, NDArray hi, Array<NDArray> t) {
        NDArray ofLo = where(t.get(0), () -> bitwiseAnd(lt(x, lo), lt(lo, hi)));
        NDArray ofX = where(t.get(1), () -> bitwiseAnd(lt(lo, x), lt(x, hi)));
        NDArray ofHi = where(t.get(2), () -> lt(hi, x));
        return sum(sum(ofLo, ofX), ofHi);
    }

    private static NDArray where(NDArray t, Supplier<NDArray> condition) {
        return t == null ? null : select(condition.get(), t, Scalars.like(t, 0));
    }
}
