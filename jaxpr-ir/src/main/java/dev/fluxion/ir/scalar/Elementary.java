package dev.fluxion.ir.scalar;

public final class Elementary {
    private Elementary() {}

    public static double asinh(double x) {
        return x;
    }

    public static double acosh(double x) {
        return x;
    }

    public static double atanh(double x) {
        return x;
    }

    public static double exp2(double x) {
        return x;
    }

    public static double rsqrt(double x) {
        return 1 / Math.sqrt(x);
    }

    public static double logistic(double x) {
        return x;
    }

    public static double roundHalfAway(double x) {
        return x;
    }

    public static long div(long x, long y) {
        return x;
    }

    public static long rem(long x, long y) {
        return x;
    }

    public static long shiftLeft(long x, long y, int w) {
        return x;
    }

    public static long shiftRightLogical(long x, long y, int w) {
        return x;
    }

    public static long shiftRightArithmetic(long x, long y, int w) {
        return x;
    }

    public static double integerPow(double x, int y) {
        return x;
    }

    public static float integerPow(float x, int y) {
        return x;
    }
}
