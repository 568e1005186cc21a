package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Operations of users: meaning by a program or by Java code, with and without rules, under the transforms. */
class CustomOperationTest {
    private static final double EPS = 1e-12;

    /** {@code x^3} as a program. */
    private record Cube() implements Custom {
        @Override
        public String name() {
            return "cube";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }

        @Override
        public Optional<Jaxpr> body(Array<ArrayType> inputs) {
            Function1<NDArray, NDArray> cube = x -> x.times(x).times(x);
            return Optional.of(makeJaxpr(cube).apply(Fluxion.shapeOnly(inputs.get(0))));
        }
    }

    /** {@code sinh} by Java's own, without any rule. */
    private record HostSinh() implements Custom {
        @Override
        public String name() {
            return "host_sinh";
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
                    x[i] = Math.sinh(x[i]);
                }
                return Array.of(x);
            });
        }
    }

    /** {@code 3 x} by Java, linear, with all rules: its derivative is itself, its transpose and its batch too. */
    private record Triple() implements Custom {
        @Override
        public String name() {
            return "triple";
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
                    x[i] *= 3;
                }
                return Array.of(x);
            });
        }

        @Override
        public Optional<Jaxpr> jvp(Array<ArrayType> inputs) {
            NDArray like = Fluxion.shapeOnly(inputs.get(0));
            return Optional.of(makeJaxpr((NDArray x, NDArray t) -> Array.of(bind(x), bind(t)))
                    .apply(like, like));
        }

        @Override
        public Optional<Jaxpr> transpose(Array<ArrayType> inputs, Array<Boolean> linear) {
            Function1<NDArray, NDArray> self = this::bind;
            return Optional.of(makeJaxpr(self).apply(Fluxion.shapeOnly(inputs.get(0))));
        }

        @Override
        public Optional<Jaxpr> batch(Array<ArrayType> inputs, Array<Boolean> batched, int size) {
            Function1<NDArray, NDArray> self = this::bind;
            ArrayType type = inputs.get(0);
            ArrayType whole = type.withShape(type.shape().insert(0, size));
            return Optional.of(makeJaxpr(self).apply(Fluxion.shapeOnly(whole)));
        }

        private NDArray bind(NDArray x) {
            return Tracing.bind(this, x);
        }
    }

    @Test
    void anOperationGivenByAProgram() {
        Function1<NDArray, NDArray> f = x -> Tracing.bind(new Cube(), x);
        assertEquals(8.0, f.apply(scalar(2.0)).item(), EPS);
        assertEquals(12.0, grad(f).apply(scalar(2.0)).item(), EPS);
        assertEquals(12.0, grad(grad(jit(f))).apply(scalar(2.0)).item(), EPS);
        assertArrayEquals(new double[] {3, 12}, vmap(grad(f)).apply(array(1, 2)).toDoubleArray(), EPS);
        assertArrayEquals(
                new double[] {3, 12},
                grad((NDArray x) -> sum(f.apply(x))).apply(array(1, 2)).toDoubleArray(),
                EPS);
    }

    @Test
    void anOperationGivenByJavaCodeRuns() {
        Function1<NDArray, NDArray> f = x -> Tracing.bind(new HostSinh(), x);
        assertEquals(Math.sinh(2.0), f.apply(scalar(2.0)).item());
        assertEquals(
                Math.sinh(2.0) + 1,
                jit((NDArray x) -> f.apply(x).plus(1)).apply(scalar(2.0)).item());
        FluxionException noDerivative = assertThrows(FluxionException.class, () -> grad(f).apply(scalar(2.0)));
        assertEquals(ErrorCode.MISSING_RULE, noDerivative.code());
        FluxionException noBatch = assertThrows(FluxionException.class, () -> vmap(f).apply(array(1, 2)));
        assertEquals(ErrorCode.MISSING_RULE, noBatch.code());
    }

    @Test
    void anOperationWithAllItsRules() {
        Function1<NDArray, NDArray> f = x -> Tracing.bind(new Triple(), x);
        assertEquals(DType.FLOAT64, f.apply(scalar(2.0)).dtype());
        assertEquals(3.0, grad(f).apply(scalar(2.0)).item(), EPS);
        Function1<NDArray, NDArray> squares = x -> sum(f.apply(x).times(f.apply(x)));
        assertArrayEquals(
                new double[] {18, 36}, grad(squares).apply(array(1, 2)).toDoubleArray(), EPS);
        assertArrayEquals(
                new double[] {18, 36},
                jit(vmap(grad(squares))).apply(array(1, 2)).toDoubleArray(),
                EPS);
        assertEquals(18.0, grad(grad(squares)).apply(scalar(1.0)).item(), EPS);
    }
}
