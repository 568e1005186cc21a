package dev.fluxion.examples;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jet;
import static dev.fluxion.Fluxion.nthDerivative;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;

import dev.fluxion.Jet;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.List;

/** The code of docs/higher-order.md. */
final class HigherOrderPage {
    private HigherOrderPage() {}

    static void nested() {
        // tag::nested[]
        Function1<NDArray, NDArray> f = x -> sin(x).times(x);
        System.out.println(grad(grad(grad(f))).apply(scalar(2.0)));
        System.out.println(nthDerivative(f, 3).apply(scalar(2.0)));
        System.out.println(nthDerivative(f, 3).apply(array(0.0, 1.0, 2.0)));
        // end::nested[]
    }

    static void curve() {
        // tag::curve[]
        Function1<NDArray, NDArray> energy = x -> sum(x.times(x).times(x));
        NDArray position = array(1.0, 2.0);
        NDArray velocity = array(0.5, -1.0);
        NDArray acceleration = array(0.0, 2.0);
        Jet<NDArray> along = jet(energy, position, List.of(velocity, acceleration));
        System.out.println(along.primal() + " " + along.series());
        // end::curve[]
    }
}
