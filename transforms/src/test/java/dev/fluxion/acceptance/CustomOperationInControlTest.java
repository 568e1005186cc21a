package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.lax.Lax.cond;
import static dev.fluxion.lax.Lax.foriLoop;
import static dev.fluxion.lax.Lax.scan;
import static dev.fluxion.lax.Lax.whileLoop;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An operation of the user's, computed by Java code with a derivative and a batching rule, in branches and loops. */
class CustomOperationInControlTest {
    private static final double EPS = 1e-13;

    /** {@code e^-x} by Java's own. */
    private record Decay() implements Custom {
        static NDArray decay(NDArray x) {
            return Tracing.bind(new Decay(), x);
        }

        @Override
        public String name() {
            return "decay";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }

        @Override
        public Optional<HostFunction> host() {
            return Optional.of(in -> {
                double[] x = (double[]) in.get(0);
                for (int i = 0; i < x.length; i++) {
                    x[i] = Math.exp(-x[i]);
                }
                return Array.of(x);
            });
        }

        @Override
        public Optional<Jaxpr> jvp(Array<ArrayType> inputs) {
            NDArray like = Fluxion.shapeOnly(inputs.get(0));
            return Optional.of(makeJaxpr((NDArray x, NDArray t) -> {
                        NDArray y = decay(x);
                        return new Tuple2<>(y, t.times(y).unaryMinus());
                    })
                    .apply(like, like));
        }

        @Override
        public Optional<Jaxpr> batch(Array<ArrayType> inputs, Array<Boolean> batched, int size) {
            ArrayType one = inputs.get(0);
            return Optional.of(makeJaxpr(Decay::decay)
                    .apply(Fluxion.shapeOnly(one.withShape(one.shape().insert(0, size)))));
        }
    }

    private static NDArray built(NDArray x) {
        return exp(x.unaryMinus());
    }

    /** The same function with the operation and with what is built in: value, gradient, second derivative, batch. */
    private static void assertSame(Function1<Function1<NDArray, NDArray>, Function1<NDArray, NDArray>> make) {
        Function1<NDArray, NDArray> own = make.apply(Decay::decay);
        Function1<NDArray, NDArray> expected = make.apply(CustomOperationInControlTest::built);
        NDArray x = scalar(0.4);
        assertEquals(expected.apply(x).item(), jit(own).apply(x).item(), EPS);
        assertEquals(grad(expected).apply(x).item(), grad(jit(own)).apply(x).item(), EPS);
        assertEquals(
                grad(grad(expected)).apply(x).item(), grad(grad(own)).apply(x).item(), EPS);
        NDArray v = array(0.4, 1.2, -0.3);
        assertArrayEquals(
                vmap(grad(expected)).apply(v).toDoubleArray(),
                vmap(grad(own)).apply(v).toDoubleArray(),
                EPS);
        assertArrayEquals(
                grad((NDArray y) -> sum(vmap(expected).apply(y))).apply(v).toDoubleArray(),
                grad((NDArray y) -> sum(vmap(own).apply(y))).apply(v).toDoubleArray(),
                EPS);
    }

    @Test
    void inLoops() {
        assertSame(f -> x -> foriLoop(0, 4, (i, c) -> f.apply(c).plus(x), x));
        assertSame(f -> x -> {
            NDArray xs = array(0.5, 0.25, 2.0);
            var s = scan((NDArray c, NDArray a) -> Tuple.of(f.apply(c.times(a)), f.apply(c)), x, xs);
            return s.carry().plus(sum(s.ys()));
        });
    }

    @Test
    void inBranches() {
        assertSame(f -> x -> cond(x.gt(0), f, y -> y.times(y), x));
    }

    @Test
    void inCheckpoints() {
        assertSame(f -> checkpoint((NDArray x) -> f.apply(f.apply(x)).times(x)));
    }

    @Test
    void inWhileLoopsForwards() {
        Function1<Function1<NDArray, NDArray>, Function1<NDArray, NDArray>> make =
                f -> x -> whileLoop(c -> c.lt(3), c -> c.plus(f.apply(c)), x);
        NDArray x = scalar(0.4);
        assertEquals(
                jvp(make.apply(CustomOperationInControlTest::built), x, scalar(1.0))
                        .tangent()
                        .item(),
                jvp(make.apply(Decay::decay), x, scalar(1.0)).tangent().item(),
                EPS);
        NDArray v = array(0.4, 1.2, -0.3);
        assertArrayEquals(
                vmap(make.apply(CustomOperationInControlTest::built)).apply(v).toDoubleArray(),
                vmap(make.apply(Decay::decay)).apply(v).toDoubleArray(),
                EPS);
    }
}
