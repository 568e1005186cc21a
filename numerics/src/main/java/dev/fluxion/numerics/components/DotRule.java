package dev.fluxion.numerics.components;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import io.vavr.collection.Array;

/**
 * Many products of tiny matrices: {@code out[i, j] = fma(a[i, p], b[p, j], ...)} from {@code a[i, 0] b[0, j]} on, p
 * ascending, for all of the batch at once. These are the roundings of a large product.
 */
final class DotRule {
    private DotRule() {}

    /** A function of the shapes alone, as the order of summation must be. */
    static boolean applies(DotDimensionNumbers d, Equation equation) {
        Shape lhs = equation.input(0).shape();
        Shape rhs = equation.input(1).shape();
        return equation.output().dtype().isFloating()
                && TinyAxes.isSmallProduct(
                        pick(lhs, d.lhsBatch()),
                        pick(lhs, d.lhsFree(lhs.rank())),
                        pick(lhs, d.lhsContracting()),
                        pick(rhs, d.rhsFree(rhs.rank())));
    }

    private static Shape pick(Shape shape, Ints axes) {
        return Shape.of(axes.map(shape::dim));
    }

    static Parts multiply(DotGeneral p, Parts lhs, Parts rhs, JaxprBuilder builder, SourceInfo source) {
        DotDimensionNumbers d = p.dimensionNumbers();
        Ints lhsFree = d.lhsFree(lhs.shape().rank());
        Ints rhsFree = d.rhsFree(rhs.shape().rank());
        Array<Atom> a = matrices(lhs, d.lhsBatch(), lhsFree.concat(d.lhsContracting()), builder, source);
        Array<Atom> b = matrices(rhs, d.rhsBatch(), rhsFree.concat(d.rhsContracting()), builder, source);
        Shape rows = pick(lhs.shape(), lhsFree);
        Shape columns = pick(rhs.shape(), rhsFree);
        int contracted = pick(lhs.shape(), d.lhsContracting()).size();
        Array<Atom> results = Array.range(0, rows.size() * columns.size()).map(number -> {
            int row = number / columns.size() * contracted;
            int column = number % columns.size() * contracted;
            return chain(a.slice(row, row + contracted), b.slice(column, column + contracted), builder, source);
        });
        TinyAxes axes = new TinyAxes(pick(lhs.shape(), d.lhsBatch()), rows.concat(columns));
        return Parts.of(builder, axes, results, source);
    }

    private static Atom chain(Array<Atom> a, Array<Atom> b, JaxprBuilder builder, SourceInfo source) {
        Atom sum = builder.append(new Elementwise.Binary(BinaryOp.MUL), Array.of(a.get(0), b.get(0)), source)
                .get(0);
        for (int p = 1; p < a.size(); p++) {
            sum = builder.append(new Elementwise.Fma(), Array.of(a.get(p), b.get(p), sum), source)
                    .get(0);
        }
        return sum;
    }

    /** The components along the tiny axes in the given order, over the batch axes in the given order. */
    private static Array<Atom> matrices(Parts x, Ints batch, Ints tiny, JaxprBuilder builder, SourceInfo source) {
        int rank = x.shape().rank();
        int batchRank = batch.size();
        if (!batch.isRange()) {
            Ints order = batch.concat(tiny);
            Atom moved = builder.append(new Movement.Transpose(order), Array.of(x.whole()), source)
                    .get(0);
            return Parts.whole(builder, moved, source).components(tiny.size());
        }
        TinyAxes axes = TinyAxes.at(x.shape(), rank - batchRank);
        Array<Atom> components = x.components(rank - batchRank);
        TinyAxes wanted = TinyAxes.at(Shape.of(batch.concat(tiny).map(x.shape()::dim)), tiny.size());
        return Array.range(0, wanted.count()).map(number -> {
            int[] to = wanted.index(number);
            int[] from = new int[to.length];
            for (int k = 0; k < to.length; k++) {
                from[tiny.get(k) - batchRank] = to[k];
            }
            return components.get(axes.number(from));
        });
    }
}
