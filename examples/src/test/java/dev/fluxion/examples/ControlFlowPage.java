package dev.fluxion.examples;

import static dev.fluxion.Fluxion.debugPrint;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.abs;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.square;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.lax.Lax;
import dev.fluxion.lax.Scan;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.List;

/** The code of docs/control-flow.md. */
final class ControlFlowPage {
    private ControlFlowPage() {}

    static void branches() {
        // tag::branches[]
        Function1<NDArray, NDArray> f = x -> Lax.cond(x.gt(0), v -> log(v).times(v), v -> v.unaryMinus(), x);
        NDArray xs = array(2.0, 0.0, -1.0);

        System.out.println(grad(f).apply(scalar(2.0)));
        System.out.println(vmap(grad(f)).apply(xs)); // log at 0 and -1 leaves no trace
        System.out.println(Lax.switchCase(
                scalar(1), List.<Function1<NDArray, NDArray>>of(v -> v, v -> v.times(10), v -> v.times(100)), xs));
        // end::branches[]
    }

    static void whiles() {
        // tag::whiles[]
        // the square root of y by Newton's iteration: a loop whose length depends on the data
        Function1<NDArray, NDArray> root = y -> Lax.whileLoop(
                s -> abs(s.times(s).minus(y)).gt(1e-14), s -> s.plus(y.div(s)).times(0.5), y);
        System.out.println(root.apply(scalar(2.0)));
        System.out.println(grad(root).apply(scalar(2.0))); // of one scalar: forward mode
        System.out.println(vmap(root).apply(array(1.0, 4.0, 9.0))); // each goes on for as long as it needs
        try {
            grad((NDArray y) -> vmap(root).apply(y).sum()).apply(array(1.0, 4.0));
        } catch (FluxionException e) {
            System.out.println(e.getMessage());
        }
        // end::whiles[]
    }

    static void bounded() {
        // tag::bounded[]
        Function1<NDArray, NDArray> root = y -> Lax.whileLoop(
                s -> abs(s.times(s).minus(y)).gt(1e-14), s -> s.plus(y.div(s)).times(0.5), y, 30);
        System.out.println(grad((NDArray y) -> vmap(root).apply(y).sum()).apply(array(1.0, 4.0)));
        // end::bounded[]
    }

    static void scans() {
        // tag::scans[]
        // a spring: (position, velocity) goes from step to step, the energies are stacked
        Function2<NDArray, NDArray, Scan<Tuple2<NDArray, NDArray>, NDArray>> spring = (stiffness, forces) -> Lax.scan(
                (Tuple2<NDArray, NDArray> state, NDArray force) -> {
                    NDArray v =
                            state._2.plus(force.minus(stiffness.times(state._1)).times(0.1));
                    NDArray x = state._1.plus(v.times(0.1));
                    return Tuple.of(
                            Tuple.of(x, v),
                            square(v).plus(stiffness.times(square(x))).times(0.5));
                },
                Tuple.of(scalar(1.0), scalar(0.0)),
                forces);
        NDArray forces = array(0.0, 0.5, 0.0, -0.5);
        System.out.println(spring.apply(scalar(2.0), forces).ys());

        Function1<NDArray, NDArray> lastEnergy =
                k -> spring.apply(k, forces).ys().get(3);
        System.out.println(grad(lastEnergy).apply(scalar(2.0)));
        System.out.println(hessian((NDArray f) -> spring.apply(scalar(2.0), f).carry()._1)
                .apply(forces)
                .shape());
        // end::scans[]
    }

    static void counted() {
        // tag::counted[]
        Function1<NDArray, NDArray> iterate = x -> Lax.foriLoop(0, 100_000, (i, c) -> sin(c).times(x), x);
        System.out.println(grad(iterate).apply(scalar(2.0)));

        NDArray squares = Lax.map(x -> x.times(x), arange(5.0));
        NDArray products = Lax.associativeScan((a, b) -> a.times(b), array(1.0, 2.0, 3.0, 4.0));
        System.out.println(squares + " " + products);
        // end::counted[]
    }

    static void order() {
        // tag::order[]
        Function1<NDArray, NDArray> f = jit(x -> Lax.foriLoop(
                0,
                3,
                (i, c) -> {
                    debugPrint("step {}: {}", i, c);
                    return c.times(x);
                },
                ones(1).get(0)));
        System.out.println(grad(f).apply(scalar(2.0)));
        // end::order[]
    }
}
