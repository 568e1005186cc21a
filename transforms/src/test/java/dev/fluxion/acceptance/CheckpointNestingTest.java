package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.checkpointName;
import static dev.fluxion.Fluxion.debugCallback;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.linearize;
import static dev.fluxion.Fluxion.lower;
import static dev.fluxion.Fluxion.nthDerivative;
import static dev.fluxion.Fluxion.savedResiduals;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.CheckpointPolicies;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Function4;
import io.vavr.Function5;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checkpoints under transforms and transforms in checkpoints. */
class CheckpointNestingTest {
    private static final NDArray X = array(0.3, -0.8, 1.1);

    private final Function1<NDArray, NDArray> plain = x -> sum(sin(exp(x)).times(cos(x)));
    private final Function1<NDArray, NDArray> again = checkpoint((NDArray x) -> sum(sin(checkpointName(exp(x), "e"))
            .times(checkpoint((NDArray y) -> cos(y)).apply(x))));

    @Test
    void everyTransform() {
        same(plain.apply(X), again.apply(X));
        same(grad(plain).apply(X), grad(again).apply(X));
        same(grad(plain).apply(X), jit(grad(jit(again))).apply(X));
        same(jvp(plain, X, ones(3)).tangent(), jvp(again, X, ones(3)).tangent());
        same(linearize(plain, X).jvp().apply(ones(3)), linearize(again, X).jvp().apply(ones(3)));
        same(hessian(plain).apply(X), hessian(again).apply(X));
        same(hessian(plain).apply(X), jacfwd(checkpoint(grad(again))).apply(X));
        NDArray batch = arange(12.0).reshape(4, 3);
        same(vmap(hessian(plain)).apply(batch), vmap(hessian(again)).apply(batch));
        Function1<NDArray, NDArray> third = x -> sum(hessian(again).apply(x));
        same(
                grad((NDArray x) -> sum(hessian(plain).apply(x))).apply(X),
                grad(checkpoint(third)).apply(X));
        Function1<NDArray, NDArray> f = checkpoint((NDArray x) -> sin(exp(x)));
        same(
                nthDerivative((NDArray x) -> sin(exp(x)), 4).apply(scalar(0.3)),
                nthDerivative(f, 4).apply(scalar(0.3)));
    }

    @Test
    void everyNumberOfArguments() {
        NDArray a = scalar(0.1);
        Function2<NDArray, NDArray, NDArray> two = (x, y) -> sin(x).times(y);
        Function3<NDArray, NDArray, NDArray, NDArray> three =
                (x, y, z) -> two.apply(x, y).times(z);
        Function4<NDArray, NDArray, NDArray, NDArray, NDArray> four =
                (x, y, z, u) -> three.apply(x, y, z).times(u);
        Function5<NDArray, NDArray, NDArray, NDArray, NDArray, NDArray> five =
                (x, y, z, u, v) -> four.apply(x, y, z, u).times(v);
        double slope = Math.cos(0.1);
        assertEquals(
                slope * 0.1,
                grad((NDArray x) -> checkpoint(two).apply(x, a)).apply(a).item(),
                1e-15);
        assertEquals(
                slope * 1e-2,
                grad((NDArray x) -> checkpoint(three).apply(x, a, a)).apply(a).item(),
                1e-15);
        assertEquals(
                slope * 1e-3,
                grad((NDArray x) -> checkpoint(four).apply(x, a, a, a)).apply(a).item(),
                1e-15);
        assertEquals(
                slope * 1e-4,
                grad((NDArray x) -> checkpoint(five).apply(x, a, a, a, a))
                        .apply(a)
                        .item(),
                1e-15);
    }

    @Test
    void theEngineDoesNotKeepWhatIsComputedAgain() {
        NDArray w = ones(50, 50).times(0.01);
        Function1<NDArray, NDArray> block = x -> {
            NDArray y = x;
            for (int i = 0; i < 8; i++) {
                y = tanh(matmul(y, w));
            }
            return y;
        };
        long kept = temporaries(chain(block));
        long lean = temporaries(chain(checkpoint(block)));
        // 64 activations, or 8 and those of one block.
        assertTrue(lean < kept / 3, lean + " of " + kept);
        NDArray x = ones(50, 50);
        same(grad(chain(block)).apply(x), grad(chain(checkpoint(block))).apply(x));
    }

    private static Function1<NDArray, NDArray> chain(Function1<NDArray, NDArray> block) {
        return x -> {
            NDArray y = x;
            for (int i = 0; i < 8; i++) {
                y = block.apply(y);
            }
            return sum(y);
        };
    }

    private static long temporaries(Function1<NDArray, NDArray> loss) {
        return lower(grad(loss)).apply(ones(50, 50)).compile().memoryAnalysis().temporaryBytes();
    }

    @Test
    void effectsHappenOnce() {
        List<String> seen = new ArrayList<>();
        Function1<NDArray, NDArray> f = x -> {
            NDArray y = sin(x);
            debugCallback((NDArray v) -> seen.add(v.toString()), y);
            return sin(y);
        };
        double expected = grad((NDArray x) -> sin(sin(x))).apply(scalar(0.0)).item();
        assertEquals(expected, reverse(checkpoint(f)));
        assertEquals(List.of("0.0"), seen);
        assertEquals(expected, reverse(checkpoint(jit(f))));
        assertEquals(List.of("0.0", "0.0"), seen);
        seen.clear();
        assertEquals(1.0, reverse(checkpoint((NDArray x) -> Lax.foriLoop(0, 3, (i, c) -> f.apply(c), x))));
        assertEquals(List.of("0.0", "0.0", "0.0"), seen);
    }

    /** The derivative at 0, with a vector to keep it from forward mode. */
    private static double reverse(Function1<NDArray, NDArray> f) {
        return grad((NDArray x) -> f.apply(sum(x))).apply(array(0.0, 0.0)).max().item();
    }

    @Test
    void whatIsHandedOnIsNoCarry() {
        Function2<Tuple2<NDArray, NDArray>, NDArray, Tuple2<NDArray, NDArray>> step =
                (state, i) -> Tuple.of(state._1, sin(state._2.times(state._1)));
        Function2<NDArray, NDArray, NDArray> loss = (w, x) -> sum(Lax.foriLoop(
                        0,
                        100,
                        checkpoint((NDArray i, Tuple2<NDArray, NDArray> state) -> step.apply(state, i)),
                        Tuple.of(w, x))
                ._2);
        assertEquals(8L * (3 + 100 * 3), savedResiduals(loss, ones(3), X).bytes());
        Function2<NDArray, NDArray, NDArray> all = (w, x) ->
                checkpoint(loss, CheckpointPolicies.EVERYTHING_SAVEABLE).apply(w, x);
        same(grad(loss).apply(ones(3), X), grad(all).apply(ones(3), X));
    }

    private static void same(NDArray expected, NDArray given) {
        double[] values = expected.ravel().toDoubleArray();
        double[] others = given.ravel().toDoubleArray();
        assertEquals(expected.shape(), given.shape());
        for (int i = 0; i < values.length; i++) {
            assertEquals(values[i], others[i], 1e-12 * (1 + Math.abs(values[i])));
        }
    }
}
