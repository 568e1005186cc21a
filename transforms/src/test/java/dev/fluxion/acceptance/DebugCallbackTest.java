package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.debugCallback;
import static dev.fluxion.Fluxion.debugPrint;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.laplacian;
import static dev.fluxion.Fluxion.linearize;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.nthDerivative;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.passes.Passes;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a callback sees, how often, and in which order, under every transform. */
class DebugCallbackTest {
    private final List<String> seen = new ArrayList<>();

    private void look(String name, NDArray x) {
        debugCallback(v -> seen.add(name + " " + v), x);
    }

    private void assertSeen(String... lines) {
        assertEquals(List.of(lines), seen);
        seen.clear();
    }

    /** sin(x) e^x; shows x and sin(x), of which nothing depends on what is shown. */
    private NDArray f(NDArray x) {
        look("x", x);
        NDArray y = sin(x);
        look("sin", y);
        return y.times(exp(x));
    }

    private final NDArray zero = scalar(0.0);

    @Test
    void onceForEachRunInTheOrderOfTheProgram() {
        f(zero);
        assertSeen("x 0.0", "sin 0.0");
        Function1<NDArray, NDArray> compiled = jit(this::f);
        compiled.apply(zero);
        compiled.apply(zero);
        assertSeen("x 0.0", "sin 0.0", "x 0.0", "sin 0.0");
        makeJaxpr(compiled).apply(zero);
        assertSeen();
    }

    @Test
    void equalCallsAreNotMerged() {
        jit((NDArray x) -> {
                    look("x", x);
                    look("x", x);
                    return zero;
                })
                .apply(zero);
        assertSeen("x 0.0", "x 0.0");
    }

    @Test
    void derivativesShowPrimalValuesOnce() {
        Function1<NDArray, NDArray> f = this::f;
        grad(f).apply(zero);
        assertSeen("x 0.0", "sin 0.0");
        grad(grad(jit(f))).apply(zero);
        assertSeen("x 0.0", "sin 0.0");
        jvp(jit(f), zero, scalar(1.0));
        assertSeen("x 0.0", "sin 0.0");
        Function1<NDArray, NDArray> pullback = vjp(jit(f), zero).pullback();
        assertSeen("x 0.0", "sin 0.0");
        pullback.apply(scalar(1.0));
        assertSeen();
        Function1<NDArray, NDArray> push = linearize(f, zero).jvp();
        assertSeen("x 0.0", "sin 0.0");
        push.apply(scalar(1.0));
        assertSeen();
        Function1<NDArray, NDArray> total = v -> sum(f.apply(v));
        grad(total).apply(array(0.0, 0.0));
        assertSeen("x [0. 0.]", "sin [0. 0.]");
        jacrev(f).apply(array(0.0, 0.0));
        assertSeen("x [0. 0.]", "sin [0. 0.]");
        hessian(total).apply(array(0.0, 0.0));
        assertSeen("x [0. 0.]", "sin [0. 0.]");
    }

    @Test
    void overABatchOnceForEachExample() {
        Function2<NDArray, NDArray, NDArray> g = (a, b) -> {
            debugCallback(both -> seen.add(both._1 + " " + both._2), Tuple.of(a, b));
            look("b", b);
            return a.times(b);
        };
        vmap(g, inAxes(0, Fluxion.NONE)).apply(array(1.0, 2.0), scalar(7.0));
        assertSeen("1.0 7.0", "2.0 7.0", "b 7.0");
        vmap(vmap(g, inAxes(Fluxion.NONE, 0)), inAxes(0, Fluxion.NONE)).apply(array(1.0, 2.0), array(3.0, 4.0));
        assertSeen("1.0 3.0", "1.0 4.0", "2.0 3.0", "2.0 4.0", "b 3.0", "b 4.0");
        vmap(grad((NDArray x) -> g.apply(x, x))).apply(array(1.0, 2.0));
        assertSeen("1.0 1.0", "2.0 2.0", "b 1.0", "b 2.0");
    }

    @Test
    void whatIsComputedAgainIsNotShownAgain() {
        grad(checkpoint(this::f)).apply(zero);
        assertSeen("x 0.0", "sin 0.0");
        vjp(checkpoint(this::f), array(0.0)).pullback().apply(array(1.0));
        assertSeen("x [0.]", "sin [0.]");
        nthDerivative(this::f, 4).apply(zero);
        assertSeen("x 0.0", "sin 0.0");
        laplacian((NDArray v) -> sum(f(v))).apply(array(0.0));
        assertSeen("x [0.]", "sin [0.]");
        grad((NDArray v) -> sum(grad((NDArray w) -> sum(f(w))).apply(v).times(array(2.0))))
                .apply(array(0.0));
        assertSeen("x [0.]", "sin [0.]");
    }

    @Test
    void aLoopOverABatchShowsAllOfIt() {
        vmap((NDArray x) -> Lax.whileLoop(
                        c -> c.lt(3.0),
                        c -> {
                            look("c", c);
                            return c.plus(1);
                        },
                        x))
                .apply(array(1.0, 2.0));
        assertSeen("c 1.0", "c 2.0", "c 2.0", "c 3.0");
    }

    private NDArray loop(NDArray x) {
        return Lax.foriLoop(
                0,
                3,
                (i, c) -> {
                    debugCallback(v -> seen.add(v._1 + ": " + v._2), Tuple.of(i, c));
                    return c.times(2);
                },
                x);
    }

    @Test
    void inALoopOnceForEachStep() {
        jit(this::loop).apply(scalar(1.0));
        assertSeen("0: 1.0", "1: 2.0", "2: 4.0");
        grad(this::loop).apply(scalar(1.0));
        assertSeen("0: 1.0", "1: 2.0", "2: 4.0");
        grad((NDArray v) -> sum(this.loop(v))).apply(array(1.0, 2.0));
        assertSeen("0: [1. 2.]", "1: [2. 4.]", "2: [4. 8.]");
        vmap(this::loop).apply(array(1.0, 5.0));
        assertSeen("0: 1.0", "0: 5.0", "1: 2.0", "1: 10.0", "2: 4.0", "2: 20.0");
        Lax.whileLoop(
                c -> {
                    look("test", c);
                    return c.lt(3.0);
                },
                c -> {
                    look("body", c);
                    return c.plus(1);
                },
                scalar(1.0));
        assertSeen("test 1.0", "body 1.0", "test 2.0", "body 2.0", "test 3.0");
    }

    @Test
    void inABranchOnlyWhenItIsTaken() {
        Function1<NDArray, NDArray> branch = x -> Lax.cond(
                x.gt(0),
                y -> {
                    look("positive", y);
                    return sin(y);
                },
                y -> {
                    look("negative", y);
                    return y;
                },
                x);
        jit(branch).apply(scalar(2.0));
        assertSeen("positive 2.0");
        grad(branch).apply(scalar(-2.0));
        assertSeen("negative -2.0");
        vjp(branch, scalar(2.0)).pullback().apply(scalar(1.0));
        assertSeen("positive 2.0");
    }

    @Test
    void aCallWhoseResultNobodyReadsStillShows() {
        Function1<NDArray, NDArray> shows = jit((NDArray x) -> {
            look("inside", x);
            return x.times(2);
        });
        Function1<NDArray, NDArray> ignores = x -> {
            shows.apply(x);
            return x;
        };
        jit(ignores).apply(zero);
        grad(ignores).apply(zero);
        vjp(jit(ignores), zero);
        assertSeen("inside 0.0", "inside 0.0", "inside 0.0");
        assertEquals(
                1, Passes.simplify(makeJaxpr(ignores).apply(zero)).equations().size());
    }

    @Test
    void aPrintedLine() {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            grad((NDArray x) -> {
                        debugPrint("{{x}} = {}, both = {}", x, new Tuple2<>(x, x.times(2)));
                        debugPrint("done");
                        return x.times(x);
                    })
                    .apply(scalar(1.5));
        } finally {
            System.setOut(before);
        }
        assertEquals(
                "{x} = 1.5, both = (1.5, 3.0)\ndone\n",
                bytes.toString(StandardCharsets.UTF_8).replace("\r", ""));
    }

    @Test
    void aFormatThatDoesNotFitIsRefused() {
        FluxionException error = assertThrows(FluxionException.class, () -> debugPrint("{} and {}", zero));
        assertEquals("""
            FX0104 debugPrint: "{} and {}" has 2 places, given 1 values
              at DebugCallbackTest.java:LINE
              hint: write {} for a value, {{ and }} for braces\
            """.replace("LINE", Lines.of(error, getClass())), error.getMessage());
        FluxionException brace = assertThrows(FluxionException.class, () -> debugPrint("{x}", zero));
        assertEquals("""
            FX0104 debugPrint: "{x}" has a brace without a partner at position 0
              at DebugCallbackTest.java:LINE
              hint: write {} for a value, {{ and }} for braces\
            """.replace("LINE", Lines.of(brace, getClass())), brace.getMessage());
    }
}
