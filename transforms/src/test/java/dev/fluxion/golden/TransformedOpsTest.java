package dev.fluxion.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.Fluxion;
import dev.fluxion.Jvp;
import dev.fluxion.Vjp;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.collection.Array;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * The golden operations under the transforms: pull backs, push forwards and batched results as JAX computed them, the
 * duality of the first two, and the checker over every program on the way. Which cases have no operation yet is asserted
 * where the operations are written down, in {@code GoldenValuesTest}.
 */
class TransformedOpsTest {
    /** An operation as a function of its differentiated inputs to its differentiable results. */
    private record Differentiable(GoldenCase c, Array<NDArray> at)
            implements Function1<Array<NDArray>, Array<NDArray>> {
        private static final long serialVersionUID = 1L;

        Differentiable(GoldenCase c) {
            this(c, c.inputs());
        }

        @Override
        public Array<NDArray> apply(Array<NDArray> differentiated) {
            Array<NDArray> inputs = at;
            for (int k = 0; k < differentiated.size(); k++) {
                inputs = inputs.update(c.diff().get(k), differentiated.get(k));
            }
            Array<NDArray> results = GoldenOp.of(c).orElseThrow().apply(inputs);
            return c.diffOutputs().map(results::get);
        }

        Array<NDArray> point() {
            return c.diff().map(at::get);
        }
    }

    private interface Check {
        void run(GoldenCase c) throws Throwable;
    }

    @TestFactory
    Stream<DynamicTest> pullBacks() {
        return tests(GoldenCase::hasVjp, c -> {
            Differentiable f = new Differentiable(c);
            Array<NDArray> given = Fluxion.vjp(f, f.point()).pullback().apply(c.cotangent());
            Array<Integer> recorded =
                    Array.range(0, given.size()).filter(i -> c.vjp().get(i) != null);
            GoldenValue.assertClose(
                    "vjp of " + c.expr(), recorded.map(c.vjp()::get), recorded.map(given::get), c.rtol());
            Function2<Array<NDArray>, Array<NDArray>, Array<NDArray>> whole =
                    (x, ct) -> Fluxion.vjp(f, x).pullback().apply(ct);
            JaxprChecker.check(Fluxion.makeJaxpr(whole).apply(f.point(), c.cotangent()));
        });
    }

    @TestFactory
    Stream<DynamicTest> pushForwards() {
        return tests(GoldenCase::hasJvp, c -> {
            Differentiable f = new Differentiable(c);
            Jvp<Array<NDArray>> given = Fluxion.jvp(f, f.point(), c.tangents());
            GoldenValue.assertClose(
                    "value of " + c.expr(), c.diffOutputs().map(c.output()::get), given.primal(), c.rtol());
            GoldenValue.assertClose("jvp of " + c.expr(), c.jvp(), given.tangent(), c.rtol());
            Function2<Array<NDArray>, Array<NDArray>, Jvp<Array<NDArray>>> whole = (x, t) -> Fluxion.jvp(f, x, t);
            JaxprChecker.check(Fluxion.makeJaxpr(whole).apply(f.point(), c.tangents()));
        });
    }

    /** {@code <ct, df . t> = <ct . df, t>}. */
    @TestFactory
    Stream<DynamicTest> duality() {
        return tests(c -> c.hasVjp() && c.hasJvp(), c -> {
            Differentiable f = new Differentiable(c);
            Vjp<Array<NDArray>, Array<NDArray>> reverse = Fluxion.vjp(f, f.point());
            Array<NDArray> pushed = Fluxion.jvp(f, f.point(), c.tangents()).tangent();
            Array<NDArray> pulled = reverse.pullback().apply(c.cotangent());
            double forward = inner(c.cotangent(), pushed);
            double size = inner(c.cotangent().map(Numpy::abs), pushed.map(Numpy::abs));
            double allowed = Double.isFinite(size) ? c.rtol() * Math.max(1, size) : c.rtol();
            assertEquals(forward, inner(pulled, c.tangents()), allowed);
        });
    }

    @TestFactory
    Stream<DynamicTest> batches() {
        return tests(GoldenCase::hasVmap, c -> {
            Function1<Array<NDArray>, Array<NDArray>> op =
                    inputs -> GoldenOp.of(c).orElseThrow().apply(inputs);
            Array<Object> axes = c.vmapInAxes().map(axis -> axis == null ? Fluxion.NONE : axis);
            Function1<Array<NDArray>, Array<NDArray>> batched = Fluxion.vmap(op, Fluxion.inAxes(axes));
            GoldenValue.assertClose("vmap of " + c.expr(), c.vmapOutput(), batched.apply(c.vmapInputs()), c.rtol());
            JaxprChecker.check(Fluxion.makeJaxpr(batched).apply(c.vmapInputs()));
        });
    }

    private static Stream<DynamicTest> tests(Predicate<GoldenCase> which, Check check) {
        return GoldenOp.FILES
                .flatMap(GoldenCase::all)
                .filter(c -> GoldenOp.of(c).isPresent())
                .filter(which)
                .toJavaStream()
                .map(c -> {
                    Executable run = () -> check.run(c);
                    return DynamicTest.dynamicTest(c.toString(), run);
                });
    }

    private static double inner(Array<NDArray> a, Array<NDArray> b) {
        double sum = 0;
        for (int k = 0; k < a.size(); k++) {
            double[] x = a.get(k).toDoubleArray();
            double[] y = b.get(k).toDoubleArray();
            for (int i = 0; i < x.length; i++) {
                sum += x[i] * y[i];
            }
        }
        return sum;
    }
}
