package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.max;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.transpose;

import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** W11: batches of small matrix products, narrow and shallow ones, products across, sums of short rows. */
final class SmallShapes implements Workload {
    /** Batch, m, k, n. */
    private static final int[][] PRODUCTS = {
        {1000, 4, 4, 4},
        {1000, 8, 8, 8},
        {1000, 16, 16, 16},
        {1000, 10, 10, 1},
        {1000, 1, 10, 10},
        {1, 1000, 64, 10},
        {1, 10000, 100, 25},
        {1, 10, 100000, 10},
        {1, 4, 1024, 1024},
        {1, 1024, 8, 1024}
    };

    private static final int SIDE = 1000;
    private static final int ROWS = 10000;

    @Override
    public void run(Figures figures) {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            for (int[] p : PRODUCTS) {
                NDArray a = Inputs.array(75, 2, p[0], p[1], p[2]).astype(dtype);
                NDArray b = Inputs.array(76, 2, p[0], p[2], p[3]).astype(dtype);
                Function2<NDArray, NDArray, NDArray> product = jit((NDArray x, NDArray y) -> matmul(x, y));
                String shape = p[0] + " of " + p[1] + "x" + p[2] + "x" + p[3];
                measure(figures, "matmul", shape, dtype, () -> product.apply(a, b));
            }
            NDArray square = Inputs.array(77, 2, SIDE, SIDE).astype(dtype);
            NDArray vector = Inputs.array(78, 2, SIDE).astype(dtype);
            Function1<NDArray, NDArray> across = jit((NDArray x) -> transpose(x));
            Function2<NDArray, NDArray, NDArray> product = jit((NDArray x, NDArray y) -> matmul(transpose(x), y));
            measure(figures, "transpose", SIDE + "x" + SIDE, dtype, () -> across.apply(square));
            measure(figures, "transpose, matvec", SIDE + "x" + SIDE, dtype, () -> product.apply(square, vector));
            for (int n : new int[] {3, 10, 32}) {
                NDArray rows = Inputs.array(79, 2, ROWS, n).astype(dtype);
                Function1<NDArray, NDArray> sums = jit((NDArray x) -> sum(x, 1));
                Function1<NDArray, NDArray> maxima = jit((NDArray x) -> max(x, 1));
                measure(figures, "row sums", ROWS + "x" + n, dtype, () -> sums.apply(rows));
                measure(figures, "row maxima", ROWS + "x" + n, dtype, () -> maxima.apply(rows));
            }
        }
    }

    private static void measure(Figures figures, String op, String shape, DType dtype, Supplier<NDArray> call) {
        Map<String, Object> params = Map.of("op", op, "shape", shape, "dtype", dtype == DType.FLOAT64 ? "f64" : "f32");
        figures.large(params, "call", call, Workload.norm(call.get()));
    }
}
