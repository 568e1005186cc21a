package dev.fluxion.ir.scalar;

import java.math.BigDecimal;
import java.math.MathContext;

/** Functions of decimal numbers to some 55 digits: for the rare arguments that doubles do not suffice for. */
final class Decimals {
    static final MathContext DIGITS = new MathContext(60);

    /** Terms below it do not count. */
    private static final BigDecimal LEAST = new BigDecimal("1e-60");

    static final BigDecimal PI = new BigDecimal("3.1415926535897932384626433832795028841971693993751058209749445923");

    static final BigDecimal LOG_2 = twiceAtanh(BigDecimal.ONE.divide(BigDecimal.valueOf(3), DIGITS));

    private Decimals() {}

    /** The number {@code B(2k)} of Bernoulli over {@code divisor}. */
    static BigDecimal bernoulli(int k, int divisor) {
        return new BigDecimal(Bernoulli.NUMERATORS[k - 1])
                .divide(new BigDecimal(Bernoulli.DENOMINATORS[k - 1] * divisor), DIGITS);
    }

    /** {@code log x} of a positive x within the range of doubles. */
    static BigDecimal log(BigDecimal x) {
        int exponent = Math.getExponent(x.doubleValue() / Math.sqrt(0.5));
        BigDecimal power = BigDecimal.TWO.pow(Math.abs(exponent));
        BigDecimal mantissa = exponent < 0 ? x.multiply(power) : x.divide(power, DIGITS);
        BigDecimal quotient = mantissa.subtract(BigDecimal.ONE).divide(mantissa.add(BigDecimal.ONE), DIGITS);
        return LOG_2.multiply(BigDecimal.valueOf(exponent)).add(twiceAtanh(quotient));
    }

    /** {@code 2 (x + x^3/3 + x^5/5 + ...)} */
    private static BigDecimal twiceAtanh(BigDecimal x) {
        BigDecimal square = x.multiply(x, DIGITS);
        BigDecimal power = x.multiply(BigDecimal.TWO);
        BigDecimal sum = power;
        for (int i = 3; power.abs().compareTo(LEAST) > 0; i += 2) {
            power = power.multiply(square, DIGITS);
            sum = sum.add(power.divide(BigDecimal.valueOf(i), DIGITS), DIGITS);
        }
        return sum;
    }

    static BigDecimal sin(BigDecimal x) {
        return alternating(x, x, 1);
    }

    static BigDecimal cos(BigDecimal x) {
        return alternating(x, BigDecimal.ONE, 0);
    }

    /** {@code first - first x^2/((n+1)(n+2)) + ...} */
    private static BigDecimal alternating(BigDecimal x, BigDecimal first, int n) {
        BigDecimal square = x.multiply(x, DIGITS);
        BigDecimal term = first;
        BigDecimal sum = first;
        for (int i = n + 1; term.abs().compareTo(LEAST) > 0; i += 2) {
            term = term.multiply(square).divide(BigDecimal.valueOf(-i * (i + 1L)), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }
}
