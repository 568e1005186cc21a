package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import io.vavr.Function1;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

class GradientTest {
    private static final ArrayType SCALAR = ArrayType.of(DType.FLOAT64);

    private static Jaxpr trace(Function1<NDArray, NDArray> f, ArrayType type) {
        return Trace.of("test", Array.of(type), in -> Array.of(f.apply(in.get(0))))
                .jaxpr();
    }

    /** The gradient alone, as a function that can be differentiated again. */
    private static Jaxpr grad(Jaxpr f) {
        Jaxpr both = Gradient.of(f, Array.of(true));
        JaxprBuilder builder = new JaxprBuilder();
        return builder.build(
                builder.inline(both, both.inputTypes().map(builder::input)).drop(1));
    }

    @Test
    void curvatureOfXSinX() {
        Jaxpr f = trace(x -> Lax.sin(x).times(x), SCALAR);
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
        Jaxpr f = trace(x -> Lax.reduceSum(Lax.tanh(x).times(x), Ints.of(0)), ArrayType.of(DType.FLOAT64, 3));
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
}
