package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.retraces;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.JitOptions;
import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.transforms.Retrace;
import io.vavr.Function1;
import io.vavr.Function2;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Why a function was traced: what is new about its arguments, compared with the nearest ones so far. */
class RetracesTest {
    record Layer(NDArray w, double rate, List<NDArray> more) {}

    private static String last() {
        return retraces().last().toString().replaceAll("RetracesTest.java:\\d+", "HERE");
    }

    @Test
    void shapesAndDtypes() {
        Function1<NDArray, NDArray> f = x -> sum(sin(x));
        jit(f).apply(ones(3));
        assertEquals("traced lambda in shapesAndDtypes for jit at HERE\n  there is no trace of this function", last());
        jit(f).apply(ones(4));
        assertEquals("traced lambda in shapesAndDtypes for jit at HERE\n  argument 0 is f64[4], was f64[3]", last());
        grad(f).apply(ones(4).astype(DType.FLOAT32));
        assertEquals("traced lambda in shapesAndDtypes for grad at HERE\n  argument 0 is f32[4], was f64[4]", last());
        int before = retraces().size();
        grad(f).apply(ones(4));
        vmap(f).apply(ones(7, 3));
        assertEquals(before, retraces().size());
    }

    @Test
    void staticsAndStructure() {
        Function2<Layer, NDArray, NDArray> f = (l, x) -> sum(l.w().times(x)).times(l.rate());
        NDArray w = ones(2);
        jit(f).apply(new Layer(w, 0.5, List.of()), w);
        jit(f).apply(new Layer(w, 0.25, List.of()), w);
        assertEquals(
                "traced lambda in staticsAndStructure for jit at HERE\n  argument 0.rate is 0.25, was 0.5 (static)",
                last());
        jit(f).apply(new Layer(w, 0.25, List.of(w)), w);
        assertEquals("traced lambda in staticsAndStructure for jit at HERE\n  argument 0.more is [*], was []", last());
        Function2<NDArray, Integer, NDArray> power = jit(
                (NDArray x, Integer n) -> x.pow(n),
                JitOptions.builder().staticArgnums(1).build());
        power.apply(scalar(2.0), 3);
        power.apply(scalar(2.0), 4);
        assertEquals("traced lambda in staticsAndStructure for jit at HERE\n  argument 1 is 4, was 3 (static)", last());
        power.apply(ones(2), 4);
        assertEquals("traced lambda in staticsAndStructure for jit at HERE\n  argument 0 is f64[2], was f64[]", last());
    }

    @Test
    void freshFunctionObjects() {
        for (int i = 0; i < 3; i++) {
            double shift = i;
            jit((NDArray x) -> x.plus(shift)).apply(scalar(1.0));
        }
        assertEquals(
                "traced lambda in freshFunctionObjects for jit at HERE\n"
                    + "  the function object is not known, but 2 of the same expression were: keep it in a variable or"
                    + " field",
                last());
    }

    @Test
    void tracesInsideOfTraces() {
        Function1<NDArray, NDArray> outer = x -> grad((NDArray y) -> y.times(x)).apply(x);
        jit(outer).apply(scalar(2.0));
        List<String> inner = retraces()
                .map(Retrace::toString)
                .filter(text -> text.contains("closes over"))
                .toJavaList();
        assertEquals(
                "traced lambda in tracesInsideOfTraces for grad at HERE\n"
                        + "  there is no trace of this function\n"
                        + "  it closes over values of the trace around it, so its trace is not kept",
                inner.get(inner.size() - 1).replaceAll("RetracesTest.java:\\d+", "HERE"));
    }

    @Test
    void reasonsAreLoggedOnDemand() {
        List<String> messages = new ArrayList<>();
        Logger logger = Logger.getLogger("dev.fluxion.caches");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                messages.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        Function1<NDArray, NDArray> f = x -> x.times(2);
        try {
            jit(f).apply(ones(1));
            assertEquals(List.of(), messages);
            System.setProperty("fluxion.explainCacheMisses", "true");
            jit(f).apply(ones(2));
            assertEquals(1, messages.size());
            assertTrue(messages.get(0).endsWith("\n  argument 0 is f64[2], was f64[1]"), messages.get(0));
        } finally {
            System.clearProperty("fluxion.explainCacheMisses");
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
    }
}
