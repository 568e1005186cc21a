package dev.fluxion.ir.scalar;

import java.math.BigDecimal;

/**
 * lgamma and digamma of negative arguments next to their zeros, in decimal arithmetic: by the formulas of
 * {@link GammaOfNegatives}, whose terms cancel there to 50 binary digits and more. That takes some hundred microseconds, for
 * arguments within some 2^-30 of a zero.
 */
final class GammaNearZeros {
    /** Where the asymptotic series, as far as it goes here, is exact to 1e-43. */
    private static final BigDecimal ASYMPTOTIC = BigDecimal.valueOf(40);

    private GammaNearZeros() {}

    static double lgamma(double x) {
        BigDecimal far = new BigDecimal(-x).add(BigDecimal.ONE);
        BigDecimal quotient = Decimals.PI.divide(Decimals.sin(angle(x)).abs(), Decimals.DIGITS);
        for (; far.compareTo(ASYMPTOTIC) < 0; far = far.add(BigDecimal.ONE)) {
            quotient = quotient.multiply(far, Decimals.DIGITS);
        }
        BigDecimal inverse = BigDecimal.ONE.divide(far, Decimals.DIGITS);
        BigDecimal square = inverse.multiply(inverse, Decimals.DIGITS);
        BigDecimal series = BigDecimal.ZERO;
        for (int k = Bernoulli.COUNT; k > 0; k--) {
            series = series.multiply(square, Decimals.DIGITS).add(Decimals.bernoulli(k, 2 * k * (2 * k - 1)));
        }
        BigDecimal half = new BigDecimal(0.5);
        BigDecimal halfLogTwoPi = half.multiply(Decimals.log(Decimals.PI.multiply(BigDecimal.TWO)));
        BigDecimal stirling = far.subtract(half)
                .multiply(Decimals.log(far))
                .subtract(far)
                .add(halfLogTwoPi)
                .add(series.multiply(inverse));
        return Decimals.log(quotient).subtract(stirling).doubleValue();
    }

    static double digamma(double x) {
        BigDecimal angle = angle(x);
        BigDecimal result = Decimals.PI
                .multiply(Decimals.cos(angle))
                .divide(Decimals.sin(angle), Decimals.DIGITS)
                .negate();
        BigDecimal far = new BigDecimal(-x).add(BigDecimal.ONE);
        for (; far.compareTo(ASYMPTOTIC) < 0; far = far.add(BigDecimal.ONE)) {
            result = result.subtract(BigDecimal.ONE.divide(far, Decimals.DIGITS));
        }
        BigDecimal inverse = BigDecimal.ONE.divide(far, Decimals.DIGITS);
        BigDecimal square = inverse.multiply(inverse, Decimals.DIGITS);
        BigDecimal series = BigDecimal.ZERO;
        for (int k = Bernoulli.COUNT; k > 0; k--) {
            series = series.add(Decimals.bernoulli(k, 2 * k)).multiply(square, Decimals.DIGITS);
        }
        BigDecimal half = inverse.multiply(new BigDecimal(0.5));
        return result.add(Decimals.log(far)).subtract(half).subtract(series).doubleValue();
    }

    /** {@code pi d}, d being the distance from the nearest pole. */
    private static BigDecimal angle(double x) {
        return Decimals.PI.multiply(new BigDecimal(x - Math.rint(x)));
    }
}
