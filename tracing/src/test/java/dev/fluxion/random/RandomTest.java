package dev.fluxion.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tracing.Value;
import io.vavr.Function1;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomTest {
    private static final NDArray KEY = Random.key(0);

    private static Object host(NDArray x) {
        return ((Value.Concrete) x.value()).data().toHostArray();
    }

    private static NDArray grid(int rows, int columns) {
        return Lax.reshape(Lax.iota(DType.INT64, rows * columns), Shape.of(rows, columns));
    }

    /** The values are JAX's. */
    @Test
    void wideRangesOfIntegers() {
        assertArrayEquals(
                new long[] {1487257057961561871L, 3208789651521194108L, 4315659036180353741L, 1465598322582991827L},
                (long[]) host(Random.randint(KEY, Shape.of(4), 0, (1L << 62) + 1)));
        assertArrayEquals(
                new long[] {-7736114978893213937L, 7820475669948582015L, 4315659036180353743L, 1465598322582991829L},
                (long[]) host(Random.randint(KEY, Shape.of(4), Long.MIN_VALUE, Long.MAX_VALUE)));
        assertArrayEquals(new int[] {31327077, 89727312, 349724617, 1554082365}, (int[])
                host(Random.randint(KEY, Shape.of(4), 0, Integer.MAX_VALUE, DType.INT32)));
        assertArrayEquals(new int[] {-2116156571, -2057756336, 349724616, -593401283}, (int[])
                host(Random.randint(KEY, Shape.of(4), Integer.MIN_VALUE, 1L << 31, DType.INT32)));
        assertArrayEquals(new long[] {5, 5}, (long[]) host(Random.randint(KEY, Shape.of(2), 5, 3)));
    }

    /** The values are JAX's; above 1625 elements the order is sorted twice. */
    @Test
    void longPermutations() {
        NDArray once = Lax.sliceInDim(Random.permutation(KEY, 1000), 0, 8, 1, 0);
        assertArrayEquals(new long[] {166, 872, 474, 336, 210, 769, 0, 475}, (long[]) host(once));
        NDArray twice = Lax.sliceInDim(Random.permutation(Random.key(3), 2000), 0, 6, 1, 0);
        assertArrayEquals(new long[] {1883, 819, 811, 456, 1123, 377}, (long[]) host(twice));
        assertArrayEquals(new long[] {0}, (long[]) host(Random.permutation(KEY, 1)));
        assertArrayEquals(new long[0], (long[]) host(Random.permutation(KEY, 0)));
    }

    /** The values are JAX's. */
    @Test
    void otherAxes() {
        assertArrayEquals(new long[] {0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11}, (long[])
                host(Random.permutation(Random.key(3), grid(3, 4), 1, false)));
        assertArrayEquals(new long[] {0, 2, 1, 3, 5, 6, 7, 4, 10, 9, 11, 8}, (long[])
                host(Random.permutation(Random.key(3), grid(3, 4), -1, true)));
        NDArray logits = Lax.sin(Lax.convertElementType(grid(3, 4), DType.FLOAT64));
        assertArrayEquals(
                new long[] {2, 2, 0, 1}, (long[]) host(Random.categorical(Random.key(2), logits, 0, Shape.of(4))));
        assertArrayEquals(new long[] {8, 5, 5, 1, 2, 9}, (long[]) host(Random.choice(Random.key(1), 10, 2, 3)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, -1, 1L << 33, Long.MIN_VALUE})
    void seedsMayBeArrays(long seed) {
        NDArray array = NDArray.of(Backend.get().array(ArrayType.scalar(DType.INT64), new long[] {seed}));
        assertArrayEquals((int[]) host(Random.key(seed)), (int[]) host(Random.key(array)));
        assertArrayEquals((int[]) host(Random.foldIn(KEY, seed)), (int[]) host(Random.foldIn(KEY, array)));
    }

    @Test
    void tracedDrawsAreTheSame() {
        sameTraced(key -> Random.uniform(key, 3));
        sameTraced(key -> Random.normal(key, Shape.of(2, 2), DType.FLOAT32));
        sameTraced(key -> Random.bits(Random.foldIn(key, 3), 4));
        sameTraced(key -> Random.randint(key, Shape.of(4), -3, 12));
        sameTraced(key -> Random.permutation(key, 2000));
        sameTraced(key -> Random.permutation(key, grid(4, 3), 1, true));
        sameTraced(key -> Random.categorical(key, Random.uniform(key, 5)));
    }

    private static void sameTraced(Function1<NDArray, NDArray> draw) {
        NDArray key = Random.key(99);
        var traced = Trace.of("testing", Array.of(key.type()), keys -> keys.map(draw));
        NDArray staged = Tracing.call(traced.jaxpr(), Array.of(key)).get(0);
        NDArray direct = draw.apply(key);
        assertEquals(direct.type(), staged.type());
        assertEquals(
                Array.of(host(direct)).flatMap(RandomTest::boxed),
                Array.of(host(staged)).flatMap(RandomTest::boxed));
    }

    private static Array<Object> boxed(Object javaArray) {
        return Array.range(0, java.lang.reflect.Array.getLength(javaArray))
                .map(i -> java.lang.reflect.Array.get(javaArray, i));
    }

    @Test
    void rulesOfPermutingAgreeWithItsMeaning() {
        NDArray x = Random.uniform(Random.key(1), 2, 5, 3);
        NDArray words = Random.bits(Random.key(2), Shape.of(2, 5), DType.INT32);
        NDArray order = SortOrder.of(words);
        Array<ArrayType> one = Array.of(ArrayType.of(DType.FLOAT64, 5, 3), ArrayType.of(DType.INT32, 5));
        Permute permute = new Permute(5);

        NDArray batched = Tracing.call(
                        permute.batch(one, Array.of(true, true), 2).orElseThrow(), Array.of(x, order))
                .get(0);
        NDArray shared = Tracing.call(
                        permute.batch(one, Array.of(true, false), 2).orElseThrow(), Array.of(x, row(order, 1)))
                .get(0);
        for (int i = 0; i < 2; i++) {
            same(Permute.of(row(x, i), row(order, i)), row(batched, i));
            same(Permute.of(row(x, i), row(order, 1)), row(shared, i));
            same(SortOrder.of(row(words, i)), row(order, i));
        }
        NDArray back = Tracing.call(
                        permute.transpose(one, Array.of(true, false)).orElseThrow(),
                        Array.of(row(order, 0), row(batched, 0)))
                .get(0);
        same(row(x, 0), back);
        Array<NDArray> jvp =
                Tracing.call(permute.jvp(one).orElseThrow(), Array.of(row(x, 0), row(order, 0), row(x, 1)));
        same(row(batched, 0), jvp.get(0));
        same(Permute.of(row(x, 1), row(order, 0)), jvp.get(1));
    }

    private static NDArray row(NDArray x, int i) {
        return Lax.squeeze(Lax.sliceInDim(x, i, i + 1, 1, 0), Ints.of(0));
    }

    private static void same(NDArray expected, NDArray given) {
        assertEquals(expected.type(), given.type());
        assertEquals(boxed(host(expected)), boxed(host(given)));
    }
}
