package dev.fluxion.transforms;

import static dev.fluxion.lax.Lax.cos;
import static dev.fluxion.lax.Lax.cosh;
import static dev.fluxion.lax.Lax.digamma;
import static dev.fluxion.lax.Lax.exp;
import static dev.fluxion.lax.Lax.polygamma;
import static dev.fluxion.lax.Lax.rsqrt;
import static dev.fluxion.lax.Lax.sign;
import static dev.fluxion.lax.Lax.sin;
import static dev.fluxion.lax.Lax.sinh;
import static dev.fluxion.lax.Lax.square;

import dev.fluxion.ir.UnaryOp;
import dev.fluxion.numpy.NDArray;

/** The derivatives of the unary elementwise operations. */
final class UnaryDerivatives {
    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

    private UnaryDerivatives() {}

    /** {@code op'(x) t}, or null where the derivative is zero everywhere; {@code y = op(x)}. */
    static NDArray of(UnaryOp op, NDArray x, NDArray y, NDArray t) {
        NDArray one = Scalars.like(x, 1);
        return switch (op) {
            case NEG -> t.unaryMinus();
            case SIN -> t.times(cos(x));
            case COS -> t.times(sin(x).unaryMinus());
            case TAN -> t.times(square(y).plus(1));
            case ASIN -> t.times(rsqrt(one.minus(x).times(x.plus(1))));
            case ACOS -> t.times(rsqrt(one.minus(x).times(x.plus(1))).unaryMinus());
            case ATAN -> t.div(square(x).plus(1));
            case SINH -> t.times(cosh(x));
            case COSH -> t.times(sinh(x));
            case TANH -> t.times(one.minus(square(y)));
            case ASINH -> t.times(rsqrt(square(x).plus(1)));
            case ACOSH -> t.times(rsqrt(x.minus(1).times(x.plus(1))));
            case ATANH -> t.div(one.minus(x).times(x.plus(1)));
            case EXP -> t.times(y);
            case EXP2 -> t.times(y.times(Math.log(2)));
            case EXPM1 -> t.times(exp(x));
            case LOG -> t.div(x);
            case LOG1P -> t.div(x.plus(1));
            case LOG2 -> t.div(x.times(Math.log(2)));
            case LOG10 -> t.div(x.times(Math.log(10)));
            case SQRT -> t.div(y.times(2));
            case RSQRT -> t.times(y).div(x.times(-2));
            case CBRT -> t.div(square(y).times(3));
            case LOGISTIC -> t.times(y.times(one.minus(y)));
            // 0 at 0: the derivative of an even function written with abs comes out right there.
            case ABS -> t.times(sign(x));
            case SIGN, FLOOR, CEIL, ROUND, ROUND_NEAREST_EVEN, IS_FINITE, NOT -> null;
            case ERF -> t.times(exp(square(x).unaryMinus()).times(TWO_OVER_ROOT_PI));
            case ERFC -> t.times(exp(square(x).unaryMinus()).times(-TWO_OVER_ROOT_PI));
            case ERF_INV -> t.times(exp(square(y)).times(1 / TWO_OVER_ROOT_PI));
            case LGAMMA -> t.times(digamma(x));
            case DIGAMMA -> t.times(polygamma(1, x));
            case SQUARE -> t.times(x.times(2));
            case RECIPROCAL -> t.times(square(y).unaryMinus());
        };
    }
}
