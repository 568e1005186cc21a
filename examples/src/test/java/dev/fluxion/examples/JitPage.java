package dev.fluxion.examples;

import static dev.fluxion.Fluxion.cacheStatistics;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.lower;
import static dev.fluxion.Fluxion.retraces;
import static dev.fluxion.Fluxion.shapeOnly;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.max;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.Compiled;
import dev.fluxion.JitOptions;
import dev.fluxion.Lowered;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;

/** The code of docs/jit.md. */
final class JitPage {
    private JitPage() {}

    // tag::layer[]
    enum Activation {
        TANH,
        NONE
    }

    record Layer(NDArray w, Activation activation, double rate) {}
    // end::layer[]

    static void components() {
        // tag::components[]
        Function2<Layer, NDArray, NDArray> loss = (layer, x) -> {
            NDArray y = layer.w().times(x);
            return sum(layer.activation() == Activation.TANH ? tanh(y) : y).times(layer.rate());
        };
        Layer gradient = grad(loss).apply(new Layer(array(1.0, 2.0), Activation.NONE, 0.5), array(3.0, 4.0));
        System.out.println(gradient);
        // end::components[]
    }

    static void argnums() {
        // tag::argnums[]
        Function2<NDArray, Integer, NDArray> power = jit(
                (NDArray x, Integer n) -> {
                    NDArray y = x;
                    for (int i = 1; i < n; i++) {
                        y = y.times(x);
                    }
                    return y;
                },
                JitOptions.builder().staticArgnums(1).build());
        System.out.println(power.apply(scalar(2.0), 10));
        System.out.println(grad(power).apply(scalar(2.0), 10));
        // end::argnums[]
    }

    static void donation() {
        // tag::donation[]
        Function2<NDArray, NDArray, NDArray> step = jit(
                (NDArray w, NDArray x) -> w.minus(grad((NDArray v) -> sum(square(sin(v).minus(x))))
                        .apply(w)
                        .times(0.1)),
                JitOptions.builder().donateArgnums(0).build());
        NDArray start = array(0.5, 0.5);
        NDArray w = start;
        for (int i = 0; i < 3; i++) {
            w = step.apply(w, array(0.1, 0.9));
        }
        System.out.println(w);
        try {
            start.sum();
        } catch (FluxionException e) {
            System.out.println(e.getMessage());
        }
        // end::donation[]
    }

    static void deletion() {
        // tag::deletion[]
        Function1<NDArray, NDArray> gradient = grad((NDArray x) -> sum(square(sin(x))));
        NDArray x = arange(100_000).times(1e-5);
        double largest = 0;
        for (int i = 0; i < 3; i++) {
            NDArray g = gradient.apply(x);
            largest = Math.max(largest, max(g).item());
            g.delete();
        }
        System.out.println(largest);
        // end::deletion[]
    }

    // tag::statistics[]
    static void printCaches() {
        cacheStatistics().forEach(System.out::println);
    }
    // end::statistics[]

    static void retraced() {
        // tag::retraced[]
        Function2<Layer, NDArray, NDArray> f =
                jit((Layer layer, NDArray x) -> layer.w().times(x).times(layer.rate()));
        f.apply(new Layer(ones(3), Activation.NONE, 0.5), ones(3));
        f.apply(new Layer(ones(3), Activation.NONE, 0.25), ones(3));
        System.out.println(retraces().last());
        for (int i = 0; i < 3; i++) {
            double shift = i;
            jit((NDArray x) -> x.plus(shift)).apply(scalar(1.0));
        }
        System.out.println(retraces().last());
        // end::retraced[]
    }

    static void ahead() {
        // tag::ahead[]
        NDArray vector = shapeOnly(ArrayType.of(DType.FLOAT64, 1_000_000));
        Lowered<Function1<NDArray, NDArray>> lowered =
                lower((NDArray x) -> sum(sin(x).times(x))).apply(vector);
        System.out.println(lowered);
        Compiled<Function1<NDArray, NDArray>> compiled = lowered.compile();
        System.out.println(compiled.costAnalysis().flops() + " flops");
        System.out.println(compiled.costAnalysis().transcendentals() + " transcendentals");
        System.out.println(compiled.memoryAnalysis().peakBytes() + " bytes");
        System.out.println(compiled.function().apply(ones(1_000_000)));
        try {
            compiled.function().apply(ones(3));
        } catch (FluxionException e) {
            System.out.println(e.getMessage());
        }
        // end::ahead[]
    }
}
