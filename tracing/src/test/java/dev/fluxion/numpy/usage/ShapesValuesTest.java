package dev.fluxion.numpy.usage;

import static dev.fluxion.numpy.Numpy.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.PadMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Creation, rearrangement, joining and splitting. The expected texts are what JAX prints for the same expressions. */
class ShapesValuesTest {
    private final NDArray m = reshape(arange(6.0), 2, 3);
    private final NDArray t = reshape(arange(24.0), 2, 3, 4);
    private final NDArray v = array(1, 2, 4);

    private static void prints(String expected, NDArray actual) {
        assertEquals(expected, actual.toString());
    }

    @Test
    void argumentsThatMayBeLeftOut() {
        prints("""
            [[1. 0. 0.]
             [0. 1. 0.]]\
            """, eye(2, 3));
        prints("""
            [[1. 0.]
             [1. 1.]]\
            """, tri(2));
        prints("""
            [[1. 0. 0.]
             [0. 2. 0.]
             [0. 0. 4.]]\
            """, diagflat(v));
        prints("""
            [[ 1.  1.  1.]
             [ 4.  2.  1.]
             [16.  4.  1.]]\
            """, vander(v));
        prints("[0. 1. 2. 4. 0.]", pad(v, 1));
        prints("[7. 7. 1. 2. 4. 7. 7.]", pad(v, 2, 7));
        prints("[1. 1. 2. 4. 4.]", pad(v, 1, PadMode.EDGE));
        prints("""
            [[0. 0. 0. 0. 0.]
             [0. 0. 1. 2. 0.]
             [0. 3. 4. 5. 0.]
             [0. 0. 0. 0. 0.]]\
            """, pad(m, 1));
    }

    @Test
    void longsBeyondTheIntegersOfDoublesKeepTheirDigits() {
        prints("[9007199254740993]", fullLike(array(new long[] {1}), 9007199254740993L));
    }

    @Test
    void creation() {
        prints("""
            [[0. 1. 0.]
             [0. 0. 1.]]\
            """, eye(2, 3, 1));
        prints("""
            [[0. 0. 0.]
             [1. 0. 0.]
             [1. 1. 0.]]\
            """, tri(3, 3, -1));
        prints("[3 6 9]", arange(3, 10, 3));
        prints("[1.  1.3 1.6 1.9]", arange(1.0, 2.0, 0.3));
        prints("[5 3 1]", arange(5, 0, -2));
        prints("[1.   1.25 1.5  1.75 2.  ]", linspace(1, 2, 5));
        prints("[1.   1.25 1.5  1.75]", linspace(1, 2, 4, false));
        prints("[0.]", linspace(0, 3, 1));
        prints("[  1.  10. 100.]", logspace(0, 2, 3));
        prints("[7 7]", full(new int[] {2}, 7));
        prints("[2. 2. 2.]", fullLike(v, 2));
        prints("""
            [[[0 0]
              [1 1]]

             [[0 1]
              [0 1]]]\
            """, indices(2, 2));
        prints("""
            [[7. 8.]
             [7. 8.]
             [7. 8.]]\
            """, meshgrid("ij", v, array(7, 8)).get(1));
        prints("""
            [[0. 0. 0. 0.]
             [1. 0. 0. 0.]
             [0. 2. 0. 0.]
             [0. 0. 4. 0.]]\
            """, diag(v, -1));
        prints("[1. 5.]", diag(m, 1));
        prints("""
            [[ 0. 13.]
             [ 4. 17.]
             [ 8. 21.]]\
            """, diagonal(t, 0, 0, 2));
        prints("[16. 18. 20. 22.]", trace(t));
        prints("""
            [[ 1.  1.  1.]
             [ 4.  2.  1.]
             [16.  4.  1.]]\
            """, vander(v, 3));
        prints("""
            [[[ 0.  0.  0.  0.]
              [ 4.  5.  0.  0.]
              [ 8.  9. 10.  0.]]

             [[12.  0.  0.  0.]
              [16. 17.  0.  0.]
              [20. 21. 22.  0.]]]\
            """, tril(t));
        prints("""
            [[[ 0.  1.  2.  3.]
              [ 4.  5.  6.  7.]
              [ 0.  9. 10. 11.]]

             [[12. 13. 14. 15.]
              [16. 17. 18. 19.]
              [ 0. 21. 22. 23.]]]\
            """, triu(t, -1));
    }

    @Test
    void rearrangement() {
        prints("""
            [[ 0. 12.]
             [ 4. 16.]
             [ 8. 20.]]\
            """, moveaxis(t, new int[] {0, 1}, new int[] {-1, -2}).get(0));
        prints("""
            [[2. 5.]
             [1. 4.]
             [0. 3.]]\
            """, rot90(m, 1, 0, 1));
        prints("""
            [[5. 4. 3.]
             [2. 1. 0.]]\
            """, rot90(m, 2, 0, 1));
        prints("""
            [[3. 0.]
             [4. 1.]
             [5. 2.]]\
            """, rot90(m, -1, 0, 1));
        prints("""
            [[5. 4. 3.]
             [2. 1. 0.]]\
            """, flip(m));
        prints("""
            [[2. 1. 0.]
             [5. 4. 3.]]\
            """, fliplr(m));
        prints("""
            [[3. 4. 5.]
             [0. 1. 2.]]\
            """, flipud(m));
        prints("""
            [[4. 5. 0.]
             [1. 2. 3.]]\
            """, roll(m, 2));
        prints("""
            [[1. 2. 0.]
             [4. 5. 3.]]\
            """, roll(m, -1, 1));
        prints("[1. 2. 4. 1. 2. 4.]", tile(v, 2));
        prints("""
            [[[0. 1. 2.]
              [3. 4. 5.]]

             [[0. 1. 2.]
              [3. 4. 5.]]]\
            """, tile(m, 2, 1, 1));
        prints("""
            [[0. 0. 1. 1. 2. 2.]
             [3. 3. 4. 4. 5. 5.]]\
            """, repeat(m, 2, 1));
        prints("[0. 0. 1. 1. 2. 2. 3. 3. 4. 4. 5. 5.]", repeat(m, 2));
        prints("""
            [[9. 9. 9. 9. 9.]
             [0. 1. 2. 9. 9.]
             [3. 4. 5. 9. 9.]]\
            """, pad(m, new int[][] {{1, 0}, {0, 2}}, 9));
        prints("[2. 1. 2. 4. 2. 1. 2. 4. 2. 1. 2. 4.]", pad(v, new int[][] {{5, 4}}, PadMode.REFLECT));
        prints("[2. 4. 4. 2. 1. 1. 2. 4. 4. 2. 1. 1.]", pad(v, new int[][] {{5, 4}}, PadMode.SYMMETRIC));
        prints("[2. 4. 1. 2. 4. 1. 2. 4. 1. 2. 4. 1.]", pad(v, new int[][] {{5, 4}}, PadMode.WRAP));
        prints("[1. 1. 1. 2. 4. 4.]", pad(v, new int[][] {{2, 1}}, PadMode.EDGE));
        prints("""
            [[0. 3.]
             [1. 4.]
             [2. 5.]]\
            """, matrixTranspose(m));
    }

    @Test
    void joiningAndSplitting() {
        prints("""
            [[0. 1. 2.]
             [3. 4. 5.]
             [0. 1. 2.]
             [3. 4. 5.]]\
            """, concatenate(m, m));
        prints("[0. 1. 2. 3. 4. 5. 1. 2. 4.]", append(m, v));
        prints("""
            [[1. 2. 4.]
             [1. 2. 4.]]\
            """, stack(v, v));
        prints("""
            [[1. 1.]
             [2. 2.]
             [4. 4.]]\
            """, stack(List.of(v, v), -1));
        prints("[1. 2. 4. 1. 2. 4.]", hstack(v, v));
        prints("""
            [[1. 2. 4.]
             [0. 1. 2.]
             [3. 4. 5.]]\
            """, vstack(v, m));
        prints("""
            [[[1. 1.]
              [2. 2.]
              [4. 4.]]]\
            """, dstack(v, v));
        prints("""
            [[1. 1.]
             [2. 2.]
             [4. 4.]]\
            """, columnStack(v, v));
        prints("[0 1 2]", arraySplit(arange(7), 3, 0).get(0));
        prints("[5 6]", arraySplit(arange(7), 3, 0).get(2));
        prints("""
            [[2.]
             [5.]]\
            """, split(m, 3, 1).get(2));
        prints("[1. 4.]", unstack(m, 1).get(1));
    }

    @Test
    void elements() {
        prints("[3. 4. 5.]", m.get(-1));
        prints("4.0", m.get(1, -2));
        prints("[20. 21. 22. 23.]", t.get(1, 2));
        prints("[3. 4. 5.]", m.get(scalar(-1)));
        prints("""
            [[0. 1.]
             [3. 4.]]\
            """, m.slice(1, 0, -1));
        prints("[2. 4.]", v.slice(0, -2, 99));
        prints("[1 3 5]", arange(7).slice(0, 1, 6, 2));
    }
}
