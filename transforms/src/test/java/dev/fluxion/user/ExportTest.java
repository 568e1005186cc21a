package dev.fluxion.user;

import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.export;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.shapeOnly;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.Exported;
import dev.fluxion.Jvp;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.text.ParseOptions;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Functions that are written, and used again without their code. */
class ExportTest {
    record Layer(NDArray w, NDArray b, int size, Kind kind) {}

    record Plain(NDArray w, NDArray b, double rate) {}

    enum Kind {
        DENSE
    }

    private static final NDArray X = array(0.5, -1.25);
    private static final Function2<Layer, NDArray, NDArray> PREDICT =
            (layer, x) -> sum(tanh(layer.w().matmul(x).plus(layer.b())).times(layer.size()));

    private static byte[] write(Exported exported) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        exported.write(bytes);
        return bytes.toByteArray();
    }

    private static Exported read(byte[] file, Class<?>... classes) throws IOException {
        return Exported.read(new ByteArrayInputStream(file), ParseOptions.DEFAULT, classes);
    }

    private static Exported copy(Exported exported) throws IOException {
        return read(write(exported));
    }

    @Test
    void isCalledDifferentiatedBatchedAndCompiled() throws IOException {
        Function1<NDArray, NDArray> f = x -> sum(sin(x).times(x));
        Function1<NDArray, NDArray> again =
                copy(export(f, shapeOnly(ArrayType.of(DType.FLOAT64, 2)))).function();
        assertEquals(f.apply(X).item(), again.apply(X).item());
        assertArrayEquals(grad(f).apply(X).toDoubleArray(), grad(again).apply(X).toDoubleArray());
        assertArrayEquals(
                hessian(f).apply(X).toDoubleArray(), hessian(again).apply(X).toDoubleArray());
        NDArray batch = ones(3, 2);
        assertArrayEquals(
                vmap(grad(f)).apply(batch).toDoubleArray(),
                jit(vmap(grad(again))).apply(batch).toDoubleArray());
    }

    @Test
    void aRuleThatCallsItsFunctionGoesAlong() throws IOException {
        Function1<NDArray, NDArray> exp = Rules.EXP;
        Function1<NDArray, NDArray> again = copy(export(exp, X)).function();
        Function1<NDArray, NDArray> total = x -> sum(again.apply(x));
        // The rule says twice the derivative, so that it is seen.
        assertArrayEquals(
                exp.apply(X).times(8.0).toDoubleArray(),
                grad((NDArray x) -> sum(
                                grad((NDArray y) -> sum(grad(total).apply(y))).apply(x)))
                        .apply(X)
                        .toDoubleArray(),
                1e-12);
        Function1<NDArray, NDArray> batched = copy(export(vmap(exp), X)).function();
        assertArrayEquals(
                exp.apply(X).times(2.0).toDoubleArray(),
                grad((NDArray x) -> sum(batched.apply(x))).apply(X).toDoubleArray(),
                1e-12);
    }

    private static final class Rules {
        static final Function1<NDArray, NDArray> EXP = customJvp((NDArray x) -> dev.fluxion.numpy.Numpy.exp(x))
                .defjvp((x, t) -> {
                    NDArray y = Rules.EXP.apply(x);
                    return new Jvp<>(y, y.times(t).times(2.0));
                });
    }

    @Test
    void treesComeBack() throws IOException {
        Function2<Map<String, List<NDArray>>, Tuple2<NDArray, Optional<NDArray>>, Map<Integer, Object>> f = (m, t) ->
                Map.of(2, m.get("b").get(0).plus(t._1), 1, Tuple.of(m.get("a").get(0), t._2.get()));
        Map<String, List<NDArray>> m = Map.of("a", List.of(scalar(1.0)), "b", List.of(scalar(2.0)));
        Tuple2<NDArray, Optional<NDArray>> t = Tuple.of(scalar(3.0), Optional.of(scalar(4.0)));
        Function2<Map<String, List<NDArray>>, Tuple2<NDArray, Optional<NDArray>>, Map<Integer, Object>> again =
                copy(export(f, m, t)).function2();
        Map<Integer, Object> result = again.apply(m, t);
        assertEquals(5.0, ((NDArray) result.get(2)).item());
        assertEquals(4.0, ((NDArray) assertInstanceOf(Tuple2.class, result.get(1))._2).item());
    }

    private static final Layer LAYER =
            new Layer(array(new double[][] {{1, 2}, {3, 4}}), array(5.0, 6.0), 7, Kind.DENSE);

    /** The components come in the order of the record, the entries of the map in that of their names. */
    @Test
    void recordsWithoutTheirClassAreMaps() throws IOException {
        Exported again = copy(export(PREDICT, LAYER, X));
        assertEquals(
                "lambda in static: Array({\"b\": *, \"w\": *}, *) -> *",
                again.toString().lines().findFirst().orElseThrow());
        Function2<Map<String, NDArray>, NDArray, NDArray> f = again.function2();
        Map<String, NDArray> layer = new LinkedHashMap<>();
        layer.put("w", LAYER.w());
        layer.put("b", LAYER.b());
        assertEquals(PREDICT.apply(LAYER, X).item(), f.apply(layer, X).item());
        Map<String, NDArray> gradient = grad(f).apply(layer, X);
        Layer expected = grad(PREDICT).apply(LAYER, X);
        assertArrayEquals(expected.w().toDoubleArray(), gradient.get("w").toDoubleArray());
        assertArrayEquals(expected.b().toDoubleArray(), gradient.get("b").toDoubleArray());
        Function2<Map<String, NDArray>, NDArray, NDArray> twice = copy(again).function2();
        assertEquals(PREDICT.apply(LAYER, X).item(), twice.apply(layer, X).item());
    }

    @Test
    void recordsComeBackWhereTheirClassIsGiven() throws IOException {
        Plain plain = new Plain(X, X.times(2.0), 0.5);
        Function1<Plain, Plain> f = p -> new Plain(p.b(), p.w().times(p.rate()), p.rate());
        Function1<Plain, Plain> again =
                read(write(export(f, plain)), Plain.class).function();
        Plain result = again.apply(plain);
        assertArrayEquals(new double[] {1, -2.5}, result.w().toDoubleArray());
        assertEquals(0.5, result.rate());
        FluxionException other = assertThrows(FluxionException.class, () -> again.apply(new Plain(X, X, 0.25)));
        assertEquals("FX0501", other.code().id());
    }

    @Test
    void whatAFileCannotHoldIsRefused() throws IOException {
        byte[] file = write(export(PREDICT, LAYER, X));
        FluxionException e = assertThrows(FluxionException.class, () -> read(file, Layer.class));
        assertEquals("""
            FX0702 byte 29: dev.fluxion.user.ExportTest$Layer.kind is DENSE, which a file cannot hold
              hint: read it without the class: then the value comes as a map of arrays\
            """, e.getMessage());
    }

    @Test
    void otherArgumentsAreRefused() throws IOException {
        Exported f = copy(export((NDArray x) -> sin(x), X));
        assertEquals(
                "FX0201",
                assertThrows(FluxionException.class, () -> f.call(ones(3)))
                        .code()
                        .id());
        assertEquals(
                "FX0202",
                assertThrows(FluxionException.class, () -> f.call(array(new int[] {1, 2})))
                        .code()
                        .id());
        assertEquals(
                "FX0501",
                assertThrows(FluxionException.class, () -> f.call(X, X)).code().id());
        assertEquals(
                "FX0103",
                assertThrows(FluxionException.class, f::function2).code().id());
    }

    /**
     * {@code (p, x) -> sum(checkpoint(sin)(foriLoop(0, 5, c -> tanh(p.w * c + p.b), x)))} of a record (w, b), written when
     * version 1 was made. It is never written again.
     */
    @Test
    void version1IsStillRead() throws IOException {
        Exported exported;
        try (InputStream in = ExportTest.class.getResourceAsStream("/files/version1.fxe")) {
            exported = Exported.read(in, ParseOptions.DEFAULT);
        }
        Function2<Map<String, NDArray>, NDArray, NDArray> f = exported.function2();
        Map<String, NDArray> p = Map.of("w", array(0.5, 0.25), "b", array(0.1, -0.2));
        NDArray x = array(1.0, 2.0);
        Function2<Map<String, NDArray>, NDArray, NDArray> same = (q, y) -> {
            NDArray c = y;
            for (int i = 0; i < 5; i++) {
                c = tanh(q.get("w").times(c).plus(q.get("b")));
            }
            return sum(sin(c));
        };
        assertEquals(same.apply(p, x).item(), f.apply(p, x).item());
        assertArrayEquals(
                grad(same).apply(p, x).get("w").toDoubleArray(),
                grad(f).apply(p, x).get("w").toDoubleArray(),
                1e-12);
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        byte[] file = write(export(PREDICT, LAYER, X));
        for (int i = 0; i < file.length; i++) {
            byte[] damaged = file.clone();
            damaged[i] ^= 0x11;
            assertThrows(FluxionException.class, () -> read(damaged));
        }
    }
}
