package dev.fluxion.examples;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.asDoubleFunction;
import static dev.fluxion.Fluxion.checkGrads;
import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.hvp;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jet;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.linearize;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.nthDerivative;
import static dev.fluxion.Fluxion.savedResiduals;
import static dev.fluxion.Fluxion.sparseJacobian;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.nn.Nn.sigmoid;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.linspace;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.log1p;
import static dev.fluxion.numpy.Numpy.mean;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.onesLike;
import static dev.fluxion.numpy.Numpy.roll;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.Jvp;
import dev.fluxion.Linearization;
import dev.fluxion.ValueAndGrad;
import dev.fluxion.Vjp;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.random.Random;
import dev.fluxion.sparse.Csr;
import dev.fluxion.tree.Tree;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple2;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * The code of the README's tour. {@link ReadmeTest} compares every marked region with the README, and what the region
 * prints with the block of output under it.
 */
final class ReadmeTour {
    private ReadmeTour() {}

    static void grads() {
        // tag::grads[]
        Function1<NDArray, NDArray> f = x -> sin(x).times(x);

        System.out.println(f.apply(scalar(2.0)));
        System.out.println(grad(f).apply(scalar(2.0)));
        System.out.println(grad(grad(f)).apply(scalar(2.0))); // curvature
        System.out.println(makeJaxpr(grad(grad(f))).apply(scalar(2.0))); // its program
        // end::grads[]
    }

    // tag::params[]
    record Params(NDArray weights, NDArray bias) {}

    static NDArray loss(Params p, NDArray x, NDArray y) {
        return mean(square(tanh(x.matmul(p.weights()).plus(p.bias())).minus(y)));
    }
    // end::params[]

    static void trees() {
        // tag::trees[]
        NDArray xs = array(new double[][] {{0, 1}, {1, 0}, {1, 1}});
        NDArray ys = array(-0.5, 0.5, 0.0);
        Params p = new Params(array(0.1, -0.1), scalar(0.0));

        for (int step = 0; step < 20; step++) {
            ValueAndGrad<Params> g = valueAndGrad(ReadmeTour::loss).apply(p, xs, ys);
            p = Tree.map2((w, dw) -> w.minus(dw.times(0.5)), p, g.gradient());
        }
        System.out.printf("loss %.6f%n", loss(p, xs, ys).item());
        // end::trees[]
    }

    static void leaves() {
        // tag::leaves[]
        Function1<Map<String, List<NDArray>>, NDArray> norm =
                m -> sum(square(m.get("a").get(0))).plus(square(m.get("b").get(0)));
        System.out.println(grad(norm).apply(Map.of("a", List.of(array(1.0, 2.0)), "b", List.of(scalar(3.0)))));
        // end::leaves[]
    }

    static void vmaps() {
        // tag::vmaps[]
        Function2<NDArray, NDArray, NDArray> energy = (w, x) -> sum(log1p(square(w.times(x))));
        NDArray w = array(1.0, 2.0);
        NDArray batch = array(new double[][] {{1, 1}, {0, 3}, {2, -1}});

        NDArray perExample = vmap(grad(energy), inAxes(NONE, 0)).apply(w, batch);
        System.out.println(perExample); // one gradient for each row of the batch
        // end::vmaps[]
    }

    static void perExample() {
        // tag::perExample[]
        Params p = new Params(array(0.1, -0.1), scalar(0.0));
        NDArray xs = array(new double[][] {{0, 1}, {1, 0}, {1, 1}});
        NDArray ys = array(-0.5, 0.5, 0.0);

        Params each = vmap(grad(ReadmeTour::loss), inAxes(NONE, 0, 0)).apply(p, xs, ys);
        System.out.println(each.weights().shape() + " " + each.bias().shape());
        // end::perExample[]
    }

    static void modes() {
        // tag::modes[]
        Function1<NDArray, NDArray> f = x -> exp(sin(x));
        NDArray x = array(0.0, 1.0);

        Jvp<NDArray> forward = jvp(f, x, array(1.0, 0.0)); // f(x) and f'(x) t
        Vjp<NDArray, NDArray> reverse = vjp(f, x); // f(x) and ct -> ct f'(x)
        Linearization<NDArray, NDArray> linear = linearize(f, x); // f(x) and t -> f'(x) t

        System.out.println(forward.tangent());
        System.out.println(reverse.pullback().apply(array(1.0, 1.0)));
        System.out.println(linear.jvp().apply(array(0.0, 2.0)));
        // end::modes[]
    }

    static void jacobians() {
        // tag::jacobians[]
        Function1<NDArray, NDArray> polar =
                v -> array(new double[][] {{1, 0}, {0, 2}}).matmul(v).times(v);
        NDArray v = array(1.0, 3.0);
        System.out.println(jacfwd(polar).apply(v));
        System.out.println(jacrev(polar).apply(v));

        Function1<NDArray, NDArray> g = u -> sum(u.times(u).times(u));
        System.out.println(hessian(g).apply(v));
        System.out.println(hvp(g, v, array(1.0, 1.0))); // the Hessian times a vector, without the Hessian
        // end::jacobians[]
    }

    static void jits() {
        // tag::jits[]
        Function1<NDArray, NDArray> softplus = jit(x -> log1p(exp(x)));
        System.out.println(vmap(grad(softplus)).apply(array(0.0, 1.0)));

        DoubleUnaryOperator slope = asDoubleFunction(grad(softplus)); // double -> double, for other libraries
        System.out.println(slope.applyAsDouble(0.0));
        // end::jits[]
    }

    static void customs() {
        // tag::customs[]
        // log(1 + e^x), with a derivative that does not overflow
        Function1<NDArray, NDArray> log1pexp =
                customJvp((NDArray x) -> log1p(exp(x))).defjvp((x, t) -> new Jvp<>(log1p(exp(x)), t.times(sigmoid(x))));
        System.out.println(grad(log1pexp).apply(scalar(1000.0)));

        // the identity, whose gradient is clipped
        Function1<NDArray, NDArray> clipped =
                customVjp((NDArray x) -> x).defvjp(x -> new Tuple2<>(x, null), (nothing, ct) -> ct.clip(-1.0, 1.0));
        System.out.println(grad((NDArray x) -> square(clipped.apply(x))).apply(scalar(5.0)));
        // end::customs[]
    }

    static void loops() {
        // tag::loops[]
        // 1000 small steps along y' = -k y, and how the end depends on k
        Function1<NDArray, NDArray> decay =
                k -> Lax.foriLoop(0, 1000, (i, y) -> y.minus(k.times(y).times(0.001)), scalar(1.0));
        System.out.println(decay.apply(scalar(2.0)) + " " + grad(decay).apply(scalar(2.0)));

        Function1<NDArray, NDArray> f = x -> Lax.cond(x.gt(0), v -> log(v).times(v), v -> v.unaryMinus(), x);
        System.out.println(vmap(grad(f)).apply(array(2.0, 0.0, -1.0))); // log at 0 and -1 leaves no trace
        // end::loops[]
    }

    static void roots() {
        // tag::roots[]
        // y with y + y^3 = x, by any method; its derivatives come from the equation
        Function1<NDArray, NDArray> inverse = x -> Lax.customRoot(
                y -> y.plus(y.pow(3)).minus(x),
                x,
                (g, start) -> Lax.foriLoop(
                        0,
                        30,
                        (i, y) -> y.minus(g.apply(y).div(square(y).times(3).plus(1))),
                        start),
                (linear, b) -> b.div(linear.apply(onesLike(b))));
        System.out.println(inverse.apply(scalar(10.0)));
        System.out.println(grad(inverse).apply(scalar(10.0))); // 1 / (1 + 3 y^2)
        System.out.println(grad(grad(inverse)).apply(scalar(10.0)));
        // end::roots[]
    }

    static void memory() {
        // tag::memory[]
        Function1<NDArray, NDArray> layer = x -> sin(exp(x).times(0.1));
        Function1<NDArray, NDArray> network = x -> layer.apply(layer.apply(x)).sum();
        Function1<NDArray, NDArray> frugal =
                x -> checkpoint(layer).apply(checkpoint(layer).apply(x)).sum();

        NDArray x = ones(1000);
        System.out.println(savedResiduals(network, x).computedBytes() + " bytes, "
                + savedResiduals(frugal, x).computedBytes());
        // end::memory[]
    }

    static void orders() {
        // tag::orders[]
        Function1<NDArray, NDArray> f = x -> exp(sin(x));
        System.out.println(nthDerivative(f, 10).apply(scalar(0.5)));
        System.out.println(
                jet(f, scalar(0.5), List.of(scalar(1.0), scalar(0.0))).series()); // f', f''

        // 1000 variables, three entries in each row: a few products instead of a thousand
        Function1<NDArray, NDArray> chain = x -> sin(x).times(roll(x, 1)).plus(roll(x, -1));
        Csr jacobian = sparseJacobian(chain).apply(linspace(0, 1, 1000));
        System.out.println(jacobian.pattern().nonzeros() + " of " + 1000 * 1000);
        // end::orders[]
    }

    static void randoms() {
        // tag::randoms[]
        NDArray key = Random.key(42);
        NDArray keys = Random.split(key); // two new keys
        System.out.println(Random.uniform(keys.get(0), 3));
        System.out.println(Random.normal(keys.get(1), 3));
        // end::randoms[]
    }

    static void checks() {
        // tag::checks[]
        checkGrads((NDArray x) -> sum(tanh(x).times(exp(x))), array(0.1, 0.7), 2); // orders 1 and 2; throws if wrong
        // end::checks[]
    }

    static void errors() {
        // tag::errors[]
        Function1<NDArray, NDArray> f = x -> x.matmul(array(new double[][] {{1, 2}, {3, 4}}));
        try {
            makeJaxpr(f).apply(array(1.0, 2.0, 3.0));
        } catch (FluxionException e) {
            System.out.println(e.getMessage());
        }
        // end::errors[]
    }
}
