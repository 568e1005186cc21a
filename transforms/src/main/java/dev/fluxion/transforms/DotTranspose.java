package dev.fluxion.transforms;

import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;
import java.util.Comparator;

/**
 * The transpose of {@code out[b, i, j] = sum_k x[b, i, k] y[b, j, k]} in one operand: the product of the cotangent with the
 * other, {@code x'[b, i, k] = sum_j ct[b, i, j] y[b, j, k]}.
 */
final class DotTranspose {
    private DotTranspose() {}

    static Array<NDArray> of(DotGeneral p, Operand lhs, Operand rhs, NDArray ct) {
        if (lhs.isLinear() && rhs.isLinear()) {
            throw TransposeRules.notLinear(p);
        }
        DotDimensionNumbers d = p.dimensionNumbers();
        int batch = d.lhsBatch().size();
        int middle = batch + d.lhsFree(lhs.shape().rank()).size();
        return lhs.isLinear()
                ? Array.of(
                        oneSide(
                                new Side(
                                        d.lhsContracting(),
                                        d.lhsBatch(),
                                        d.lhsFree(lhs.shape().rank())),
                                new Side(
                                        d.rhsContracting(),
                                        d.rhsBatch(),
                                        d.rhsFree(rhs.shape().rank())),
                                rhs.value(),
                                ct,
                                Ints.range(middle, ct.ndim())),
                        null)
                : Array.of(
                        null,
                        oneSide(
                                new Side(
                                        d.rhsContracting(),
                                        d.rhsBatch(),
                                        d.rhsFree(rhs.shape().rank())),
                                new Side(
                                        d.lhsContracting(),
                                        d.lhsBatch(),
                                        d.lhsFree(lhs.shape().rank())),
                                lhs.value(),
                                ct,
                                Ints.range(batch, middle)));
    }

    /** The axes of one operand by their role. */
    private record Side(Ints contracting, Ints batch, Ints free) {}

    /** @param ctOther the axes of ct that come from the other operand */
    private static NDArray oneSide(Side linear, Side other, NDArray value, NDArray ct, Ints ctOther) {
        NDArray product = Lax.dotGeneral(
                ct,
                value,
                new DotDimensionNumbers(
                        ctOther, other.free(), Ints.range(linear.batch().size()), other.batch()));
        // What is left of the other operand are its contracted axes, ascending: each stands for its partner.
        Ints byOther = Ints.of(Ints.range(other.contracting().size()).stream()
                .boxed()
                .sorted(Comparator.comparingInt(other.contracting()::get))
                .mapToInt(Integer::intValue));
        Ints axes = linear.batch().concat(linear.free()).concat(byOther.map(linear.contracting()::get));
        return Lax.transpose(product, axes.inversePermutation());
    }
}
