package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.evalShape;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.linearize;
import static dev.fluxion.Fluxion.lower;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.savedResiduals;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.Fluxion;
import dev.fluxion.JitOptions;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Plain Java values in arguments: they stay as they are, in every transform, and each value has its own trace. */
class StaticArgumentsTest {
    enum Activation {
        SIN,
        NONE
    }

    /** An array with its settings: all but the array is static. */
    record Layer(NDArray w, int power, String name, Activation activation, boolean twice) {}

    record Settings(int power, List<Activation> chain) {}

    private static final JitOptions SECOND =
            JitOptions.builder().staticArgnums(1).build();

    private final AtomicInteger runs = new AtomicInteger();

    private final Function1<Layer, NDArray> loss = layer -> {
        runs.incrementAndGet();
        NDArray y = layer.w().pow(layer.power());
        y = layer.activation() == Activation.SIN ? sin(y) : y;
        return sum(layer.twice() ? y.times(2) : y);
    };

    private static Layer layer(int power) {
        return new Layer(array(1.0, 2.0), power, "dense", Activation.NONE, true);
    }

    private final Function2<NDArray, Integer, NDArray> power = (x, n) -> {
        runs.incrementAndGet();
        NDArray y = x;
        for (int i = 1; i < n; i++) {
            y = y.times(x);
        }
        return y;
    };

    @Test
    void eachValueOfARecordsComponentsHasItsTrace() {
        Function1<Layer, NDArray> jitted = jit(loss);
        assertEquals(10, jitted.apply(layer(2)).item());
        assertEquals(10, jitted.apply(layer(2)).item());
        assertEquals(18, jitted.apply(layer(3)).item());
        assertEquals(2, runs.get());
        jitted.apply(new Layer(array(1.0, 2.0), 2, "dense", Activation.SIN, true));
        jitted.apply(new Layer(array(1.0, 2.0), 2, "other", Activation.NONE, true));
        jitted.apply(new Layer(array(1.0, 2.0), 2, "dense", Activation.NONE, false));
        assertEquals(5, runs.get());
    }

    @Test
    void recordsKeepTheirComponentsInEveryTransform() {
        Layer x = layer(3);
        double[] slope = {6, 24};
        Layer gradient = grad(loss).apply(x);
        assertArrayEquals(slope, gradient.w().toDoubleArray());
        assertEquals(new Layer(gradient.w(), 3, "dense", Activation.NONE, true), gradient);
        assertArrayEquals(slope, grad(jit(loss)).apply(x).w().toDoubleArray());
        assertArrayEquals(slope, jit(grad(loss)).apply(x).w().toDoubleArray());
        assertArrayEquals(slope, valueAndGrad(loss).apply(x).gradient().w().toDoubleArray());
        Layer direction = new Layer(array(1.0, 0.0), 3, "dense", Activation.NONE, true);
        assertEquals(6, jvp(loss, x, direction).tangent().item());
        assertEquals(6, linearize(loss, x).apply(direction).item());
        assertArrayEquals(slope, vjp(loss, x).pullback().apply(scalar(1.0)).w().toDoubleArray());
        Layer batch = new Layer(ones(4, 2), 3, "dense", Activation.NONE, true);
        assertArrayEquals(new double[] {4, 4, 4, 4}, vmap(loss).apply(batch).toDoubleArray());
        assertArrayEquals(
                new double[] {6, 6}, vmap(grad(loss)).apply(batch).w().get(3).toDoubleArray());
        assertEquals("f64[]", evalShape(loss).apply(x).type().toString());
        assertEquals(1, makeJaxpr(loss).apply(x).inputs().size());
        assertEquals(1, runs.get());
    }

    @Test
    void tangentsHaveTheStaticsOfTheirPrimals() {
        assertEquals("""
            FX0501 jvp tangents: the structure differs from that of the primals
              expected Array(Layer(w=*, power=3, name="dense", activation=NONE, twice=true))
              given    Array(Layer(w=*, power=2, name="dense", activation=NONE, twice=true))
              at HERE\
            """, message(() -> jvp(loss, layer(3), layer(2))));
    }

    @Test
    void aWholeArgumentIsStatic() {
        Function2<NDArray, Integer, NDArray> jitted = jit(power, SECOND);
        assertEquals(8, jitted.apply(scalar(2.0), 3).item());
        assertEquals(27, jitted.apply(scalar(3.0), 3).item());
        assertEquals(1, runs.get());
        assertEquals(81, jitted.apply(scalar(3.0), 4).item());
        assertEquals(2, runs.get());
    }

    @Test
    void transformsOfSuchAFunctionLeaveItStatic() {
        Function2<NDArray, Integer, NDArray> jitted = jit(power, SECOND);
        assertEquals(12, grad(jitted).apply(scalar(2.0), 3).item());
        assertEquals(12, grad(grad(jitted)).apply(scalar(2.0), 3).item());
        assertEquals(8, valueAndGrad(jitted).apply(scalar(2.0), 3).value().item());
        NDArray batch = array(1.0, 2.0, 3.0);
        assertArrayEquals(new double[] {1, 8, 27}, vmap(jitted).apply(batch, 3).toDoubleArray());
        assertArrayEquals(
                new double[] {3, 12, 27},
                vmap(grad(jitted), inAxes(0, Fluxion.NONE)).apply(batch, 3).toDoubleArray());
        assertEquals(12, jit(grad(jitted)).apply(scalar(2.0), 3).item());
        assertEquals(1, savedResiduals(jitted, scalar(2.0), 2).residuals().size());
        assertEquals(12, grad(checkpoint(jitted)).apply(scalar(2.0), 3).item());
        assertEquals(
                12,
                lower(grad(jitted))
                        .apply(scalar(2.0), 3)
                        .compile()
                        .function()
                        .apply(scalar(2.0), 3)
                        .item());
        assertEquals(2, makeJaxpr(jitted).apply(scalar(2.0), 3).equations().size() + 1);
    }

    @Test
    void insideATraceTheValueIsSeenToo() {
        Function2<NDArray, Integer, NDArray> jitted = jit(power, SECOND);
        assertEquals(
                12, grad((NDArray x) -> jitted.apply(x, 3)).apply(scalar(2.0)).item());
    }

    @Test
    void recordsAndListsAreStaticAsAWhole() {
        Function2<NDArray, Settings, NDArray> f = (x, s) -> {
            runs.incrementAndGet();
            NDArray y = x.pow(s.power());
            for (Activation a : s.chain()) {
                y = a == Activation.SIN ? sin(y) : y;
            }
            return y;
        };
        Function2<NDArray, Settings, NDArray> jitted = jit(f, SECOND);
        for (int i = 0; i < 3; i++) {
            Settings settings = new Settings(2, List.of(Activation.NONE, Activation.SIN));
            assertEquals(Math.sin(4), jitted.apply(scalar(2.0), settings).item());
        }
        jitted.apply(scalar(2.0), new Settings(2, List.of()));
        jitted.apply(scalar(2.0), new Settings(3, List.of()));
        assertEquals(3, runs.get());
    }

    @Test
    void functionsAreComparedByIdentity() {
        Function2<NDArray, Function1<NDArray, NDArray>, NDArray> apply = (x, g) -> {
            runs.incrementAndGet();
            return g.apply(x);
        };
        Function2<NDArray, Function1<NDArray, NDArray>, NDArray> jitted = jit(apply, SECOND);
        Function1<NDArray, NDArray> g = x -> x.times(3);
        assertEquals(6, jitted.apply(scalar(2.0), g).item());
        assertEquals(9, jitted.apply(scalar(3.0), g).item());
        assertEquals(1, runs.get());
    }

    @Test
    void arraysAreNotStatic() {
        assertEquals(
                """
                FX0503 jit of lambda in arraysAreNotStatic: argument 1 is static, but it is an array, f64[]
                  at HERE
                  hint: static arguments are plain Java values, compared from call to call; arrays are traced: take the argument out of staticArgnums\
                """,
                message(() -> jit((NDArray x, NDArray y) -> x.plus(y), SECOND).apply(scalar(1.0), scalar(2.0))));
        assertEquals(
                """
                FX0503 jit of lambda in arraysAreNotStatic: argument 1 is static, but its .w is an array, f64[2]
                  at HERE
                  hint: static arguments are plain Java values, compared from call to call; arrays are traced: take the argument out of staticArgnums\
                """,
                message(() -> jit((NDArray x, Layer l) -> x.plus(l.w()), SECOND).apply(scalar(1.0), layer(1))));
    }

    private record Holder(String name, Object what) {}

    @Test
    void valuesThatCannotBeComparedAreRefused() {
        String advice = """
              two of them are equal only when they are the same object, and every other one would be traced anew
              at HERE
              hint: use a number, a string, an enum, a record, a List of them, or a class with an equals of its own\
            """;
        Function2<NDArray, Object, NDArray> jitted = jit((NDArray x, Object o) -> x, SECOND);
        assertEquals(
                "FX0503 jit of lambda in valuesThatCannotBeComparedAreRefused: argument 1 is static, but it is an"
                        + " int[], which has no value to compare\n"
                        + advice,
                message(() -> jitted.apply(scalar(1.0), new int[] {1})));
        assertEquals(
                "FX0503 jit of lambda in valuesThatCannotBeComparedAreRefused: argument 1 is static, but its [0].what"
                        + " is a java.lang.Thread, which has no value to compare\n"
                        + advice,
                message(() -> jitted.apply(scalar(1.0), List.of(new Holder("t", new Thread())))));
        assertEquals(
                "FX0503 jit of lambda in valuesThatCannotBeComparedAreRefused: argument 1 is static, but it is a"
                        + " java.util.HashSet, which has no value to compare\n"
                        + advice,
                message(() -> jitted.apply(scalar(1.0), new HashSet<>())));
    }

    @Test
    void aStaticArgumentHasNoDerivative() {
        assertEquals("""
            FX0402 grad of lambda in jit: argument 1 is static, which has no derivative
              at HERE
              hint: differentiate with respect to other arguments, or take it out of staticArgnums\
            """, message(() -> grad(1, jit(power, SECOND)).apply(scalar(1.0), 2)));
    }

    @Test
    void optionsAreChecked() {
        assertEquals(
                "FX0104 JitOptions: there is no argument 3; the function has 3, counted from 0\n  at HERE",
                message(() -> jit(
                        (Function3<NDArray, NDArray, NDArray, NDArray>) (a, b, c) -> a,
                        JitOptions.builder().staticArgnums(3).build())));
        assertEquals(
                """
                FX0104 JitOptions: argument 1 is both static and donated
                  at HERE
                  hint: a static argument has no buffer to give up\
                """,
                message(() -> JitOptions.builder()
                        .staticArgnums(0, 1)
                        .donateArgnums(1, 2)
                        .build()));
        assertEquals(SECOND, JitOptions.builder().staticArgnums(1).build());
        assertEquals("JitOptions{staticArgnums=[1], donateArgnums=[]}", SECOND.toString());
    }

    private static String message(Executable action) {
        return assertThrows(FluxionException.class, action)
                .getMessage()
                .replaceAll("StaticArgumentsTest.java:\\d+", "HERE");
    }
}
