package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.numpy.Numpy.square;

import dev.fluxion.ValueAndGrad;
import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.List;
import java.util.Map;

/** W8: matrix products, and value and gradient of the sum of their squares. */
final class Products implements Workload {
    @Override
    public void run(Figures figures) {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            for (int n : new int[] {64, 256, 512, 1024, 2048}) {
                Map<String, Object> params =
                        Map.of("op", "matmul", "n", n, "dtype", dtype == DType.FLOAT64 ? "f64" : "f32");
                NDArray a = Inputs.array(50, 2, n, n).astype(dtype);
                NDArray b = Inputs.array(51, 2, n, n).astype(dtype);
                Function2<NDArray, NDArray, NDArray> product = jit((NDArray x, NDArray y) -> x.matmul(y));
                figures.large(
                        params,
                        "call",
                        () -> product.apply(a, b),
                        Workload.norm(product.apply(a, b)),
                        timing -> Map.of("gflops", 2.0 * n * n * n / timing.value() / 1e9));
                Function1<Tuple2<NDArray, NDArray>, ValueAndGrad<Tuple2<NDArray, NDArray>>> both =
                        valueAndGrad((Tuple2<NDArray, NDArray> p) ->
                                square(p._1.matmul(p._2)).sum());
                Tuple2<NDArray, NDArray> operands = Tuple.of(a, b);
                double norm = Workload.norm(both.apply(operands).gradient());
                figures.large(params, "value_and_grad", () -> both.apply(operands), norm);
            }
        }
    }
}
