package dev.fluxion.user;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.gradBoth;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.Jvp;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprEquality;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Tree;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple2;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs, arrays and transformed functions through streams of Java objects. */
class SerializationTest {
    private static final NDArray X = array(0.5, -1.25, 2.0);
    private static final Function1<NDArray, NDArray> LOSS = x -> sum(sin(x).times(x));
    private static final Function1<NDArray, NDArray> FIELD = x -> sin(x).times(x);
    private static final Function2<NDArray, NDArray, NDArray> PAIR = (x, y) -> sum(sin(x).times(y));

    private static byte[] write(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked")
    private static <T> T read(byte... bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(
                    ObjectInputFilter.Config.createFilter("dev.fluxion.**;io.vavr.**;java.base/*;maxarray=100;!*"));
            return (T) in.readObject();
        }
    }

    private static <T> T copy(T value) throws IOException, ClassNotFoundException {
        return read(write(value));
    }

    static Stream<Function1<NDArray, ?>> transformed() {
        return Stream.of(
                jit(FIELD),
                grad(LOSS),
                grad((NDArray x) -> sum(grad(LOSS).apply(x))),
                valueAndGrad(LOSS),
                vmap(FIELD),
                vmap(grad((NDArray x) -> sin(x))),
                vmap(FIELD, inAxes(-1), 0),
                jacfwd(FIELD),
                jacrev(FIELD),
                hessian(LOSS),
                checkpoint(FIELD),
                grad(jit(checkpoint(LOSS))),
                grad((NDArray x) -> sum(customJvp(FIELD)
                        .defjvp((p, t) -> new Jvp<>(FIELD.apply(p), cos(p).times(t)))
                        .apply(x))),
                customJvp(FIELD).defjvp((p, t) -> new Jvp<>(FIELD.apply(p), cos(p).times(t))),
                customJvp(FIELD).defjvps((t, y, p) -> t.times(y)),
                customVjp(FIELD).defvjp(p -> new Tuple2<>(FIELD.apply(p), p), (s, ct) -> ct.times(s)));
    }

    @ParameterizedTest
    @MethodSource("transformed")
    void functionsComputeTheSame(Function1<NDArray, ?> f) throws Exception {
        Function1<NDArray, ?> again = copy(f);
        var expected = Tree.flatten(f.apply(X));
        var found = Tree.flatten(again.apply(X));
        assertEquals(expected.treeDef(), found.treeDef());
        for (int i = 0; i < expected.leaves().size(); i++) {
            assertArrayEquals(
                    expected.leaves().get(i).toDoubleArray(),
                    found.leaves().get(i).toDoubleArray());
        }
    }

    @Test
    void functionsReadCanBeTransformed() throws Exception {
        Function1<NDArray, NDArray> jitted = copy(jit(LOSS));
        assertArrayEquals(
                grad(LOSS).apply(X).toDoubleArray(), grad(jitted).apply(X).toDoubleArray());
    }

    @Test
    void functionsOfTwoArguments() throws Exception {
        Function2<NDArray, NDArray, NDArray> mapped = copy(vmap(PAIR, inAxes(0, NONE)));
        assertArrayEquals(
                vmap(PAIR, inAxes(0, NONE)).apply(X, scalar(2.0)).toDoubleArray(),
                mapped.apply(X, scalar(2.0)).toDoubleArray());
        Function2<NDArray, NDArray, Tuple2<NDArray, NDArray>> both = copy(gradBoth(PAIR));
        assertArrayEquals(
                gradBoth(PAIR).apply(X, X)._2.toDoubleArray(),
                both.apply(X, X)._2.toDoubleArray());
    }

    @Test
    void whatAFunctionClosesOverGoesAlong() throws Exception {
        NDArray weights = array(1.0, 2.0, 3.0);
        Function1<NDArray, NDArray> f = copy(grad((NDArray x) -> sum(x.times(weights))));
        assertArrayEquals(weights.toDoubleArray(), f.apply(X).toDoubleArray());
    }

    @Test
    void functionsThatCloseOverOtherThingsAreRefused() {
        Object lock = new Object();
        Function1<NDArray, NDArray> f = x -> lock.equals(x) ? x : sin(x);
        assertEquals(
                "java.lang.Object",
                assertThrows(NotSerializableException.class, () -> write(jit(f)))
                        .getMessage());
    }

    @Test
    void programs() throws Exception {
        Jaxpr jaxpr = makeJaxpr(grad(LOSS)).apply(X);
        Map<String, Jaxpr> again = copy(Map.of("a", jaxpr));
        assertTrue(JaxprEquality.alphaEqual(jaxpr, again.get("a")));
    }

    @Test
    void arraysKeepTheirBits() throws Exception {
        NDArray again = copy(X.times(Double.NaN));
        assertTrue(Double.isNaN(again.toDoubleArray()[2]));
        assertEquals(X.type(), again.type());
    }

    @Test
    void tracersAreRefused() {
        assertThrows(
                FluxionException.class,
                () -> grad((NDArray x) -> {
                            assertThrows(FluxionException.class, () -> write(x));
                            return x.item() > 0 ? x : x;
                        })
                        .apply(scalar(1.0)));
    }

    /** Each byte of the stream changed: the answer is a program, an exception of the stream, or a FluxionException. */
    @Test
    void damagedStreams() throws Exception {
        byte[] stream = write(makeJaxpr(LOSS).apply(X));
        for (int i = 4; i < stream.length; i++) {
            byte[] damaged = stream.clone();
            damaged[i] ^= 0x55;
            try {
                Object read = read(damaged);
                assertTrue(!(read instanceof Jaxpr jaxpr) || jaxpr.equations().size() > 0);
            } catch (IOException | ClassNotFoundException | FluxionException | ClassCastException e) {
                assertTrue(e.toString().length() > 0);
            }
        }
    }
}
