package dev.fluxion.numerics.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.kernels.MatrixProduct.Operand;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIMD and plain Java give the same bits, whatever the sizes, strides and edges. */
class MatrixProductTest {
    @ParameterizedTest
    @CsvSource({"1,1,1", "6,16,3", "7,17,5", "5,33,64", "97,31,257", "13,3100,9", "40,40,600", "3,2,0"})
    void vectorIsScalar(int m, int n, int k) {
        Random random = new Random(1);
        double[] a = random.doubles((long) m * k + 3, -1, 1).toArray();
        double[] b = random.doubles((long) n * k + 3, -1, 1).toArray();
        same(DType.FLOAT64, m, n, k, a, b, new double[m * n + 2], new double[m * n + 2]);
        same(DType.FLOAT32, m, n, k, floats(a), floats(b), new float[m * n + 2], new float[m * n + 2]);
    }

    private static void same(DType dtype, int m, int n, int k, Object a, Object b, Object vector, Object scalar) {
        Operand[] lefts = {new Operand(a, 3, k, 1), new Operand(a, 2, 1, m)};
        Operand[] rights = {new Operand(b, 1, n, 1), new Operand(b, 0, 1, k)};
        for (Operand left : lefts) {
            for (Operand right : rights) {
                VectorProducts.of(dtype, m, n, k).run(left, right, vector, 2);
                MatrixProduct.scalar(dtype, m, n, k).run(left, right, scalar, 2);
                if (vector instanceof double[] doubles) {
                    assertArrayEquals((double[]) scalar, doubles);
                } else {
                    assertArrayEquals((float[]) scalar, (float[]) vector);
                }
            }
        }
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
