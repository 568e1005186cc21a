package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Shape;
import io.vavr.collection.Array;

/** An element depends on what the elements at its place depend on; factors and choices that are known say more. */
final class ElementwiseDependence {
    private ElementwiseDependence() {}

    static Dependence of(Elementwise p, Array<Fact> in) {
        return switch (p) {
            case Elementwise.Binary(BinaryOp op) -> op == BinaryOp.MUL ? product(in.get(0), in.get(1)) : union(in);
            case Elementwise.SelectN _ -> selection(in.get(0), in.drop(1));
            case Elementwise.Compare _, Elementwise.BitcastConvertType _, Elementwise.StopGradient _ -> null;
            case Elementwise.Unary _,
                    Elementwise.IntegerPow _,
                    Elementwise.Polygamma _,
                    Elementwise.Fma _,
                    Elementwise.Clamp _,
                    Elementwise.ConvertElementType _,
                    Elementwise.Named _,
                    Elementwise.Copy _ -> union(in);
        };
    }

    private static Dependence union(Array<Fact> in) {
        return in.map(Fact::dependence).foldLeft((Dependence) null, Dependence::union);
    }

    /** Nothing comes through a factor that is zero whatever the inputs are. */
    private static Dependence product(Fact a, Fact b) {
        if (a.isDependent() && b.isKnown()) {
            return masked(a.dependence(), b.value().get());
        }
        return b.isDependent() && a.isKnown() ? masked(b.dependence(), a.value().get()) : union(Array.of(a, b));
    }

    private static Dependence masked(Dependence x, ArrayData factor) {
        if (factor.type().isScalar() && !x.shape().isScalar()) {
            return factor.booleanAt(0) ? x : null;
        }
        return Dependence.of(x.shape(), i -> factor.booleanAt(i) ? x.get(i) : IndexSet.EMPTY);
    }

    private static Dependence selection(Fact which, Array<Fact> cases) {
        if (!which.isKnown()) {
            return union(cases);
        }
        ArrayData index = which.value().get();
        Shape shape = which.type().shape();
        return Dependence.of(shape, i -> {
            int chosen = (int) Math.max(0, Math.min(cases.size() - 1L, index.longAt(i)));
            Dependence of = cases.get(chosen).dependence();
            return of == null ? IndexSet.EMPTY : of.get(i);
        });
    }
}
