package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.clearCaches;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.lower;
import static dev.fluxion.Fluxion.shapeOnly;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.Compiled;
import dev.fluxion.JitOptions;
import dev.fluxion.Lowered;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Programs and compiled functions ahead of time. */
class LoweringTest {
    record Layer(NDArray w, String name) {}

    private static final Function2<Layer, NDArray, NDArray> LOSS = (l, x) -> sum(sin(l.w().times(x)));

    private static NDArray shape(int... dims) {
        return shapeOnly(ArrayType.of(DType.FLOAT64, dims));
    }

    @Test
    void theProgramIsThereWithoutData() {
        Lowered<Function2<Layer, NDArray, NDArray>> lowered = lower(LOSS).apply(new Layer(shape(3), "in"), shape(3));
        assertEquals("""
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[3] = mul a b
                d:f64[3] = sin c
                e:f64[] = reduce_sum[axes=(0,)] d
              in (e,) }\
            """, lowered.toString().strip());
        assertEquals(
                "Array(Layer(w=*, name=\"in\"), *)", lowered.argumentStructure().toString());
        assertEquals("Array(f64[3], f64[3])", lowered.argumentTypes().toString());
        assertEquals("*", lowered.resultStructure().toString());
        assertEquals("Array(f64[])", lowered.resultTypes().toString());
    }

    @Test
    void theCompiledFunctionTakesWhatItWasCompiledFor() {
        Compiled<Function2<Layer, NDArray, NDArray>> compiled =
                lower(LOSS).apply(new Layer(shape(2), "in"), shape(2)).compile();
        NDArray x = array(1.0, 2.0);
        double expected = Math.sin(1) + Math.sin(4);
        assertEquals(expected, compiled.function().apply(new Layer(x, "in"), x).item(), 1e-15);
        clearCaches();
        assertEquals(expected, compiled.function().apply(new Layer(x, "in"), x).item(), 1e-15);
    }

    @Test
    void otherArgumentsAreRefused() {
        Function2<Layer, NDArray, NDArray> f =
                lower(LOSS).apply(new Layer(shape(2), "in"), shape(2)).compile().function();
        assertEquals("""
            FX0604 compiled lambda in static: the arguments are not those that it was compiled for
              argument 0.name is "out", was "in" (static)
              argument 0.w is f64[3], was f64[2]
              argument 1 is f32[2], was f64[2]
              at HERE
              hint: lower and compile it for these arguments too, or call jit(f), which compiles for any\
            """, message(() -> f.apply(new Layer(ones(3), "out"), ones(2).astype(DType.FLOAT32))));
    }

    @Test
    void itIsTracedOnce() {
        AtomicInteger runs = new AtomicInteger();
        Function1<NDArray, NDArray> f = x -> {
            runs.incrementAndGet();
            return x.times(2);
        };
        Function1<NDArray, NDArray> compiled =
                lower(f).apply(shape(2)).compile().function();
        jit(f).apply(ones(2));
        compiled.apply(ones(2));
        lower(f).apply(ones(2)).costAnalysis();
        assertEquals(1, runs.get());
    }

    @Test
    void transformsOfACompiledFunction() {
        Function1<NDArray, NDArray> cube = lower((NDArray x) -> x.times(x).times(x))
                .apply(shape())
                .compile()
                .function();
        assertEquals(12, grad(cube).apply(scalar(2.0)).item());
        assertEquals(12, grad(grad(cube)).apply(scalar(2.0)).item());
        assertArrayEquals(
                new double[] {1, 8, 27}, vmap(cube).apply(array(1.0, 2.0, 3.0)).toDoubleArray());
        Function1<NDArray, NDArray> slope =
                lower(grad((NDArray x) -> x.times(x))).apply(shape()).compile().function();
        assertEquals(6, slope.apply(scalar(3.0)).item());
    }

    @Test
    void staticAndDonatedArguments() {
        JitOptions options =
                JitOptions.builder().donateArgnums(0).staticArgnums(1).build();
        Compiled<Function2<NDArray, Integer, NDArray>> compiled = lower((NDArray x, Integer n) -> x.pow(n), options)
                .apply(shape(2), 3)
                .compile();
        NDArray x = array(1.0, 2.0);
        assertArrayEquals(new double[] {1, 8}, compiled.function().apply(x, 3).toDoubleArray());
        assertThrows(FluxionException.class, x::item);
        if (Backend.get().name().equals("cpu")) {
            assertEquals(16, compiled.memoryAnalysis().aliasBytes());
        }
        assertEquals("""
            FX0604 compiled lambda in staticAndDonatedArguments: the arguments are not those that it was compiled for
              argument 1 is 4, was 3 (static)
              at HERE
              hint: lower and compile it for these arguments too, or call jit(f), which compiles for any\
            """, message(() -> compiled.function().apply(ones(2), 4)));
    }

    @Test
    void closedOverTracersAreRefused() {
        assertEquals(
                """
                FX0301 lower of lambda in closedOverTracersAreRefused: it closes over traced values, which are not known yet
                  at HERE, while tracing lambda in closedOverTracersAreRefused for grad
                  hint: lower functions outside of traced code, or pass the values as arguments\
                """,
                message(() -> grad((NDArray x) -> {
                            lower((NDArray y) -> y.times(x)).apply(shape());
                            return x;
                        })
                        .apply(scalar(1.0))));
    }

    @Test
    void theEngineSaysWhatMemoryARunNeeds() {
        var memory = lower((NDArray x) -> List.of(x, sum(sin(x)), zeros(4).plus(x)))
                .apply(shape(4))
                .compile()
                .memoryAnalysis();
        assertEquals(32, memory.argumentBytes());
        assertEquals(32 + 8 + 32, memory.outputBytes());
        assertEquals(
                memory.argumentBytes()
                        + memory.constantBytes()
                        + memory.outputBytes()
                        - memory.aliasBytes()
                        + memory.temporaryBytes(),
                memory.peakBytes());
    }

    private static String message(Executable action) {
        return assertThrows(FluxionException.class, action).getMessage().replaceAll("LoweringTest.java:\\d+", "HERE");
    }
}
