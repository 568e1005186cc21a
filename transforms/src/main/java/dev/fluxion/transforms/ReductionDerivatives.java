package dev.fluxion.transforms;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import io.vavr.Function1;
import io.vavr.collection.Array;

/** The derivatives of the reductions that are not linear. */
final class ReductionDerivatives {
    private ReductionDerivatives() {}

    /** The mean of the tangents at the elements that equal the maximum or minimum {@code out}. */
    static NDArray chosen(NDArray x, NDArray out, Ints axes, NDArray t) {
        NDArray reduced = Lax.broadcastInDim(out, x.shape(), axes.complement(x.ndim()));
        NDArray chosen = Lax.convertElementType(Lax.eq(x, reduced), x.dtype());
        return Lax.reduceSum(t.times(chosen), axes).div(Lax.reduceSum(chosen, axes));
    }

    /** {@code sum_i t_i prod_{j != i} x_j}, without division: right where elements are zero, at every order. */
    static NDArray product(NDArray x, Ints axes, NDArray t) {
        return x.size() == 0 ? null : alongFormula(x, t, productFormula(axes));
    }

    /** The product over the axes, none of them empty, as products of pairs. */
    static Function1<NDArray, NDArray> productFormula(Ints axes) {
        return x -> {
            NDArray product = x;
            for (int axis : axes.toArray()) {
                product = halving(product, axis);
            }
            return Lax.squeeze(product, axes);
        };
    }

    /** Products of pairs, of pairs of pairs, ...: the axis shrinks to size 1. */
    private static NDArray halving(NDArray x, int axis) {
        NDArray product = x;
        for (int size = x.shape().dim(axis); size > 1; size = (size + 1) / 2) {
            int half = size / 2;
            NDArray pairs =
                    Lax.sliceInDim(product, 0, half, 1, axis).times(Lax.sliceInDim(product, half, 2 * half, 1, axis));
            product = size % 2 == 0
                    ? pairs
                    : Lax.concatenate(Array.of(pairs, Lax.sliceInDim(product, size - 1, size, 1, axis)), axis);
        }
        return product;
    }

    /** The tangent of {@code formula(x)}: of an operation that is differentiated as if it were written so. */
    static NDArray alongFormula(NDArray x, NDArray t, Function1<NDArray, NDArray> formula) {
        return Jvp.push(program(x, formula), Array.of(x), Array.of(t))
                .tangents()
                .get(0);
    }

    /** The formula of an operation as a program; its equations come from where the operation does. */
    static Jaxpr program(NDArray x, Function1<NDArray, NDArray> formula) {
        var source = Trace.current().source();
        return Trace.of("differentiating", Array.of(x.type()), arguments -> {
                    Trace.current().from(source);
                    return Array.of(formula.apply(arguments.get(0)));
                })
                .jaxpr();
    }
}
