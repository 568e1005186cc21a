package dev.fluxion.numpy.usage;

import static dev.fluxion.numpy.Numpy.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.numpy.NDArray;
import org.junit.jupiter.api.Test;

/** Reductions, statistics and running sums. The expected texts are what JAX prints for the same expressions. */
class ReductionsValuesTest {
    private final NDArray m = reshape(arange(6.0), 2, 3);
    private final NDArray t = reshape(arange(24.0), 2, 3, 4);
    private final NDArray v = array(1, 2, 4);
    private final NDArray w = array(Double.NaN, 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0);
    private final NDArray p = array(new boolean[] {true, false, true});

    private static void prints(String expected, NDArray actual) {
        assertEquals(expected, actual.toString());
    }

    @Test
    void sumsAndExtremes() {
        prints("[ 60.  92. 124.]", t.sum(0, 2));
        prints("""
            [[[ 60.]
              [ 92.]
              [124.]]]\
            """, t.sum(axes(-1, 0).keepdims()));
        prints("[ 0. 60.]", m.prod(1));
        prints("""
            [[ 8.  9. 10. 11.]
             [20. 21. 22. 23.]]\
            """, max(t, 1));
        prints("[[[0. 1. 2. 3.]]]", min(t, axes(0, 1).keepdims()));
        prints("nan", max(w));
        prints("[2. 2.]", ptp(m, 1));
        prints("True", p.any());
        prints("False", p.all());
        prints("[1 2 2]", countNonzero(m, 0));
        prints("[2 0]", argmax(m.rem(4), 1));
        prints("0", argmin(m));
        prints("5.0", sum(v, allAxes().where(p)));
        prints("2.0", max(v, allAxes().where(p.not())));
        prints("1.0", prod(zeros(0)));
    }

    @Test
    void moments() {
        prints("""
            [[ 4.  5.  6.  7.]
             [16. 17. 18. 19.]]\
            """, mean(t, 1));
        prints("2.5", mean(v, allAxes().where(p)));
        prints("[2.25 2.25 2.25]", var(m, 0));
        prints("[1. 1.]", var(m, axes(1), 1));
        prints("1.707825127659933", std(m));
        prints("2.25", var(v, allAxes().where(p)));
        prints("nan", var(v, allAxes(), 3));
        prints("[1.33333333 4.33333333]", average(m, array(1, 2, 3), 1));
        prints("nan", mean(zeros(0)));
        prints("[2000. 5000.]", logsumexp(m.times(1000.0), 1));
        prints("""
            [[1. 1.]
             [1. 1.]]\
            """, cov(m));
        prints("""
            [[1. 1.]
             [1. 1.]]\
            """, corrcoef(m));
    }

    @Test
    void withoutNan() {
        prints("3.0", nansum(array(1, Double.NaN, 2)));
        prints("6.0", nanprod(array(3, Double.NaN, 2)));
        prints("3.0", nanmax(array(3, Double.NaN, 2)));
        prints("2.0", nanmin(array(3, Double.NaN, 2)));
        prints("2.5", nanmean(array(3, Double.NaN, 2)));
        prints("0.25", nanvar(array(3, Double.NaN, 2)));
        prints("nan", nanmax(array(Double.NaN)));
        prints("nan", nanmean(array(Double.NaN)));
    }

    @Test
    void running() {
        prints("""
            [[0. 1. 2.]
             [3. 5. 7.]]\
            """, cumsum(m, 0));
        prints("[ 0.  1.  3.  6. 10. 15.]", cumsum(m));
        prints("""
            [[  1.   2.   6.]
             [  4.  20. 120.]]\
            """, cumprod(m.plus(1), -1));
        prints("[1 1 2]", cumsum(p));
        prints("[1. 2.]", diff(v));
        prints("""
            [[[12. 12. 12. 12.]
              [12. 12. 12. 12.]
              [12. 12. 12. 12.]]]\
            """, diff(t, 1, 0));
        prints("[1.]", diff(v, 2));
        prints("[1.  1.5 2.5 3. ]", gradient(array(1, 2, 4, 7)));
        prints("2.25", trapezoid(v, 0.5));
        prints("4.5", trapezoid(v));
        prints("[1. 1. 3.]", nancumsum(array(1, Double.NaN, 2)));
        prints("[1. 1. 2.]", nancumprod(array(1, Double.NaN, 2)));
        prints("2.5", average(m));
        prints("[ 4.  7. 12.]", polyval(v, array(0, 1, 2)));
    }
}
