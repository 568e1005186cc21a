package dev.fluxion.transforms;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Value;
import io.vavr.collection.Array;
import java.util.Arrays;

/** The transposes of the elementwise operations that are linear. */
final class ElementwiseTransposes {
    private ElementwiseTransposes() {}

    static Array<NDArray> of(Elementwise p, Array<Operand> in, NDArray ct) {
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> Array.of(unary(p, op, ct));
            case Elementwise.Binary(BinaryOp op) -> binary(p, op, in.get(0), in.get(1), ct);
            case Elementwise.Fma _ -> {
                Array<NDArray> product = in.get(0).isLinear() || in.get(1).isLinear()
                        ? product(p, in.get(0), in.get(1), ct)
                        : Array.of(null, null);
                yield product.append(in.get(2).isLinear() ? ct : null);
            }
            case Elementwise.SelectN _ -> select(p, in, ct);
            case Elementwise.ConvertElementType _ ->
                Array.of(Lax.convertElementType(ct, in.get(0).type().dtype()));
            case Elementwise.StopGradient _, Elementwise.Named _, Elementwise.Copy _ -> Array.of(ct);
            case Elementwise.IntegerPow _,
                    Elementwise.Polygamma _,
                    Elementwise.Compare _,
                    Elementwise.Clamp _,
                    Elementwise.BitcastConvertType _ -> throw TransposeRules.notLinear(p);
        };
    }

    private static NDArray unary(Elementwise p, UnaryOp op, NDArray ct) {
        return switch (op) {
            case NEG -> ct.unaryMinus();
            case SIN,
                    COS,
                    TAN,
                    ASIN,
                    ACOS,
                    ATAN,
                    SINH,
                    COSH,
                    TANH,
                    ASINH,
                    ACOSH,
                    ATANH,
                    EXP,
                    EXP2,
                    EXPM1,
                    LOG,
                    LOG1P,
                    LOG2,
                    LOG10,
                    SQRT,
                    RSQRT,
                    CBRT,
                    LOGISTIC,
                    ABS,
                    SIGN,
                    FLOOR,
                    CEIL,
                    ROUND,
                    ROUND_NEAREST_EVEN,
                    IS_FINITE,
                    NOT,
                    ERF,
                    ERFC,
                    ERF_INV,
                    LGAMMA,
                    DIGAMMA,
                    SQUARE,
                    RECIPROCAL -> throw TransposeRules.notLinear(p);
        };
    }

    private static Array<NDArray> binary(Elementwise p, BinaryOp op, Operand x, Operand y, NDArray ct) {
        return switch (op) {
            case ADD -> {
                requireNoOffset(p, x, y);
                yield Array.of(x.isLinear() ? ct : null, y.isLinear() ? ct : null);
            }
            case SUB -> {
                requireNoOffset(p, x, y);
                yield Array.of(x.isLinear() ? ct : null, y.isLinear() ? ct.unaryMinus() : null);
            }
            case MUL -> product(p, x, y, ct);
            case DIV -> {
                if (y.isLinear()) {
                    throw TransposeRules.notLinear(p);
                }
                yield Array.of(ct.div(y.value()), null);
            }
            case REM,
                    POW,
                    ATAN2,
                    MAX,
                    MIN,
                    NEXTAFTER,
                    AND,
                    OR,
                    XOR,
                    SHIFT_LEFT,
                    SHIFT_RIGHT_LOGICAL,
                    SHIFT_RIGHT_ARITHMETIC -> throw TransposeRules.notLinear(p);
        };
    }

    private static Array<NDArray> product(Elementwise p, Operand x, Operand y, NDArray ct) {
        if (x.isLinear() && y.isLinear()) {
            throw TransposeRules.notLinear(p);
        }
        return x.isLinear()
                ? Array.of(ct.times(y.value()), null)
                : Array.of(null, x.value().times(ct));
    }

    /**
     * Refuses {@code x + 3}. A known array is let through: it may be the zeros that a custom rule gave for a tangent.
     */
    private static void requireNoOffset(Elementwise p, Operand x, Operand y) {
        if (isOffset(x) || isOffset(y)) {
            throw TransposeRules.notLinear(p);
        }
    }

    private static boolean isOffset(Operand operand) {
        return operand.value() != null
                && operand.value().value() instanceof Value.Tracer(var _, Literal literal, var _)
                && !literal.is(0);
    }

    private static Array<NDArray> select(Elementwise p, Array<Operand> in, NDArray ct) {
        Operand which = in.get(0);
        if (which.isLinear()) {
            throw TransposeRules.notLinear(p);
        }
        NDArray zero = Scalars.like(ct, 0);
        return in.zipWithIndex((operand, i) -> {
            if (!operand.isLinear()) {
                return null;
            }
            NDArray[] cases = new NDArray[in.size() - 1];
            Arrays.fill(cases, zero);
            cases[i - 1] = ct;
            return Lax.selectN(which.value(), cases);
        });
    }
}
