package dev.fluxion.examples;

import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.checkpointName;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.savedResiduals;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.CheckpointPolicies;
import dev.fluxion.lax.Lax;
import dev.fluxion.lax.Segments;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function2;

/** The code of docs/checkpointing.md. */
final class CheckpointingPage {
    private CheckpointingPage() {}

    // tag::layer[]
    record Layer(NDArray w, NDArray b) {}

    static NDArray apply(Layer layer, NDArray x) {
        NDArray y = checkpointName(matmul(x, layer.w()).plus(layer.b()), "state");
        return tanh(y);
    }

    static NDArray loss(Layer layer, NDArray x) {
        return sum(square(sin(apply(layer, x))));
    }
    // end::layer[]

    static void report() {
        // tag::report[]
        Layer layer = new Layer(ones(20, 30), ones(30));
        System.out.println(savedResiduals(CheckpointingPage::loss, layer, ones(100, 20)));
        // end::report[]
    }

    static void again() {
        // tag::again[]
        Layer layer = new Layer(ones(20, 30), ones(30));
        Function2<Layer, NDArray, NDArray> lean = checkpoint(CheckpointingPage::loss);
        System.out.println(savedResiduals(lean, layer, ones(100, 20)));
        // end::again[]
    }

    static void policy() {
        // tag::policy[]
        Layer layer = new Layer(ones(20, 30), ones(30));
        Function2<Layer, NDArray, NDArray> middle =
                checkpoint(CheckpointingPage::loss, CheckpointPolicies.saveOnlyTheseNames("state"));
        System.out.println(savedResiduals(middle, layer, ones(100, 20)));
        // end::policy[]
    }

    // tag::pendulum[]
    static NDArray swing(NDArray q) {
        return q.plus(sin(q).times(-0.001));
    }

    static NDArray plain(NDArray q) {
        return sum(Lax.foriLoop(0, 10_000, (i, c) -> swing(c), q));
    }

    static NDArray checkpointed(NDArray q) {
        return sum(Lax.foriLoopCheckpointed(0, 10_000, (i, c) -> swing(c), q));
    }
    // end::pendulum[]

    static void loops() {
        // tag::loops[]
        NDArray q = array(0.1, 0.2, 0.3);
        System.out.println(savedResiduals(CheckpointingPage::plain, q));
        System.out.println(savedResiduals(CheckpointingPage::checkpointed, q));
        System.out.println(grad(CheckpointingPage::plain).apply(q));
        System.out.println(grad(CheckpointingPage::checkpointed).apply(q));
        // end::loops[]
    }

    static void segments() {
        // tag::segments[]
        for (int carries : new int[] {10_000, 200, 100, 50, 25}) {
            Segments segments = Segments.keeping(carries);
            System.out.println(segments.counts(10_000).mkString("segments: ", ", ", "; carries kept: ")
                    + segments.carriesKept(10_000) + "; each step computed " + segments.evaluations(10_000) + " times");
        }
        // end::segments[]
    }
}
