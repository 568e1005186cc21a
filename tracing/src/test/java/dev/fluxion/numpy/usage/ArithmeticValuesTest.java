package dev.fluxion.numpy.usage;

import static dev.fluxion.numpy.Numpy.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.numpy.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arithmetic, rounding, special values and logic. The expected texts are what JAX prints for the same expressions. */
class ArithmeticValuesTest {
    private final NDArray a = array(5, -5, 5, -5);
    private final NDArray b = array(3, 3, -3, -3);
    private final NDArray i = array(new int[] {7, -7, 7, -7});
    private final NDArray j = array(new int[] {2, 2, -2, -2});
    private final NDArray v = array(1, 2, 4);
    private final NDArray s = array(-2.5, -0.5, 0, 0.5, 1.5);
    private final NDArray w = array(Double.NaN, 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0);
    private final NDArray p = array(new boolean[] {true, false, true});
    private final NDArray q = array(new boolean[] {true, true, false});

    private static void prints(String expected, NDArray actual) {
        assertEquals(expected, actual.toString());
    }

    @Test
    void quotientsAndRemainders() {
        prints("[ 2.  1. -1. -2.]", remainder(a, b));
        prints("[ 2. -2.  2. -2.]", fmod(a, b));
        prints("[ 1. -2. -2.  1.]", floorDivide(a, b));
        prints("[ 1  1 -1 -1]", remainder(i, j));
        prints("[ 1 -1  1 -1]", fmod(i, j));
        prints("[ 3 -4 -4  3]", floorDivide(i, j));
        prints("[ 1. -2. -2.  1.]", divmod(a, b)._1);
        prints("[ 2.  1. -1. -2.]", divmod(a, b)._2);
        prints("[ 3.5 -3.5 -3.5  3.5]", i.div(j));
        prints("[3 1 3 1]", i.rem(4));
        prints("[0 0 0 0]", remainder(i, 0));
        prints("[ 1.  1. -2. -2.]", remainder(7, b));
    }

    @Test
    void powers() {
        prints("[ 1.  4. 16.]", v.pow(2));
        prints("[1.   0.5  0.25]", v.pow(-1));
        prints("[1.         1.41421356 2.        ]", v.pow(0.5));
        prints("[ 2.  4. 16.]", power(2, v));
        prints("[49 49 49 49]", i.pow(2));
        prints("[2.40100000e+03 2.40100000e+03 4.16493128e-04 4.16493128e-04]", floatPower(i.pow(2), j));
        prints("[ 1.  4. 16.]", square(v));
        prints("[1.   0.5  0.25]", reciprocal(v));
        prints("[1.         1.41421356 2.        ]", sqrt(v));
        prints("[1.         1.25992105 1.58740105]", cbrt(v));
    }

    @Test
    void rounding() {
        prints("[-2. -0.  0.  0.  2.]", round(s));
        prints("[-2. -0.  0.  0.  2.]", rint(s));
        prints("[-3. -1.  0.  0.  1.]", floor(s));
        prints("[-2. -0.  0.  1.  2.]", ceil(s));
        prints("[-2. -0.  0.  0.  1.]", trunc(s));
        prints("[0.33 0.67 1.33]", round(v.div(3), 2));
        prints("[ 330.  670. 1330.]", round(v.times(1000.0).div(3), -1));
        prints("[-1.  -0.5  0.   0.5  1. ]", clip(s, -1, 1));
    }

    @Test
    void specialValues() {
        prints("[ True False False False False]", isnan(w));
        prints("[False False  True  True False]", isinf(w));
        prints("[False  True False False  True]", isfinite(w));
        prints("[False False  True False False]", isposinf(w));
        prints("[False False False  True False]", isneginf(w));
        prints("[False False False  True  True]", signbit(w));
        prints("[ 7.  1.  8.  9. -0.]", nanToNum(w, 7, 8, 9));
        prints("[-1.  2. -4.]", copysign(v, array(-1, 1, -0.0)));
        prints("[0.   0.   0.25 1.   1.  ]", heaviside(s, scalar(0.25)));
        prints("[ 0.  1. inf  0.  0.]", fmax(w, zerosLike(w)));
        prints("[  0.   0.   0. -inf   0.]", fmin(w, zerosLike(w)));
        prints("[nan  1. inf  0.  0.]", maximum(w, 0));
        prints("[-1. -1.  0.  1.  1.]", sign(s));
    }

    @Test
    void stableFunctions() {
        prints("[1.e+300 2.e+300 4.e+300]", hypot(v, v.times(1e300)));
        prints("5.0", hypot(scalar(3.0), scalar(4.0)));
        prints("[1.5e-323 5.0e+306 5.0e-320]", hypot(array(1e-323, 3e306, 3e-320), array(1e-323, 4e306, 4e-320)));
        prints("[       nan 1.41421356        inf        inf 1.        ]", hypot(w, onesLike(w)));
        prints("""
            [0.00000000e+000 7.12457641e-218 6.93147181e-001 5.00000000e+002
             1.50000000e+003]\
            """, logaddexp(s.times(1000.0), zerosLike(s)));
        prints("[       nan 1.69314718        inf       -inf 0.69314718]", logaddexp(w, w));
        prints("[2. 3. 5.]", logaddexp2(v, v));
        prints("[ 0.12732395  0.63661977  1.          0.63661977 -0.21220659]", sinc(s));
        prints(
                "[ 1.          0.85839369  0.67424939  0.66183703 -0.07803579]",
                sinc(array(1e-8, 0.3, 0.47, 0.48, 3.3)));
        prints("[0. 1. 2.]", log2(v));
        prints("[0.         0.30103    0.60205999]", log10(v));
        prints("[ 57.29577951 114.59155903 229.18311805]", rad2deg(v));
        prints("[0.01745329 0.03490659 0.06981317]", deg2rad(v));
        prints("[-1.19028995 -0.46364761  0.          0.46364761  0.98279372]", arctan2(s, onesLike(s)));
    }

    @Test
    void logic() {
        prints("[ True False False]", p.and(q));
        prints("[ True  True  True]", p.or(q));
        prints("[False  True  True]", p.xor(q));
        prints("[False  True False]", p.not());
        prints("[ 2  0  6 -8]", i.and(j));
        prints("[-8  6 -8  6]", bitwiseNot(i));
        prints("[ 28 -28  28 -28]", leftShift(i, 2));
        prints("[ 3 -4  3 -4]", rightShift(i, 1));
        prints("[ True  True False  True  True]", logicalAnd(s, onesLike(s)));
        prints("[False False  True False False]", logicalNot(s));
        prints("[False False  True  True  True]", s.ge(0));
        prints("[False False False  True False]", s.eq(0.5));
        prints("[False  True  True  True  True]", isclose(w, w));
        prints("[ True  True  True  True  True]", isclose(w, w, 1e-5, 1e-8, true));
        prints("True", allclose(v, v.plus(1e-9)));
        prints("False", arrayEqual(v, v.plus(1)));
        prints("False", arrayEqual(v, s));
        prints(
                "[-2.5 -0.5  0.   0.  15. ]",
                select(List.of(s.lt(0), s.gt(1)), List.of(s, s.times(10.0)), zerosLike(s)));
    }
}
