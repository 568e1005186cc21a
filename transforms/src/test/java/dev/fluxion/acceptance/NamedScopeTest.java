package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.namedScope;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.text.JaxprPrinter;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

/** The names of scopes stand with the source of equations, through transforms and nested traces. */
class NamedScopeTest {
    private static Array<String> scopes(Jaxpr jaxpr) {
        return jaxpr.equations()
                .map(e -> e.primitive().name() + ":" + e.source().scope());
    }

    private static NDArray f(NDArray x) {
        NDArray y = namedScope("outer", () -> {
            NDArray inner = namedScope("inner", (NDArray v) -> sin(v)).apply(x);
            return cos(inner);
        });
        return Lax.tan(y);
    }

    @Test
    void scopesNest() {
        assertEquals(
                Array.of("sin:outer/inner", "cos:outer", "tan:"),
                scopes(makeJaxpr(NamedScopeTest::f).apply(scalar(1.0))));
    }

    @Test
    void transformsKeepThem() {
        Array<String> batched = scopes(makeJaxpr(vmap(NamedScopeTest::f)).apply(ones(2)));
        assertEquals(Array.of("sin:outer/inner", "cos:outer", "tan:"), batched);
        Array<String> gradient = scopes(makeJaxpr(grad(NamedScopeTest::f)).apply(scalar(1.0)));
        assertEquals(true, gradient.contains("cos:outer/inner"), gradient.toString());
    }

    @Test
    void aFunctionTracedBeforeIsInTheScopeThatUsesIt() {
        Function1<NDArray, NDArray> g = grad(NamedScopeTest::f);
        g.apply(scalar(1.0));
        Function1<NDArray, NDArray> used = x -> namedScope("first", () -> g.apply(x));
        Function1<NDArray, NDArray> again = x -> namedScope("second", () -> g.apply(x));
        assertEquals(true, scopes(makeJaxpr(used).apply(scalar(1.0))).forAll(s -> s.contains(":first")));
        assertEquals(true, scopes(makeJaxpr(again).apply(scalar(1.0))).forAll(s -> s.contains(":second")));
    }

    @Test
    void bodiesOfLoopsAreInTheScopesAround() {
        Function1<NDArray, NDArray> loop =
                x -> namedScope("loop", () -> Lax.foriLoop(0, 3, (i, c) -> namedScope("step", () -> sin(c)), x));
        String text = JaxprPrinter.printWithSources(makeJaxpr(loop).apply(scalar(1.0)));
        assertEquals(true, text.contains("(loop/step)"), text);
    }

    @Test
    void programsShowThemWhenAsked() {
        Jaxpr jaxpr =
                makeJaxpr(jit((NDArray x) -> namedScope("part", () -> sin(x)))).apply(scalar(1.0));
        assertEquals("""
            { lambda ; a:f64[]. let
                b:f64[] = jit[
                  name="lambda in programsShowThemWhenAsked"
                  jaxpr={ lambda ; a:f64[]. let
                      b:f64[] = sin a  # NamedScopeTest.java:LINE (part)
                    in (b,) }
                ] a  # NamedScopeTest.java:LINE
              in (b,) }\
            """, JaxprPrinter.printWithSources(jaxpr).replaceAll("java:\\d+", "java:LINE"));
        assertEquals(false, jaxpr.toString().contains("part"));
    }

    @Test
    void errorsNameThem() {
        Function1<NDArray, NDArray> wrong = x -> namedScope("encoder", () -> x.plus(ones(3)));
        FluxionException error =
                assertThrows(FluxionException.class, () -> jit(wrong).apply(array(1, 2)));
        assertEquals("""
            FX0206 add: shapes do not broadcast together
              shapes are [2] and [3]
              axis -1 has sizes 2 and 3
              at NamedScopeTest.java:LINE (encoder), while tracing lambda in errorsNameThem for jit
              hint: shapes are aligned at the last axis; sizes must be equal or 1\
            """.replace("LINE", Lines.of(error, getClass())), error.getMessage());
        FluxionException empty = assertThrows(FluxionException.class, () -> namedScope("", () -> ones(1)));
        assertEquals("""
            FX0104 namedScope: the name is empty
              at NamedScopeTest.java:LINE
              hint: name what is computed in the scope: attention\
            """.replace("LINE", Lines.of(empty, getClass())), empty.getMessage());
    }
}
