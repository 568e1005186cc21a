package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.hvp;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import java.util.Map;

/** W5: gradient, Hessian and Hessian-vector product of a chain and a dense layer. */
final class Curvature implements Workload {
    @Override
    public void run(Figures figures) {
        for (int n : new int[] {10, 50, 100, 200}) {
            Map<String, Object> params = Map.of("n", n);
            NDArray x = Inputs.array(4, 2, n);
            NDArray a = Inputs.array(5, 2 * Math.sqrt(3.0 / n), n, n);
            NDArray b = Inputs.array(6, 1, n);
            NDArray v = Inputs.array(7, 2, n);
            Function1<NDArray, NDArray> f = y -> {
                NDArray head = Lax.sliceInDim(y, 0, n - 1, 1, 0);
                NDArray tail = Lax.sliceInDim(y, 1, n, 1, 0);
                NDArray chain = square(tail.minus(square(head))).times(100.0);
                NDArray layer = square(tanh(a.matmul(y).plus(b))).sum().times(0.5);
                return chain.plus(square(head.unaryMinus().plus(1.0))).sum().plus(layer);
            };
            Function1<NDArray, NDArray> gradient = grad(f);
            Function1<NDArray, NDArray> curvature = hessian(f);
            Function2<NDArray, NDArray, NDArray> product = jit((NDArray y, NDArray t) -> hvp(f, y, t));
            figures.once(params, "hessian_compile", Timing.once(() -> curvature.apply(x)));
            figures.warm(params, "grad", Timing.of(() -> gradient.apply(x)), Workload.norm(gradient.apply(x)));
            figures.warm(params, "hessian", Timing.of(() -> curvature.apply(x)), Workload.norm(curvature.apply(x)));
            figures.warm(params, "hvp", Timing.of(() -> product.apply(x, v)), Workload.norm(product.apply(x, v)));
        }
    }
}
