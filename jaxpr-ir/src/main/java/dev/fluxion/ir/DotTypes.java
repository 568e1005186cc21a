package dev.fluxion.ir;

import io.vavr.collection.Array;

/** The type of {@link DotGeneral}. */
final class DotTypes {
    private DotTypes() {}

    static ArrayType infer(DotGeneral p, Array<ArrayType> in) {
        TypeRules.count(p, in.size(), 2);
        ArrayType lhs = in.get(0);
        ArrayType rhs = in.get(1);
        if (lhs.dtype() != rhs.dtype() || !lhs.dtype().isNumeric()) {
            throw FluxionException.of(ErrorCode.DTYPE_MISMATCH, "dot_general: operands must be numbers of one dtype")
                    .detail("operands are " + lhs + ", " + rhs)
                    .hint("convert one with astype");
        }
        DotDimensionNumbers d = p.dimensionNumbers();
        TypeRules.axes(p, d.lhsBatch().concat(d.lhsContracting()), lhs.rank());
        TypeRules.axes(p, d.rhsBatch().concat(d.rhsContracting()), rhs.rank());
        sameSizes("contracted", lhs, rhs, d.lhsContracting(), d.rhsContracting());
        sameSizes("batch", lhs, rhs, d.lhsBatch(), d.rhsBatch());
        Ints dims = d.lhsBatch()
                .map(lhs.shape()::dim)
                .concat(d.lhsFree(lhs.rank()).map(lhs.shape()::dim))
                .concat(d.rhsFree(rhs.rank()).map(rhs.shape()::dim));
        return lhs.withShape(Shape.of(dims));
    }

    private static void sameSizes(String kind, ArrayType lhs, ArrayType rhs, Ints lhsAxes, Ints rhsAxes) {
        if (lhsAxes.size() != rhsAxes.size()) {
            throw FluxionException.of(
                    ErrorCode.DOT_MISMATCH,
                    "dot: " + lhsAxes.size() + " " + kind + " axes of lhs, " + rhsAxes.size() + " of rhs");
        }
        for (int i = 0; i < lhsAxes.size(); i++) {
            int left = lhs.shape().dim(lhsAxes.get(i));
            int right = rhs.shape().dim(rhsAxes.get(i));
            if (left != right) {
                throw FluxionException.of(ErrorCode.DOT_MISMATCH, "dot: " + kind + " sizes differ")
                        .detail("lhs " + lhs + " axis " + lhsAxes.get(i) + " has size " + left)
                        .detail("rhs " + rhs + " axis " + rhsAxes.get(i) + " has size " + right)
                        .hint(transposeHint(lhs, rhs, lhsAxes.get(i), rhsAxes.get(i)));
            }
        }
    }

    private static String transposeHint(ArrayType lhs, ArrayType rhs, int lhsAxis, int rhsAxis) {
        if (rhs.rank() == 2 && rhs.shape().dim(1 - rhsAxis) == lhs.shape().dim(lhsAxis)) {
            return "rhs.transpose() would fit: did you mean it?";
        }
        if (lhs.rank() == 2 && lhs.shape().dim(1 - lhsAxis) == rhs.shape().dim(rhsAxis)) {
            return "lhs.transpose() would fit: did you mean it?";
        }
        return "the sizes of the paired axes must be equal";
    }
}
