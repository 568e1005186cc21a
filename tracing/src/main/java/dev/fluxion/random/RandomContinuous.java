package dev.fluxion.random;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;

/** Continuous distributions. The draws are smooth in their parameters, so that gradients flow through them. */
abstract class RandomContinuous extends RandomUniform {
    /** FLOAT64 numbers with mean 0 and variance 1, density {@code e^(-x^2/2) / sqrt(2 pi)}. */
    public static NDArray normal(NDArray key, int... shape) {
        return normal(key, Shape.of(shape), DType.FLOAT64);
    }

    /** Numbers with mean 0 and variance 1: {@code sqrt(2) erfInv(u)} with u in {@code (-1, 1)}. */
    public static NDArray normal(NDArray key, Shape shape, DType dtype) {
        double aboveMinusOne = dtype == DType.FLOAT32 ? Math.nextUp(-1f) : Math.nextUp(-1d);
        NDArray u = uniform(key, shape, dtype, aboveMinusOne, 1);
        return Lax.mul(Lax.erfInv(u), constant(dtype, Math.sqrt(2)));
    }

    /** FLOAT64 normal numbers, given that they are in {@code (lower, upper)}. */
    public static NDArray truncatedNormal(NDArray key, double lower, double upper, int... shape) {
        DType dtype = DType.FLOAT64;
        NDArray sqrt2 = constant(dtype, Math.sqrt(2));
        NDArray a = Lax.erf(Lax.div(constant(dtype, lower), sqrt2));
        NDArray b = Lax.erf(Lax.div(constant(dtype, upper), sqrt2));
        NDArray x = Lax.mul(Lax.erfInv(uniform(key, Shape.of(shape), dtype, a, b)), sqrt2);
        return Lax.clamp(constant(dtype, Math.nextUp(lower)), x, constant(dtype, Math.nextDown(upper)));
    }

    /** FLOAT64 numbers with density {@code e^-x}, {@code x >= 0}. */
    public static NDArray exponential(NDArray key, int... shape) {
        return exponential(key, Shape.of(shape), DType.FLOAT64);
    }

    /** Numbers with density {@code e^-x}: {@code -log1p(-u)}. */
    public static NDArray exponential(NDArray key, Shape shape, DType dtype) {
        return Lax.neg(Lax.log1p(Lax.neg(uniform(key, shape, dtype))));
    }

    /** FLOAT64 numbers with distribution function {@code e^(-e^-x)}. */
    public static NDArray gumbel(NDArray key, int... shape) {
        return gumbel(key, Shape.of(shape), DType.FLOAT64);
    }

    /** Numbers with distribution function {@code e^(-e^-x)}: {@code -log(-log u)}. */
    public static NDArray gumbel(NDArray key, Shape shape, DType dtype) {
        return Lax.neg(Lax.log(Lax.neg(Lax.log(uniform(key, shape, dtype, tiny(dtype), 1)))));
    }

    /** FLOAT64 numbers with density {@code e^-|x| / 2}. */
    public static NDArray laplace(NDArray key, int... shape) {
        NDArray u = uniform(key, Shape.of(shape), Math.nextUp(-1d), 1);
        return Lax.mul(Lax.sign(u), Lax.log1p(Lax.neg(Lax.abs(u))));
    }

    /** FLOAT64 numbers with distribution function {@code 1 / (1 + e^-x)}. */
    public static NDArray logistic(NDArray key, int... shape) {
        NDArray u = uniform(key, Shape.of(shape), Double.MIN_NORMAL, 1);
        return Lax.sub(Lax.log(u), Lax.log1p(Lax.neg(u)));
    }

    /** FLOAT64 numbers with density {@code 1 / (pi (1 + x^2))}. */
    public static NDArray cauchy(NDArray key, int... shape) {
        NDArray u = uniform(key, Shape.of(shape), Math.ulp(1d), 1);
        NDArray centred = Lax.sub(u, constant(DType.FLOAT64, 0.5));
        return Lax.tan(Lax.mul(centred, constant(DType.FLOAT64, Math.PI)));
    }

    /** FLOAT64 numbers with density {@code b x^(-b-1)}, {@code x >= 1}. */
    public static NDArray pareto(NDArray key, double b, int... shape) {
        return Lax.exp(Lax.div(exponential(key, shape), constant(DType.FLOAT64, b)));
    }

    /** FLOAT64 numbers with density {@code x/scale^2 e^(-x^2 / (2 scale^2))}, {@code x >= 0}. */
    public static NDArray rayleigh(NDArray key, double scale, int... shape) {
        NDArray logs = Lax.log(uniform(key, shape));
        return Lax.mul(Lax.sqrt(Lax.mul(logs, constant(DType.FLOAT64, -2.0))), constant(DType.FLOAT64, scale));
    }

    /** FLOAT64 numbers with distribution function {@code 1 - e^(-(x/scale)^concentration)}, {@code x >= 0}. */
    public static NDArray weibullMin(NDArray key, double scale, double concentration, int... shape) {
        NDArray power = constant(DType.FLOAT64, 1 / concentration);
        return Lax.mul(Lax.pow(exponential(key, shape), power), constant(DType.FLOAT64, scale));
    }

    private static double tiny(DType dtype) {
        return dtype == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    }
}
