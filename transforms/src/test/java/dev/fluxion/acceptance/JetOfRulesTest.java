package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.nthDerivative;
import static dev.fluxion.lax.Lax.customLinearSolve;
import static dev.fluxion.lax.Lax.customRoot;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Taylor series through solvers and users' operations agree with nested gradients. */
class JetOfRulesTest {
    private static void assertAgree(Function1<NDArray, NDArray> f, double x, int order) {
        Function1<NDArray, NDArray> nested = f;
        for (int n = 0; n <= order; n++) {
            double expected = nested.apply(scalar(x)).item();
            assertEquals(expected, nthDerivative(f, n).apply(scalar(x)).item(), 1e-11 * (1 + Math.abs(expected)));
            nested = grad(nested);
        }
    }

    @Test
    void linearSolves() {
        Function1<NDArray, NDArray> diagonal = t -> {
            NDArray a = array(2.0, 3.0).plus(sin(t));
            return customLinearSolve(x -> a.times(x), array(1.0, 0.5).times(t), (matvec, b) -> b.div(a))
                    .sum();
        };
        assertAgree(diagonal, 0.4, 5);
        Function1<NDArray, NDArray> constantMatrix = t -> {
            NDArray a = array(2.0, 3.0);
            return customLinearSolve(x -> a.times(x), exp(array(1.0, 0.5).times(t)), (matvec, b) -> b.div(a))
                    .sum();
        };
        assertAgree(constantMatrix, 0.4, 4);
    }

    @Test
    void roots() {
        // y + y^3 = t
        Function1<NDArray, NDArray> root = t -> customRoot(
                y -> y.plus(y.pow(3)).minus(t),
                scalar(1.0),
                (f, y0) -> {
                    NDArray y = y0;
                    for (int i = 0; i < 12; i++) {
                        y = y.minus(f.apply(y).div(y.times(y).times(3).plus(1)));
                    }
                    return y;
                },
                (df, rhs) -> rhs.div(df.apply(scalar(1.0))));
        assertAgree(root, 1.3, 4);
    }

    /** {@code e^x} by Java's own, with a rule that uses the operation itself. */
    private record HostExp() implements Custom {
        @Override
        public String name() {
            return "host_exp";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }

        @Override
        public Optional<HostFunction> host() {
            return Optional.of(in -> {
                double[] x = ((double[]) in.get(0)).clone();
                for (int i = 0; i < x.length; i++) {
                    x[i] = Math.exp(x[i]);
                }
                return Array.of(x);
            });
        }

        @Override
        public Optional<Jaxpr> jvp(Array<ArrayType> inputs) {
            NDArray like = Fluxion.shapeOnly(inputs.get(0));
            return Optional.of(makeJaxpr((NDArray x, NDArray t) -> {
                        NDArray y = Tracing.bind(this, x);
                        return Array.of(y, y.times(t));
                    })
                    .apply(like, like));
        }
    }

    /** {@code x cos x} as a program. */
    private record Wave() implements Custom {
        @Override
        public String name() {
            return "wave";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }

        @Override
        public Optional<Jaxpr> body(Array<ArrayType> inputs) {
            Function1<NDArray, NDArray> f = x -> x.times(cos(x));
            return Optional.of(makeJaxpr(f).apply(Fluxion.shapeOnly(inputs.get(0))));
        }
    }

    /** {@code x^2} by Java's own, without any rule. */
    private record Opaque() implements Custom {
        @Override
        public String name() {
            return "opaque";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }

        @Override
        public Optional<HostFunction> host() {
            return Optional.of(in -> in);
        }
    }

    @Test
    void operationsOfOnesOwn() {
        assertAgree(x -> Tracing.bind(new HostExp(), x.times(x)), 0.6, 5);
        assertAgree(x -> Tracing.bind(new Wave(), sin(x)), 0.6, 5);
        FluxionException e = assertThrows(
                FluxionException.class,
                () -> nthDerivative((NDArray x) -> Tracing.bind(new Opaque(), x), 2)
                        .apply(scalar(1.0)));
        assertTrue(e.getMessage().startsWith("FX0406 opaque: the operation has no derivative"), e.getMessage());
        assertTrue(e.getMessage().contains("JetOfRulesTest.java"), e.getMessage());
    }
}
