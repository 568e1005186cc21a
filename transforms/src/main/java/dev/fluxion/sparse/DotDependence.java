package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;

/**
 * {@code out[b, i, j] = sum_k lhs[b, i, k] rhs[b, j, k]} depends on what {@code lhs[b, i, .]} and {@code rhs[b, j, .]} depend
 * on, but not through factors that are zero whatever the inputs are.
 */
final class DotDependence {
    /** Products with more terms than this are not looked at one by one. */
    private static final long MOST_TERMS = 1L << 28;

    private final KnownValues values;
    private final Shape out;
    private final int batch;
    private final int left;
    private final int right;
    private final int inner;

    private DotDependence(KnownValues values, DotDimensionNumbers d, ArrayType lhs, ArrayType rhs, Shape out) {
        this.values = values;
        this.out = out;
        this.batch = size(lhs, d.lhsBatch());
        this.left = size(lhs, d.lhsFree(lhs.rank()));
        this.right = size(rhs, d.rhsFree(rhs.rank()));
        this.inner = size(lhs, d.lhsContracting());
    }

    static Dependence of(KnownValues values, DotDimensionNumbers d, Fact lhs, Fact rhs, Shape out) {
        DotDependence dot = new DotDependence(values, d, lhs.type(), rhs.type(), out);
        Ints lhsOrder = d.lhsBatch().concat(d.lhsFree(lhs.type().rank())).concat(d.lhsContracting());
        Ints rhsOrder = d.rhsBatch().concat(d.rhsFree(rhs.type().rank())).concat(d.rhsContracting());
        return Dependence.union(
                lhs.isDependent() ? dot.of(lhs, lhsOrder, rhs, rhsOrder, true) : null,
                rhs.isDependent() ? dot.of(rhs, rhsOrder, lhs, lhsOrder, false) : null);
    }

    /** Through one operand, whose rows are those of the result or its columns. */
    private Dependence of(Fact x, Ints xOrder, Fact other, Ints otherOrder, boolean isLeft) {
        int rows = isLeft ? left : right;
        int columns = isLeft ? right : left;
        int[] from = places(x.type(), xOrder);
        boolean looked = other.isKnown() && (long) batch * left * right * inner <= MOST_TERMS;
        boolean[] nonzero = looked ? nonzero(other, otherOrder) : null;
        IndexSet[] results = new IndexSet[out.size()];
        for (int b = 0; b < batch; b++) {
            IndexSet[] everything = new IndexSet[rows];
            for (int column = 0; column < columns; column++) {
                int at = (b * columns + column) * inner;
                boolean all = nonzero == null || full(nonzero, at);
                for (int row = 0; row < rows; row++) {
                    if (all && everything[row] == null) {
                        everything[row] = row(x, from, nonzero, b * rows + row, -1);
                    }
                    results[(b * left + (isLeft ? row : column)) * right + (isLeft ? column : row)] =
                            all ? everything[row] : row(x, from, nonzero, b * rows + row, at);
                }
            }
        }
        return Dependence.of(out, i -> results[i]);
    }

    /** The union over the terms of one row, of those whose other factor is not zero; of all where {@code at} is -1. */
    private IndexSet row(Fact x, int[] from, boolean[] nonzero, int row, int at) {
        IndexSet.Union union = new IndexSet.Union();
        for (int k = 0; k < inner; k++) {
            if (at < 0 || nonzero[at + k]) {
                union.add(x.dependence().get(from[row * inner + k]));
            }
        }
        return union.get();
    }

    private boolean full(boolean[] nonzero, int at) {
        for (int k = 0; k < inner; k++) {
            if (!nonzero[at + k]) {
                return false;
            }
        }
        return true;
    }

    /** Which factors can be other than zero, in the order batch, free, contracted. */
    private boolean[] nonzero(Fact other, Ints order) {
        ArrayData data = other.value().get();
        int[] from = places(other.type(), order);
        boolean[] nonzero = new boolean[from.length];
        for (int i = 0; i < from.length; i++) {
            nonzero[i] = data.booleanAt(from[i]);
        }
        return nonzero;
    }

    private int[] places(ArrayType type, Ints order) {
        return values.places(new Movement.Transpose(order), type.shape());
    }

    private static int size(ArrayType type, Ints axes) {
        return axes.stream().map(axis -> type.shape().dim(axis)).reduce(1, (a, b) -> a * b);
    }
}
