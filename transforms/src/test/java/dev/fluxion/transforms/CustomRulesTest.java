package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Primitive;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Shared sub-programs, and derivatives that users give. */
class CustomRulesTest {
    private static final ArrayType SCALAR = ArrayType.of(DType.FLOAT64);

    private static double run(Jaxpr f, double... x) {
        Array<ArrayData> inputs = Array.ofAll(x).map(Programs::scalar);
        return Programs.run(f, inputs).get(0).doubleAt(0);
    }

    private static Jaxpr using(Primitive p) {
        return Programs.trace(SCALAR, x -> Tracing.bind(p, x));
    }

    @Test
    void callsOfOneProgramAreTransformedOnce() {
        Jaxpr body = Programs.trace(SCALAR, Lax::sin);
        Control.Call call = new Control.Call("f", body);
        Jaxpr twice = Programs.trace(SCALAR, x -> Tracing.bind(call, Tracing.bind(call, x)));
        Jaxpr pushed = Jvp.of(twice, Array.of(true)).jaxpr();
        assertEquals(2, pushed.equations().size());
        assertSame(body(pushed, 0), body(pushed, 1));
        Linearized linearized = Linearize.of(twice, Array.of(true));
        assertSame(body(linearized.known(), 0), body(linearized.known(), 1));
        assertSame(body(linearized.linear(), 0), body(linearized.linear(), 1));
        assertEquals(Math.cos(Math.sin(2)) * Math.cos(2), run(Programs.scalarGradient(twice, 0), 2), 1e-15);
    }

    private static Jaxpr body(Jaxpr jaxpr, int equation) {
        return ((Control.Call) jaxpr.equations().get(equation).primitive()).body();
    }

    @Test
    void aCallKeepsInputsOutOfItsResiduals() {
        Jaxpr body = Programs.trace(SCALAR, x -> x.times(x).times(Lax.exp(x)));
        Jaxpr f = using(new Control.Call("f", body));
        Linearized linearized = Linearize.of(f, Array.of(true));
        assertEquals("""
            { lambda ; a:f64[]. let
                b:f64[] c:f64[] d:f64[] = jit[
                  name=f
                  jaxpr={ lambda ; a:f64[]. let
                      b:f64[] = mul a a
                      c:f64[] = exp a
                      d:f64[] = mul b c
                    in (d, c, b) }
                ] a
              in (b, c, d, a) }\
            """, linearized.known().toString());
    }

    /** The message but for the place, which is inside of the test engine. */
    private static String message(FluxionException e) {
        return e.getMessage().replaceAll("at .*, while", "at ..., while");
    }

    /** The square with three times its derivative. */
    private static Control.CustomVjpCall squareTimesThree() {
        Jaxpr body = Programs.trace(SCALAR, Lax::square);
        Jaxpr fwd = Programs.trace(Array.of(SCALAR), in -> Array.of(Lax.square(in.get(0)), in.get(0)));
        Jaxpr bwd = Programs.trace(
                Array.of(SCALAR, SCALAR), in -> Array.of(in.get(0).times(6).times(in.get(1))));
        return new Control.CustomVjpCall("square", body, LazyJaxpr.of(fwd), LazyJaxpr.of(bwd), 0);
    }

    @Test
    void aReverseRuleIsUsedInReverseEvenForOneScalar() {
        Jaxpr f = using(squareTimesThree());
        assertEquals(30, run(Programs.scalarGradient(f, 0), 5));
        assertEquals(6, run(Programs.scalarGradient(Programs.scalarGradient(f, 0), 0), 5));
        Jaxpr inCall = using(new Control.Call("outer", f));
        assertEquals(30, run(Programs.scalarGradient(inCall, 0), 5));
    }

    @Test
    void aReverseRuleHasNoSecondForwardDerivative() {
        Jaxpr f = using(squareTimesThree());
        Jaxpr pushed = Jvp.of(f, Array.of(true)).jaxpr();
        FluxionException e = assertThrows(FluxionException.class, () -> Jvp.of(pushed, Array.of(true, false)));
        assertEquals("""
            FX0406 square: a customVjp function has no forward derivative, so that cannot be differentiated
              at ..., while taking a jvp
              hint: use grad or vjp inside, or define the function with customJvp\
            """, message(e));
    }

    @Test
    void capturedValuesHaveNoDerivative() {
        Array<ArrayType> two = Array.of(SCALAR, SCALAR);
        Jaxpr body = Programs.trace(two, in -> Array.of(in.get(0).times(in.get(1))));
        Jaxpr fwd = Programs.trace(two, in -> Array.of(in.get(0).times(in.get(1)), in.get(1)));
        Jaxpr bwd = Programs.trace(two, in -> Array.of(in.get(0).times(in.get(1))));
        Control.CustomVjpCall call = new Control.CustomVjpCall("scaled", body, LazyJaxpr.of(fwd), LazyJaxpr.of(bwd), 1);
        Jaxpr f = Programs.trace(two, in -> Tracing.bindAll(call, in));
        assertEquals(7, run(Programs.scalarGradient(f, 0), 5, 7));
        FluxionException e = assertThrows(FluxionException.class, () -> Programs.scalarGradient(f, 1));
        assertEquals("""
            FX0407 scaled: a derivative is asked with respect to a value that the customVjp function closes over, or to an argument \
            in its nondiffArgnums
              at ..., while taking a gradient
              hint: make the value an argument to which bwd gives a cotangent, or a constant with stopGradient\
            """, message(e));
    }

    @Test
    void aRuleOfTheWrongTypeIsRefused() {
        Jaxpr body = Programs.trace(SCALAR, Lax::square);
        Jaxpr f = using(new Control.CustomJvpCall("square", body, LazyJaxpr.of(body)));
        FluxionException e = assertThrows(FluxionException.class, () -> Programs.scalarGradient(f, 0));
        assertEquals("""
            FX0407 square: the jvp rule does not fit the function
              expected f64[], f64[] -> f64[], f64[]
              given    f64[] -> f64[]
              at ..., while taking a gradient
              hint: a rule takes the inputs and a tangent for every float input, and gives the outputs and a tangent for every \
            float output\
            """, message(e));
    }

    /** {@code 2 x}, known to be linear by its transpose. */
    private record Twice() implements Custom {
        @Override
        public String name() {
            return "twice";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }

        @Override
        public Optional<HostFunction> host() {
            return Optional.of(in -> Array.of(new double[] {2 * ((double[]) in.get(0))[0]}));
        }

        @Override
        public Optional<Jaxpr> transpose(Array<ArrayType> inputs, Array<Boolean> linear) {
            return Optional.of(Programs.trace(inputs.get(0), ct -> ct.times(2)));
        }
    }

    @Test
    void aLinearOperationOfTheUsersNeedsOnlyItsTranspose() {
        Jaxpr f = Programs.trace(SCALAR, x -> Lax.square(Tracing.bind(new Twice(), x)));
        assertEquals(24, run(Programs.scalarGradient(f, 0), 3));
        VjpProgram vjp = Vjp.of(f, Array.of(true));
        Array<ArrayData> residuals =
                Programs.run(vjp.forward(), Array.of(Programs.scalar(3))).drop(1);
        assertArrayEquals(
                new double[] {24},
                Programs.doubles(Programs.run(vjp.pullback(), residuals.append(Programs.scalar(1)))
                        .get(0)));
    }

    @Test
    void anOperationWithoutRulesIsRefused() {
        record Opaque() implements Custom {
            @Override
            public String name() {
                return "opaque";
            }

            @Override
            public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
                return inputs;
            }
        }
        FluxionException e = assertThrows(FluxionException.class, () -> Jvp.of(using(new Opaque()), Array.of(true)));
        assertEquals("""
            FX0406 opaque: the operation has no derivative
              at ..., while taking a jvp
              hint: implement jvp(inputs), or body(inputs) to be differentiated\
            """, message(e));
    }
}
