package dev.fluxion.ir.scalar;

/** {@code x^y} on floats with C's conventions, and on integers. */
public final class Powers {
    private Powers() {}

    /**
     * {@code x^y}. As in C, and unlike {@link StrictMath#pow}: {@code pow(1, y) = 1} for every y, NaN and infinities
     * included, and {@code pow(-1, +-inf) = 1}.
     */
    public static double pow(double x, double y) {
        if (x == 1 || (x == -1 && Double.isInfinite(y))) {
            return 1;
        }
        return StrictMath.pow(x, y);
    }

    /** {@code x^y} modulo 2^64 by repeated squaring. For negative y: 1/x^|y| truncated, so 0 unless x is 1 or -1. */
    public static long pow(long x, long y) {
        if (y < 0) {
            if (x == 1 || x == -1) {
                return (y & 1) == 0 ? 1 : x;
            }
            return 0;
        }
        long result = 1;
        long square = x;
        for (long rest = y; rest != 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }
}
