package dev.fluxion.numpy.usage;

import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.zeros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code toString} prints what NumPy prints; the expected texts are NumPy's. */
class PrintingTest {
    @Test
    void floatsAlignAtThePoint() {
        assertEquals("[1.   2.5  3.25]", array(1, 2.5, 3.25).toString());
        assertEquals(
                "[ 0.33333333  0.66666667 -1.        ]",
                array(1.0 / 3, 2.0 / 3, -1).toString());
        assertEquals("[-0.  0.]", array(-0.0, 0).toString());
        assertEquals("[10000000.5   100000. ]", array(1e7 + 0.5, 1e5).toString());
        assertEquals("[0.1 0.1]", array(new float[] {0.1f, 0.1f}).toString());
    }

    @Test
    void wideRangesAreScientific() {
        assertEquals("""
            [[ 1.0e+10  1.5e+00]
             [ 0.0e+00 -3.0e+00]]\
            """, array(new double[][] {{1e10, 1.5}, {0, -3}}).toString());
        assertEquals("[1.e-05 1.e+00]", array(1e-5, 1).toString());
        assertEquals("[1.e-300]", array(1e-300).toString());
        assertEquals("[3.e-01 1.e+03]", array(0.1 + 0.2, 1e3).toString());
    }

    @Test
    void specialValuesAlign() {
        assertEquals(
                "[ nan  1.5 -inf]",
                array(Double.NaN, 1.5, Double.NEGATIVE_INFINITY).toString());
        assertEquals("[1.e+300     nan]", array(1e300, Double.NaN).toString());
        assertEquals("[nan]", array(Double.NaN).toString());
        assertEquals(
                "[ inf -inf   1.]",
                array(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1).toString());
    }

    @Test
    void integersAndTruthValues() {
        assertEquals("[   1 -200    3]", array(new int[] {1, -200, 3}).toString());
        assertEquals("[ True False]", array(new boolean[] {true, false}).toString());
        assertEquals("[]", zeros(0, 3).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "0.3333333333333333, 0.3333333333333333",
        "0.00001, 1e-05",
        "1e16, 1e+16",
        "123456789, 123456789.0",
        "100000, 100000.0",
        "-2.5, -2.5"
    })
    void scalarsHaveAllTheirDigits(double value, String text) {
        assertEquals(text, scalar(value).toString());
    }

    @Test
    void matricesNestAndLongLinesWrap() {
        assertEquals("""
            [[[0. 0.]
              [0. 0.]]

             [[0. 0.]
              [0. 0.]]]\
            """, zeros(2, 2, 2).toString());
        assertEquals("""
            [0.         0.14285714 0.28571429 0.42857143 0.57142857 0.71428571
             0.85714286 1.         1.14285714]\
            """, arange(9.0).div(7).toString());
    }

    @Test
    void largeArraysAreSummarised() {
        assertEquals(
                "[0.000e+00 1.000e+00 2.000e+00 ... 1.997e+03 1.998e+03 1.999e+03]",
                arange(2000.0).toString());
        assertEquals("""
            [[   0    1    2 ...   97   98   99]
             [ 100  101  102 ...  197  198  199]
             [ 200  201  202 ...  297  298  299]
             ...
             [9700 9701 9702 ... 9797 9798 9799]
             [9800 9801 9802 ... 9897 9898 9899]
             [9900 9901 9902 ... 9997 9998 9999]]\
            """, reshape(arange(10000), 100, 100).toString());
    }

    @Test
    void tracersSayWhatTheyAre() {
        String[] seen = new String[1];
        Trace.of("tracing f for a test", Array.of(ArrayType.of(DType.FLOAT64, 3)), in -> {
            NDArray x = in.get(0);
            seen[0] = x.times(2).toString();
            return in;
        });
        assertTrue(seen[0].startsWith("Traced<f64[3] created at PrintingTest.java:"), seen[0]);
        assertTrue(seen[0].endsWith(", tracing f for a test>"), seen[0]);
    }
}
