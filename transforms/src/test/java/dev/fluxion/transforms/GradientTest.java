package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

class GradientTest {
    private static final ArrayType SCALAR = ArrayType.of(DType.FLOAT64);
    private static final ArrayType VECTOR = ArrayType.of(DType.FLOAT64, 3);

    private static Jaxpr grad(Jaxpr f) {
        return Programs.scalarGradient(f, 0);
    }

    @Test
    void curvatureOfXSinX() {
        Jaxpr f = Programs.trace(SCALAR, x -> Lax.sin(x).times(x));
        assertEquals("""
            { lambda ; a:f64[]. let
                b:f64[] = sin a
                c:f64[] = cos a
                d:f64[] = mul c a
                e:f64[] = add d b
              in (e,) }\
            """, grad(f).toString());
        assertEquals("""
            { lambda ; a:f64[]. let
                b:f64[] = sin a
                c:f64[] = cos a
                d:f64[] = mul b a
                e:f64[] = sub c d
                f:f64[] = add e c
              in (f,) }\
            """, grad(grad(f)).toString());
    }

    @Test
    void reverse() {
        Jaxpr f = Programs.trace(VECTOR, x -> Lax.reduceSum(Lax.tanh(x).times(x), Ints.of(0)));
        assertEquals("""
            { lambda ; a:f64[3]. let
                b:f64[3] = tanh a
                c:f64[3] = square b
                d:f64[3] = sub 1.0:f64[] c
                e:f64[3] = mul a d
                f:f64[3] = add b e
              in (f,) }\
            """, grad(f).toString());
    }

    private static void refused(Jaxpr f, boolean first, boolean second, String message) {
        FluxionException e = assertThrows(FluxionException.class, () -> Gradient.of(f, Array.of(first, second)));
        assertEquals(message, e.getMessage());
    }

    @Test
    void refusals() {
        Array<ArrayType> types = Array.of(VECTOR, ArrayType.of(DType.INT32));
        Jaxpr vector = Programs.trace(types, in -> in);
        refused(vector, true, false, """
            FX0401 grad: the function's result is f64[3], not a real scalar
              hint: sum the result, or take jacrev, jacfwd or vjp\
            """);
        Jaxpr integer = Programs.trace(types, Array::reverse);
        refused(integer, true, false, """
            FX0401 grad: the function's result is i32[], not a real scalar
              hint: convert the result with astype\
            """);
        Jaxpr scalar = Programs.trace(types, in -> Array.of(Lax.reduceSum(in.get(0), Ints.of(0))));
        refused(scalar, true, true, """
            FX0402 grad: no derivative with respect to i32[]
              hint: differentiate with respect to floats; convert with astype\
            """);
    }

    @Test
    void outputsAfterTheFirstAreGivenBesideTheGradient() {
        Jaxpr f = Programs.trace(
                Array.of(SCALAR, SCALAR), in -> Array.of(in.get(0).times(in.get(1)), Lax.sin(in.get(0))));
        assertEquals("""
            { lambda ; a:f64[] b:f64[]. let
                c:f64[] = mul a b
                d:f64[] = sin a
              in (c, d, b, a) }\
            """, Gradient.of(f, Array.of(true, true)).toString());
    }

    /** Nested forward mode with shared equations: the size grows with the order as a polynomial. */
    @Test
    void highDerivativesStaySmall() {
        Jaxpr f = Programs.trace(
                SCALAR, x -> Lax.sin(x).times(Lax.exp(x.times(0.5))).plus(Lax.tanh(x)));
        for (int order = 0; order < 8; order++) {
            f = grad(f);
        }
        int size = f.equations().size();
        assertTrue(size < 1000, () -> size + " equations");
    }
}
