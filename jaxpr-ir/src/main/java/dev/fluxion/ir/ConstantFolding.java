package dev.fluxion.ir;

import io.vavr.collection.Array;

/** Elementwise operations on literals only, where the result is exact on every machine. */
final class ConstantFolding {
    private ConstantFolding() {}

    /** The value, or null when the operation is not exact. */
    static Literal fold(Elementwise p, Array<Literal> in) {
        Literal x = in.get(0);
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> op.isExact() ? ScalarMeaning.of(p, in) : null;
            case Elementwise.Binary(BinaryOp op) -> op.isExact() ? ScalarMeaning.of(p, in) : null;
            case Elementwise.StopGradient _, Elementwise.Named _, Elementwise.Copy _ -> x;
            case Elementwise.Polygamma _ -> null;
            case Elementwise.IntegerPow _,
                    Elementwise.Compare _,
                    Elementwise.Fma _,
                    Elementwise.SelectN _,
                    Elementwise.Clamp _,
                    Elementwise.ConvertElementType _,
                    Elementwise.BitcastConvertType _ -> ScalarMeaning.of(p, in);
        };
    }
}
