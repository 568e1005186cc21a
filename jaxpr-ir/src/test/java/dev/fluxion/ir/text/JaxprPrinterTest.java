package dev.fluxion.ir.text;

import static dev.fluxion.ir.DType.BOOL;
import static dev.fluxion.ir.DType.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise.Binary;
import dev.fluxion.ir.Elementwise.Compare;
import dev.fluxion.ir.Elementwise.Unary;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprEquality;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.testing.HostArray;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

/** The texts are those of JAX 0.10.2, less the parameters that Fluxion's operations do not have. */
class JaxprPrinterTest {
    private final JaxprBuilder b = new JaxprBuilder();

    private static Jaxpr sin() {
        JaxprBuilder b = new JaxprBuilder();
        return b.build(Array.of(b.append(new Unary(UnaryOp.SIN), b.input(ArrayType.of(FLOAT64)))));
    }

    @Test
    void aShortProgramStandsOnOneLine() {
        Var x = b.input(ArrayType.of(FLOAT64));
        Atom sin = b.append(new Unary(UnaryOp.SIN), x);
        assertEquals(
                "{ lambda ; a:f64[]. let b:f64[] = sin a; c:f64[] = mul b a in (c,) }",
                JaxprPrinter.print(b.build(Array.of(b.append(new Binary(BinaryOp.MUL), sin, x)))));
    }

    @Test
    void aLongerOneHasALineForEachEquation() {
        Var x = b.input(ArrayType.of(FLOAT64));
        Var y = b.input(ArrayType.of(FLOAT64));
        Atom sum = b.append(new Binary(BinaryOp.ADD), x, y);
        Atom product = b.append(new Binary(BinaryOp.MUL), x, y);
        Atom less = b.append(new Binary(BinaryOp.SUB), product, Literal.of(2.0));
        assertEquals("""
            { lambda ; a:f64[] b:f64[]. let
                c:f64[] = add a b
                d:f64[] = mul a b
                e:f64[] = sub d 2.0:f64[]
              in (c, e) }\
            """, JaxprPrinter.print(b.build(Array.of(sum, less))));
    }

    @Test
    void parametersStandInBrackets() {
        Var a = b.input(ArrayType.of(FLOAT64, 2, 3));
        Var v = b.input(ArrayType.of(FLOAT64, 3));
        Atom dot = b.append(DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of()), a, v);
        Atom relu = b.append(new Binary(BinaryOp.MAX), dot, Literal.of(0.0));
        Atom sum = b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), relu);
        Atom wide = b.append(new Movement.BroadcastInDim(Shape.of(3, 4), Ints.of(0)), v);
        assertEquals("""
            { lambda ; a:f64[2,3] b:f64[3]. let
                c:f64[2] = dot_general[dimension_numbers=(([1], [0]), ([], []))] a b
                d:f64[2] = max c 0.0:f64[]
                e:f64[] = reduce_sum[axes=(0,)] d
                f:f64[3,4] = broadcast_in_dim[shape=(3, 4) broadcast_dimensions=(0,)] b
              in (e, f) }\
            """, JaxprPrinter.print(b.build(Array.of(sum, wide))));
    }

    @Test
    void constantsStandBeforeTheSemicolon() {
        Var c = b.constant(HostArray.of(1, 2, 3));
        Var v = b.input(ArrayType.of(FLOAT64, 3));
        Jaxpr jaxpr = b.build(Array.of(b.append(new Binary(BinaryOp.MUL), v, c)));
        assertEquals("{ lambda a:f64[3]; b:f64[3]. let c:f64[3] = mul b a in (c,) }", JaxprPrinter.print(jaxpr));
        assertEquals(
                "{ lambda a:f64[3]=[1.0, 2.0, 3.0]; b:f64[3]. let c:f64[3] = mul b a in (c,) }",
                JaxprPrinter.printWithConstants(jaxpr));
    }

    @Test
    void calledProgramsNestAndBeginWithAAgain() {
        Var x = b.input(ArrayType.of(FLOAT64));
        Atom y = b.append(new Control.Call("<lambda>", sin()), x);
        assertEquals(
                """
                { lambda ; a:f64[]. let
                    b:f64[] = jit[
                      name=<lambda>
                      jaxpr={ lambda ; a:f64[]. let b:f64[] = sin a in (b,) }
                    ] a
                    c:f64[] = add b 1.0:f64[]
                  in (c,) }\
                """, JaxprPrinter.print(b.build(Array.of(b.append(new Binary(BinaryOp.ADD), y, Literal.of(1.0))))));
    }

    @Test
    void aRuleThatContainsItselfIsPrintedOnce() {
        LazyJaxpr[] rule = new LazyJaxpr[1];
        rule[0] = LazyJaxpr.of(() -> {
            JaxprBuilder inner = new JaxprBuilder();
            Var x = inner.input(ArrayType.of(FLOAT64));
            Var t = inner.input(ArrayType.of(FLOAT64));
            Atom y = inner.append(new Control.CustomJvpCall("f", sin(), rule[0]), x);
            return inner.build(Array.of(y, inner.append(new Binary(BinaryOp.MUL), t, y)));
        });
        Var x = b.input(ArrayType.of(FLOAT64));
        Jaxpr jaxpr = b.build(Array.of(b.append(new Control.CustomJvpCall("f", sin(), rule[0]), x)));
        String text = """
            { lambda ; a:f64[]. let
                b:f64[] = custom_jvp_call[
                  name=f
                  call_jaxpr={ lambda ; c:f64[]. let d:f64[] = sin c in (d,) }
                  jvp={ lambda ; e:f64[] f:f64[]. let
                      g:f64[] = custom_jvp_call[
                        name=f
                        call_jaxpr={ lambda ; h:f64[]. let i:f64[] = sin h in (i,) }
                        jvp=^0
                      ] e
                      j:f64[] = mul f g
                    in (g, j) }
                ] a
              in (b,) }\
            """;
        assertEquals(text, JaxprPrinter.print(jaxpr));
        assertTrue(JaxprEquality.alphaEqual(jaxpr, JaxprParser.parse(text)));
    }

    @Test
    void whatNothingReadsIsAnUnderscore() {
        Var k = b.input(ArrayType.of(dev.fluxion.ir.DType.INT32));
        Array<Atom> words = b.append(new Threefry2x32(), Array.of(k, k, k, k), SourceInfo.UNKNOWN);
        assertEquals(
                "{ lambda ; a:i32[]. let _:i32[] b:i32[] = threefry2x32 a a a a in (b,) }",
                JaxprPrinter.print(b.build(Array.of(words.get(1)))));
    }

    @Test
    void numbersAreWrittenAsInPython() {
        Var p = b.input(ArrayType.of(BOOL));
        Array<Atom> values = Array.of(
                Literal.of(1e-5),
                Literal.of(0.0001),
                Literal.of(1e15),
                Literal.of(1.5e16),
                Literal.of(-0.0),
                Literal.of(Double.NaN),
                Literal.of(Double.NEGATIVE_INFINITY),
                Literal.of(dev.fluxion.ir.DType.FLOAT32, 0.1f),
                Literal.of(true),
                Literal.of(dev.fluxion.ir.DType.INT64, Long.MIN_VALUE));
        Atom not = b.append(new Compare(CompareOp.EQ), p, Literal.of(false));
        assertEquals("""
            { lambda ; a:bool[]. let
                b:bool[] = eq a False:bool[]
              in (b, 1e-05:f64[], 0.0001:f64[], 1000000000000000.0:f64[], 1.5e+16:f64[], -0.0:f64[], nan:f64[], \
            -inf:f64[], 0.1:f32[], True:bool[], -9223372036854775808:i64[]) }\
            """, JaxprPrinter.print(b.build(values.prepend(not))));
    }
}
