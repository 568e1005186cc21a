package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.random.Random;
import io.vavr.Function1;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Draws under the transforms: the same bits in a batch, compiled, and one by one. */
class RandomTest {
    private static Map<String, Function1<NDArray, NDArray>> draws() {
        Map<String, Function1<NDArray, NDArray>> draws = new LinkedHashMap<>();
        draws.put("uniform", key -> Random.uniform(key, 3));
        draws.put("normal", key -> Random.normal(key, 2, 2));
        draws.put("split", key -> Random.split(key, 3));
        draws.put("foldIn", key -> Random.foldIn(key, 7));
        draws.put("permutation", key -> Random.permutation(key, 6));
        draws.put("permuted rows", key -> Random.permutation(key, arange(8.0).reshape(4, 2)));
        draws.put("uniform of a folded key", key -> Random.uniform(Random.foldIn(key, 3), 5));
        return draws;
    }

    @TestFactory
    Stream<DynamicTest> batchesOfKeysAreLoops() {
        NDArray keys = Random.split(Random.key(42), 4);
        return draws().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    List<NDArray> loop = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        loop.add(e.getValue().apply(keys.get(i)));
                    }
                    NDArray batched = vmap(e.getValue()).apply(keys);
                    assertEquals(stack(loop).type(), batched.type());
                    assertArrayEquals(stack(loop).toDoubleArray(), batched.toDoubleArray());
                }));
    }

    @TestFactory
    Stream<DynamicTest> compiledDrawsAreTheSame() {
        NDArray key = Random.key(7);
        return draws().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(),
                        () -> assertArrayEquals(
                                e.getValue().apply(key).toDoubleArray(),
                                jit(e.getValue()).apply(key).toDoubleArray())));
    }

    /** The recorded cases vmap_uniform and grad_reparam_normal. */
    @Test
    void theNumbersOfJax() {
        NDArray drawn = vmap((NDArray key) -> Random.uniform(key, 2)).apply(Random.split(Random.key(0), 3));
        assertArrayEquals(
                new double[] {
                    0.9699479979898888,
                    0.31518185988363556,
                    0.08062436666431605,
                    0.923948835561414,
                    0.651922255581562,
                    0.8795451917764219
                },
                drawn.toDoubleArray());
        Function1<NDArray, NDArray> f = p -> {
            NDArray sample = p.get(0).plus(exp(p.get(1)).times(Random.normal(Random.key(0), 8)));
            return square(sample).mean();
        };
        double[] expected = {1.0607173715467038, 1.0880350604892535};
        assertArrayEquals(expected, grad(f).apply(array(0.3, -0.2)).toDoubleArray(), 1e-11);
    }

    @Test
    void gradientsFlowThroughScaledDraws() {
        NDArray key = Random.key(1);
        Function1<NDArray, NDArray> f = s -> sum(Random.normal(key, 5).times(s));
        double total = sum(Random.normal(key, 5)).item();
        assertEquals(total, grad(f).apply(scalar(2.0)).item(), 1e-14);
        assertEquals(total, jit(grad(f)).apply(scalar(2.0)).item(), 1e-14);
    }
}
