package dev.fluxion.transforms;

import static dev.fluxion.lax.Lax.exp;
import static dev.fluxion.transforms.PowerSeries.along;
import static dev.fluxion.transforms.PowerSeries.convolution;
import static dev.fluxion.transforms.PowerSeries.integral;
import static dev.fluxion.transforms.PowerSeries.map;
import static dev.fluxion.transforms.PowerSeries.minus;
import static dev.fluxion.transforms.PowerSeries.negative;
import static dev.fluxion.transforms.PowerSeries.over;
import static dev.fluxion.transforms.PowerSeries.reciprocal;
import static dev.fluxion.transforms.PowerSeries.rsqrt;
import static dev.fluxion.transforms.PowerSeries.scaled;
import static dev.fluxion.transforms.PowerSeries.shifted;
import static dev.fluxion.transforms.PowerSeries.square;
import static dev.fluxion.transforms.PowerSeries.times;

import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/**
 * The power series of the unary elementwise operations.
 *
 * <p>Source: A. Griewank, A. Walther, "Evaluating Derivatives", 2nd edition (2008), chapter 13: each function solves a linear
 * differential equation, whose coefficients of order k follow from those of lower order.
 */
final class UnaryJets {
    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

    private UnaryJets() {}

    /** {@code y(t) = op(x(t))}; {@code y0 = op(x_0)}. */
    static Taylor of(UnaryOp op, Taylor x, NDArray y0) {
        Elementwise p = new Elementwise.Unary(op);
        NDArray x0 = x.primal();
        return switch (op) {
            case NEG, ABS, SIGN, FLOOR, CEIL, ROUND, ROUND_NEAREST_EVEN, IS_FINITE, NOT ->
                JetRules.linear(p, Array.of(x), y0);
            case SIN -> coupled(y0, Lax.cos(x0), x, -1);
            case COS -> coupled(y0, Lax.sin(x0).unaryMinus(), x, -1);
            case SINH -> coupled(y0, Lax.cosh(x0), x, 1);
            case COSH -> coupled(y0, Lax.sinh(x0), x, 1);
            case TAN -> along(y0, x, (y, k) -> onePlus(convolution(y, k, 0), k));
            case TANH -> along(y0, x, (y, k) -> onePlus(negative(convolution(y, k, 0)), k));
            case LOGISTIC -> along(y0, x, (y, k) -> minus(y[k], convolution(y, k, 0)));
            case EXP -> PowerSeries.exp(y0, x);
            case EXP2 -> along(y0, x, (y, k) -> scaled(y[k], Math.log(2)));
            case EXPM1 -> new Taylor(y0, PowerSeries.exp(exp(x0), x).terms());
            case LOG -> PowerSeries.log(y0, x);
            case LOG1P -> PowerSeries.log(y0, shifted(1, x));
            case LOG2 -> integral(y0, x, reciprocal(map(x, term -> term.times(Math.log(2)))));
            case LOG10 -> integral(y0, x, reciprocal(map(x, term -> term.times(Math.log(10)))));
            case SQRT -> sqrt(y0, x);
            case RSQRT -> rsqrt(y0, x);
            case CBRT -> PowerSeries.power(y0, x, product -> product.div(3));
            case SQUARE -> square(x);
            case RECIPROCAL -> reciprocal(x);
            case ASIN -> integral(y0, x, arcSlope(x));
            case ACOS -> integral(y0, x, map(arcSlope(x), NDArray::unaryMinus));
            case ATAN -> integral(y0, x, reciprocal(shifted(1, square(x))));
            case ASINH -> integral(y0, x, root(shifted(1, square(x))));
            case ACOSH -> integral(y0, x, root(times(shifted(-1, x), shifted(1, x))));
            case ATANH -> integral(y0, x, reciprocal(oneMinusSquare(x)));
            case ERF -> integral(y0, x, bell(x, TWO_OVER_ROOT_PI));
            case ERFC -> integral(y0, x, bell(x, -TWO_OVER_ROOT_PI));
            case ERF_INV -> erfInv(y0, x);
            case LGAMMA, DIGAMMA -> JetRules.byDerivative(p, Array.of(x)).get(0);
        };
    }

    /** {@code y' = z x', z' = sign y x'}: sine and cosine, with a sign of 1 the hyperbolic ones. */
    private static Taylor coupled(NDArray y0, NDArray z0, Taylor x, int sign) {
        NDArray[] xs = x.coefficients();
        NDArray[] y = new NDArray[xs.length];
        NDArray[] z = new NDArray[xs.length];
        y[0] = y0;
        z[0] = z0;
        for (int k = 1; k < y.length; k++) {
            y[k] = integral(xs, z, k);
            NDArray other = integral(xs, y, k);
            z[k] = sign < 0 ? negative(other) : other;
        }
        return Taylor.of(y);
    }

    private static NDArray onePlus(NDArray coefficient, int k) {
        return k == 0 ? coefficient.plus(1) : coefficient;
    }

    /** {@code y^2 = x}: {@code y_k = (x_k - sum_{0<i<k} y_i y_{k-i}) / (2 y_0)}. */
    private static Taylor sqrt(NDArray y0, Taylor x) {
        NDArray[] y = new NDArray[x.order() + 1];
        y[0] = y0;
        for (int k = 1; k < y.length; k++) {
            y[k] = over(minus(x.get(k), convolution(y, k, 1)), y0.times(2));
        }
        return Taylor.of(y);
    }

    /** {@code (1 - x)(1 + x)}: exact where x is near 1. */
    private static Taylor oneMinusSquare(Taylor x) {
        return times(shifted(1, map(x, NDArray::unaryMinus)), shifted(1, x));
    }

    private static Taylor arcSlope(Taylor x) {
        return root(oneMinusSquare(x));
    }

    private static Taylor root(Taylor square) {
        return rsqrt(Lax.rsqrt(square.primal()), square);
    }

    /** {@code c e^(-x^2)}. */
    private static Taylor bell(Taylor x, double c) {
        Taylor exponent = map(square(x), NDArray::unaryMinus);
        return map(PowerSeries.exp(exp(exponent.primal()), exponent), term -> term.times(c));
    }

    /** {@code y' = c w x'} with {@code w = e^(y^2)}, so {@code w' = w (y^2)'}. */
    private static Taylor erfInv(NDArray y0, Taylor x) {
        NDArray[] u = new NDArray[x.order() + 1];
        NDArray[] w = new NDArray[x.order() + 1];
        return along(y0, x, (y, k) -> {
            u[k] = convolution(y, k, 0);
            w[k] = k == 0 ? exp(u[0]) : integral(u, w, k);
            return scaled(w[k], 1 / TWO_OVER_ROOT_PI);
        });
    }
}
