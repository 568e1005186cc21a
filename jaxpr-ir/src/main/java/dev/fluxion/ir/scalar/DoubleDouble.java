package dev.fluxion.ir.scalar;

/**
 * {@code high + low}, a number of twice the digits of a double: {@code high} is the sum rounded. A result is off by a few
 * 2^-105 of the larger operand (sums) or of itself (products and quotients), as long as no part overflows or is subnormal.
 *
 * <p>Correctly rounded operations in a fixed order: the same bits on every machine. The methods change the number they are
 * called on and return it: new numbers for all results would cost the compiler seconds to do without.
 */
final class DoubleDouble {
    private double high;
    private double low;

    DoubleDouble(double high, double low) {
        this.high = high;
        this.low = low;
    }

    DoubleDouble(DoubleDouble other) {
        this(other.high, other.low);
    }

    /** {@code x + y}, exactly. */
    static DoubleDouble sum(double x, double y) {
        double sum = x + y;
        double shift = sum - x;
        return new DoubleDouble(sum, (x - (sum - shift)) + (y - shift));
    }

    /**
     * {@code c[0] + c[1] x + c[2] x^2 + ...} by Horner's rule. The first coefficients have two parts, {@code head} being
     * high, low, high, low ...; the others are {@code tail}, and the steps to them are taken in doubles.
     */
    static DoubleDouble polynomial(double[] head, double[] tail, DoubleDouble x) {
        double high = polynomial(tail, x.high);
        double low = 0;
        for (int i = head.length - 2; i >= 0; i -= 2) {
            double c = head[i];
            double product = high * x.high;
            double productLost = Math.fma(high, x.high, -product);
            double sum = product + c;
            double shift = sum - product;
            double sumLost = (product - (sum - shift)) + (c - shift);
            low = Math.fma(low, x.high, Math.fma(high, x.low, productLost)) + (sumLost + head[i + 1]);
            high = sum;
        }
        return new DoubleDouble(0, 0).setOrdered(high, low);
    }

    /** Even and odd terms apart, which take less time than one chain. */
    private static double polynomial(double[] c, double x) {
        double square = x * x;
        double even = 0;
        double odd = 0;
        int i = c.length - 1;
        if ((i & 1) == 0) {
            even = c[i--];
        }
        for (; i > 0; i -= 2) {
            odd = Math.fma(odd, square, c[i]);
            even = Math.fma(even, square, c[i - 1]);
        }
        return Math.fma(odd, x, even);
    }

    double high() {
        return high;
    }

    double low() {
        return low;
    }

    DoubleDouble plus(DoubleDouble other) {
        return plus(other.high, other.low);
    }

    DoubleDouble minus(DoubleDouble other) {
        return plus(-other.high, -other.low);
    }

    DoubleDouble plus(double otherHigh, double otherLow) {
        double sum = high + otherHigh;
        double shift = sum - high;
        double lost = (high - (sum - shift)) + (otherHigh - shift);
        return setOrdered(sum, lost + (low + otherLow));
    }

    DoubleDouble times(DoubleDouble other) {
        return times(other.high, other.low);
    }

    DoubleDouble times(double otherHigh, double otherLow) {
        double product = high * otherHigh;
        double lost = Math.fma(high, otherHigh, -product);
        return setOrdered(product, Math.fma(high, otherLow, Math.fma(low, otherHigh, lost)));
    }

    DoubleDouble over(DoubleDouble other) {
        double quotient = high / other.high;
        double remainder = Math.fma(-quotient, other.high, high) + Math.fma(-quotient, other.low, low);
        return setOrdered(quotient, remainder / other.high);
    }

    DoubleDouble inverted() {
        double inverse = 1 / high;
        double remainder = Math.fma(-inverse, high, 1) - inverse * low;
        return setOrdered(inverse, remainder / high);
    }

    /** To {@code x + y} of {@code |x| >= |y|}. */
    private DoubleDouble setOrdered(double x, double y) {
        high = x + y;
        low = y - (high - x);
        return this;
    }
}
