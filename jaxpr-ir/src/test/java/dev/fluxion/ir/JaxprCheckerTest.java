package dev.fluxion.ir;

import static dev.fluxion.ir.DType.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.testing.HostArray;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

class JaxprCheckerTest {
    private static final Primitive SIN = new Elementwise.Unary(UnaryOp.SIN);

    private final Var x = scalar();
    private final Var y = scalar();

    private static Var scalar() {
        return new Var(ArrayType.of(FLOAT64));
    }

    private static Equation equation(Var output, Primitive primitive, Atom... inputs) {
        return new Equation(Array.of(output), primitive, Array.of(inputs), new SourceInfo("Model.java", 42, "loss"));
    }

    private static Jaxpr program(Array<Var> inputs, Array<Equation> equations, Atom... outputs) {
        return new Jaxpr(Array.empty(), inputs, equations, Array.of(outputs));
    }

    private static String refusal(Jaxpr jaxpr) {
        return assertThrows(FluxionException.class, () -> JaxprChecker.check(jaxpr))
                .getMessage();
    }

    @Test
    void acceptsACorrectProgram() {
        Jaxpr jaxpr = program(Array.of(x), Array.of(equation(y, SIN, x)), y, Literal.of(1));
        assertEquals(jaxpr, JaxprChecker.check(jaxpr));
    }

    @Test
    void refusesAVariableUsedBeforeItsDefinition() {
        Var z = scalar();
        assertEquals("""
            FX0102 equation 0: operand 0 is not defined before this equation
              b:f64[] = sin c
              at Model.java:42\
            """, refusal(program(Array.of(x), Array.of(equation(y, SIN, z), equation(z, SIN, x)), y)));
    }

    @Test
    void refusesAVariableDefinedTwice() {
        assertEquals(
                """
                FX0102 equation 1: result 0 is a variable that is defined already
                  b:f64[] = cos a
                  at Model.java:42\
                """,
                refusal(program(
                        Array.of(x),
                        Array.of(equation(y, SIN, x), equation(y, new Elementwise.Unary(UnaryOp.COS), x)),
                        y)));
        assertEquals("""
            FX0102 a variable is an input twice
              in { lambda ; a:f64[] a:f64[]. let in (a,) }\
            """, refusal(program(Array.of(x, x), Array.empty(), x)));
    }

    @Test
    void refusesWrongResultTypes() {
        Var wrong = new Var(ArrayType.of(FLOAT64, 2));
        assertEquals("""
            FX0102 equation 0: the results have other types than the operation gives
              b:f64[2] = sin a
              expected f64[]
              given    f64[2]
              at Model.java:42\
            """, refusal(program(Array.of(x), Array.of(equation(wrong, SIN, x)), wrong)));
    }

    @Test
    void refusesOperandsThatDoNotFit() {
        assertEquals(
                """
                FX0102 equation 0: the operation refuses its operands
                  b:f64[] = add a 1:i32[]
                  operands f64[], i32[]
                  FX0202 add: operands have different dtypes
                    operands are f64[], i32[]
                    hint: convert one with astype
                  at Model.java:42\
                """,
                refusal(program(
                        Array.of(x),
                        Array.of(equation(y, new Elementwise.Binary(BinaryOp.ADD), x, Literal.of(DType.INT32, 1L))),
                        y)));
    }

    @Test
    void refusesAWrongNumberOfResults() {
        Equation two = new Equation(Array.of(y, scalar()), SIN, Array.of(x), SourceInfo.UNKNOWN);
        assertEquals("""
            FX0102 equation 0: the operation has 1 results, the equation 2
              b:f64[] _:f64[] = sin a\
            """, refusal(program(Array.of(x), Array.of(two), y)));
    }

    @Test
    void refusesAnOutputThatNothingDefines() {
        assertEquals("""
            FX0102 output 1 is a variable that nothing defines
              in { lambda ; a:f64[]. let in (a, b) }\
            """, refusal(program(Array.of(x), Array.empty(), x, y)));
    }

    @Test
    void refusesConstantsWhereTheyDoNotFit() {
        Constant constant = new Constant(y, HostArray.of(1, 2));
        assertEquals("""
            FX0102 the data of a constant has another type than its variable
              variable f64[]
              data     f64[2]\
            """, refusal(new Jaxpr(Array.of(constant), Array.empty(), Array.empty(), Array.of(y))));
    }

    @Test
    void looksIntoSubPrograms() {
        Var v = new Var(ArrayType.of(FLOAT64, 1));
        Jaxpr body = new Jaxpr(Array.of(new Constant(v, HostArray.of(1))), Array.of(x), Array.empty(), Array.of(x));
        Var z = scalar();
        assertEquals("""
            FX0102 a sub-program has constants
              in { lambda a:f64[1]; b:f64[]. let in (b,) }
              hint: pass the arrays to the sub-program as inputs\
            """, refusal(program(Array.of(y), Array.of(equation(z, new Control.Call("f", body), y)), z)));
    }
}
