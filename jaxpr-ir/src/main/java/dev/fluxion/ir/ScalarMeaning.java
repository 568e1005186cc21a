package dev.fluxion.ir;

import dev.fluxion.ir.scalar.Elementary;
import dev.fluxion.ir.scalar.GammaFunctions;
import io.vavr.collection.Array;

/** The reference meaning of every elementwise operation on one element. Engines are tested against it. */
public final class ScalarMeaning {
    private ScalarMeaning() {}

    /** The result of {@code p} on scalars of the dtypes it accepts. */
    public static Literal of(Elementwise p, Array<Literal> in) {
        Literal x = in.get(0);
        DType dtype = x.dtype();
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> {
                DType result = op.resultType(dtype);
                yield dtype.isFloating()
                        ? Literal.of(result, op.apply(x.doubleValue()))
                        : Literal.of(result, dtype == DType.BOOL ? 1 - x.longValue() : op.apply(x.longValue()));
            }
            case Elementwise.IntegerPow(int y) ->
                dtype.isFloating()
                        ? Literal.of(dtype, integerPow(dtype, x.doubleValue(), y))
                        : Literal.of(dtype, BinaryOp.POW.apply(dtype, x.longValue(), y));
            case Elementwise.Polygamma(int m) -> Literal.of(dtype, GammaFunctions.polygamma(m, x.doubleValue()));
            case Elementwise.Binary(BinaryOp op) ->
                dtype.isFloating()
                        ? Literal.of(
                                dtype,
                                op.apply(dtype, x.doubleValue(), in.get(1).doubleValue()))
                        : Literal.of(
                                dtype, op.apply(dtype, x.longValue(), in.get(1).longValue()));
            case Elementwise.Compare(CompareOp op) ->
                Literal.of(
                        dtype.isFloating()
                                ? op.apply(x.doubleValue(), in.get(1).doubleValue())
                                : op.apply(x.longValue(), in.get(1).longValue()));
            case Elementwise.Fma _ -> fma(dtype, in);
            case Elementwise.SelectN _ -> in.get(1 + (int) Math.max(0, Math.min(x.longValue(), (long) in.size() - 2)));
            case Elementwise.Clamp _ -> clamp(dtype, in);
            case Elementwise.ConvertElementType(DType to) -> convert(x, to);
            case Elementwise.BitcastConvertType(DType to) -> Literal.ofBits(to, x.bits());
            case Elementwise.StopGradient _, Elementwise.Named _, Elementwise.Copy _ -> x;
        };
    }

    /** {@code x^y} by repeated squaring, every product rounded to the dtype. */
    private static double integerPow(DType dtype, double x, int y) {
        return dtype == DType.FLOAT32 ? Elementary.integerPow((float) x, y) : Elementary.integerPow(x, y);
    }

    private static Literal fma(DType dtype, Array<Literal> in) {
        double x = in.get(0).doubleValue();
        double y = in.get(1).doubleValue();
        double z = in.get(2).doubleValue();
        return Literal.of(
                dtype, dtype == DType.FLOAT32 ? Math.fma((float) x, (float) y, (float) z) : Math.fma(x, y, z));
    }

    private static Literal clamp(DType dtype, Array<Literal> in) {
        if (dtype.isFloating()) {
            double raised = Math.max(in.get(1).doubleValue(), in.get(0).doubleValue());
            return Literal.of(dtype, Math.min(raised, in.get(2).doubleValue()));
        }
        long raised = Math.max(in.get(1).longValue(), in.get(0).longValue());
        return Literal.of(dtype, Math.min(raised, in.get(2).longValue()));
    }

    private static Literal convert(Literal x, DType to) {
        if (to == DType.BOOL) {
            return Literal.of(x.booleanValue());
        }
        return x.dtype().isFloating() ? Literal.of(to, x.doubleValue()) : Literal.of(to, x.longValue());
    }
}
