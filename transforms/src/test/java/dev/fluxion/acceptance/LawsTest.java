package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.linearTranspose;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.concatenate;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.cumsum;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.flip;
import static dev.fluxion.numpy.Numpy.log1p;
import static dev.fluxion.numpy.Numpy.logsumexp;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.outer;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;
import static dev.fluxion.numpy.Numpy.where;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** Laws of the transforms over a table of functions of vectors of four. */
class LawsTest {
    private static final NDArray BATCH =
            array(new double[][] {{0.3, -1.2, 0.7, 2.1}, {1.5, 0.2, -0.4, 0.9}, {-0.8, 1.1, 0.05, -2.3}});

    private static Map<String, Function1<NDArray, NDArray>> table() {
        Map<String, Function1<NDArray, NDArray>> table = new LinkedHashMap<>();
        NDArray weights = array(new double[][] {{1, 2, -1, 0.5}, {0, -1, 3, 1}, {2, 2, 0.1, -1}});
        table.put("elementwise", x -> sin(x).times(exp(x.times(0.3))).plus(x));
        table.put("scalar", x -> sum(square(x)));
        table.put("constant", x -> array(1, 2, 3));
        table.put("layer", x -> tanh(matmul(weights, x)));
        table.put("softmax", x -> Nn.softmax(x));
        table.put("logsumexp", x -> logsumexp(x));
        table.put("outer product", x -> outer(x, cos(x)));
        table.put("cumulative", x -> cumsum(square(x)));
        table.put("rearranged", x -> concatenate(flip(x), x.slice(0, 1, 3)).reshape(2, 3));
        table.put("branches", x -> where(x.gt(0), log1p(square(x)), x.times(3)));
        table.put("maximum", x -> x.max().times(x.min()));
        table.put("normalised", x -> x.minus(x.mean()).div(sqrt(x.var().plus(0.1))));
        table.put("matrix of itself", x -> matmul(x.reshape(2, 2), x.reshape(2, 2)));
        table.put("jitted", jit((NDArray x) -> x.times(sum(x))));
        table.put(
                "gradient inside",
                x -> grad((NDArray y) -> sum(sin(y).times(y))).apply(x));
        table.put("vmap inside", x -> vmap((NDArray e) -> e.times(sum(x))).apply(x));
        return table;
    }

    private static Stream<DynamicTest> forAll(ThrowingConsumer<Function1<NDArray, NDArray>> law) {
        return table().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> law.accept(e.getValue())));
    }

    private static NDArray loop(Function1<NDArray, NDArray> f, NDArray batch) {
        List<NDArray> results = new ArrayList<>();
        for (int i = 0; i < batch.shape().dim(0); i++) {
            results.add(f.apply(batch.get(i)));
        }
        return stack(results);
    }

    private static void close(NDArray expected, NDArray given) {
        assertEquals(expected.type(), given.type());
        double[] wanted = expected.toDoubleArray();
        double[] found = given.toDoubleArray();
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], found[i], 1e-12 * (1 + Math.abs(wanted[i])));
        }
    }

    @TestFactory
    Stream<DynamicTest> vmapIsTheStackOfTheLoop() {
        return forAll(f -> {
            close(loop(f, BATCH), vmap(f).apply(BATCH));
            JaxprChecker.check(Fluxion.makeJaxpr(vmap(f)).apply(BATCH));
        });
    }

    @TestFactory
    Stream<DynamicTest> vmapOfJacobiansIsTheirLoop() {
        return forAll(f -> close(loop(jacrev(f), BATCH), vmap(jacrev(f)).apply(BATCH)));
    }

    @TestFactory
    Stream<DynamicTest> gradOfSummedVmapIsVmapOfGrad() {
        return forAll(f -> {
            Function1<NDArray, NDArray> scalar = x -> sum(sin(f.apply(x)));
            NDArray each = vmap(grad(scalar)).apply(BATCH);
            close(each, grad((NDArray xs) -> sum(vmap(scalar).apply(xs))).apply(BATCH));
            close(loop(grad(scalar), BATCH), each);
        });
    }

    @TestFactory
    Stream<DynamicTest> jitChangesNoBit() {
        return forAll(f -> {
            NDArray x = BATCH.get(0);
            assertArrayEquals(f.apply(x).toDoubleArray(), jit(f).apply(x).toDoubleArray());
            assertArrayEquals(
                    jacrev(f).apply(x).toDoubleArray(), jit(jacrev(f)).apply(x).toDoubleArray());
        });
    }

    @TestFactory
    Stream<DynamicTest> forwardAndReverseAreDual() {
        return forAll(f -> {
            NDArray x = BATCH.get(1);
            NDArray t = BATCH.get(2);
            NDArray pushed = jvp(f, x, t).tangent();
            NDArray ct = cos(f.apply(x).plus(1));
            NDArray pulled = vjp(f, x).pullback().apply(ct);
            assertEquals(sum(ct.times(pushed)).item(), sum(pulled.times(t)).item(), 1e-11);
        });
    }

    @TestFactory
    Stream<DynamicTest> theTransposeOfTheLinearizedFunctionIsThePullback() {
        return forAll(f -> {
            NDArray x = BATCH.get(1);
            NDArray ct = cos(f.apply(x).plus(1));
            NDArray transposed =
                    linearTranspose(Fluxion.linearize(f, x).jvp(), x).apply(ct);
            close(vjp(f, x).pullback().apply(ct), transposed);
        });
    }
}
