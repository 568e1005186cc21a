package dev.fluxion.ir;

/** Reductions and products over axes of arrays that have just been moved. */
final class ContractionFolding {
    private ContractionFolding() {}

    /** Axes of size 1 need no reduction, only to disappear. */
    static Atom reduce(Reduction.Reduce p, Atom x, FoldContext at) {
        boolean single = p.axes().stream().allMatch(axis -> x.shape().dim(axis) == 1);
        return single ? at.append(new Movement.Squeeze(p.axes().sorted()), x) : null;
    }

    /** Transposed operands are read through their axis numbers, unless that would reorder the axes of the result. */
    static Atom dot(DotGeneral p, Atom lhs, Atom rhs, FoldContext at) {
        DotDimensionNumbers d = p.dimensionNumbers();
        Atom picked = alongUnitVectors(d, lhs, rhs, at);
        if (picked != null) {
            return picked;
        }
        Ints left = permutation(lhs, d.lhsFree(lhs.shape().rank()), at);
        Ints right = permutation(rhs, d.rhsFree(rhs.shape().rank()), at);
        if (left == null && right == null) {
            return null;
        }
        return at.append(
                DotGeneral.of(
                        through(left, d.lhsContracting()),
                        through(right, d.rhsContracting()),
                        through(left, d.lhsBatch()),
                        through(right, d.rhsBatch())),
                left == null ? lhs : at.operand(lhs, 0),
                right == null ? rhs : at.operand(rhs, 0));
    }

    /** The product with the unit vectors of a derivative: the other operand, its contracted axis in their place; or null. */
    private static Atom alongUnitVectors(DotDimensionNumbers d, Atom lhs, Atom rhs, FoldContext at) {
        if (!d.lhsBatch().isEmpty() || d.lhsContracting().size() != 1) {
            return null;
        }
        if (at.builder().isUnitVectors(lhs)) {
            int axis = d.rhsContracting().get(0);
            return at.append(
                    new Movement.Transpose(d.rhsFree(rhs.shape().rank()).prepend(axis)), rhs);
        }
        if (at.builder().isUnitVectors(rhs)) {
            int axis = d.lhsContracting().get(0);
            return at.append(
                    new Movement.Transpose(d.lhsFree(lhs.shape().rank()).append(axis)), lhs);
        }
        return null;
    }

    /** The permutation of a transpose that leaves the order of the free axes as it is, or null. */
    private static Ints permutation(Atom operand, Ints free, FoldContext at) {
        if (!(at.primitive(operand) instanceof Movement.Transpose(Ints permutation))) {
            return null;
        }
        Ints before = free.map(permutation::get);
        return before.equals(before.sorted()) ? permutation : null;
    }

    private static Ints through(Ints permutation, Ints axes) {
        return permutation == null ? axes : axes.map(permutation::get);
    }

    /** {@code transpose(a . b) = b . a} where the transpose exchanges the free axes of the two; else null. */
    static Atom transposed(Ints permutation, Atom product, FoldContext at) {
        if (!(at.primitive(product) instanceof DotGeneral(DotDimensionNumbers d))) {
            return null;
        }
        Atom lhs = at.operand(product, 0);
        Atom rhs = at.operand(product, 1);
        return permutation.equals(d.exchange(lhs.shape().rank(), rhs.shape().rank()))
                ? at.append(DotGeneral.of(d.rhsContracting(), d.lhsContracting(), d.rhsBatch(), d.lhsBatch()), rhs, lhs)
                : null;
    }
}
