package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

/** Transposes of programs that users write, and refusals. */
class TransposeTest {
    private static final ArrayType VECTOR = ArrayType.of(DType.FLOAT64, 3);

    private static void refused(Function1<NDArray, NDArray> f, String message) {
        Jaxpr jaxpr = Programs.trace(VECTOR, f);
        FluxionException e = assertThrows(FluxionException.class, () -> Transpose.of(jaxpr, 0));
        assertEquals(message, e.getMessage().replaceAll("at .*, while", "at ..., while"));
    }

    @Test
    void theTransposeOfDifferencesIsMinusTheDifferencesWithBorders() {
        Jaxpr f = Programs.trace(VECTOR, x -> Lax.sliceInDim(x, 1, 3, 1, 0).minus(Lax.sliceInDim(x, 0, 2, 1, 0)));
        assertEquals("""
            { lambda ; a:f64[2]. let
                b:f64[2] = neg a
                c:f64[3] = pad[low=(0,) high=(1,) interior=(0,)] b 0.0:f64[]
                d:f64[3] = pad[low=(1,) high=(0,) interior=(0,)] a 0.0:f64[]
                e:f64[3] = add c d
              in (e,) }\
            """, Transpose.of(f, 0).toString());
    }

    @Test
    void inputsThatDoNotMatterGetZeros() {
        Jaxpr f = Programs.trace(
                Array.of(VECTOR, VECTOR), in -> Array.of(in.get(0).times(2)));
        assertEquals("""
            { lambda ; a:f64[3]. let
                b:f64[3] = mul a 2.0:f64[]
                c:f64[3] = broadcast_in_dim[shape=(3,) broadcast_dimensions=()] 0.0:f64[]
              in (b, c) }\
            """, Transpose.of(f, 0).toString());
    }

    @Test
    void aCallMayMixLinearAndOtherWork() {
        Jaxpr body = Programs.trace(
                Array.of(VECTOR, VECTOR),
                in -> Array.of(Lax.exp(in.get(0)), Lax.exp(in.get(0)).times(in.get(1))));
        Jaxpr f = Programs.trace(Array.of(VECTOR, VECTOR), in -> {
            Array<NDArray> results = Tracing.bindAll(new Control.Call("f", body), in);
            return Array.of(results.get(1).times(results.get(0)));
        });
        assertEquals("""
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[3] = jit[
                  name=f
                  jaxpr={ lambda ; a:f64[3]. let b:f64[3] = exp a in (b,) }
                ] a
                d:f64[3] = mul b c
                e:f64[3] = jit[
                  name=f
                  jaxpr={ lambda ; a:f64[3] b:f64[3]. let c:f64[3] = mul a b in (c,) }
                ] c d
              in (e,) }\
            """, Transpose.of(f, 1).toString());
    }

    @Test
    void onlyLinearProgramsHaveTransposes() {
        refused(Lax::sin, """
            FX0405 sin: not linear in its operands
              at ..., while transposing
              hint: only linear functions have a transpose; of others take vjp, or linearize first\
            """);
        refused(x -> x.times(x), """
            FX0405 mul: not linear in its operands
              at ..., while transposing
              hint: only linear functions have a transpose; of others take vjp, or linearize first\
            """);
        refused(x -> Lax.exp(x).times(x), """
            FX0405 mul: not linear in its operands
              at ..., while transposing
              hint: only linear functions have a transpose; of others take vjp, or linearize first\
            """);
        refused(x -> x.plus(3), """
            FX0405 add: not linear in its operands
              at ..., while transposing
              hint: only linear functions have a transpose; of others take vjp, or linearize first\
            """);
        refused(x -> Lax.cumprod(x, 0, false), """
            FX0405 cumprod: not linear in its operands
              at ..., while transposing
              hint: only linear functions have a transpose; of others take vjp, or linearize first\
            """);
        refused(x -> Lax.reduceMax(x, Ints.of(0)), """
            FX0405 reduce_max: not linear in its operands
              at ..., while transposing
              hint: only linear functions have a transpose; of others take vjp, or linearize first\
            """);
    }
}
