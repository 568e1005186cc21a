package dev.fluxion.ir.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

class LoopInvariantsTest {
    private static void becomes(String before, String after) {
        Jaxpr moved = new DeadCode().apply(new LoopInvariants().apply(JaxprParser.parse(before)));
        assertEquals(JaxprPrinter.print(JaxprParser.parse(after)), JaxprPrinter.print(JaxprChecker.check(moved)));
    }

    private static void stays(String program) {
        becomes(program, program);
    }

    @Test
    void whatConstantsGiveIsComputedOnce() {
        becomes("""
            { lambda ; a:f64[3,3] b:f64[3]. let
                c:f64[3] = scan[
                  jaxpr={ lambda ; d:f64[3,3] e:f64[3]. let
                      f:f64[3,3] = sin d
                      g:f64[3] = reduce_sum[axes=(0,)] f
                      h:f64[3,3] = dot_general[dimension_numbers=(([1], [1]), ([], []))] f d
                      i:f64[3] = dot_general[dimension_numbers=(([1], [0]), ([], []))] h e
                      j:f64[3] = mul i g
                    in (j,) }
                  length=5 reverse=False unroll=1 num_consts=1 num_carry=1] a b
            in (c,) }
            """, """
            { lambda ; a:f64[3,3] b:f64[3]. let
                c:f64[3,3] = sin a
                d:f64[3] = reduce_sum[axes=(0,)] c
                e:f64[3,3] = dot_general[dimension_numbers=(([1], [1]), ([], []))] c a
                f:f64[3] = scan[
                  jaxpr={ lambda ; g:f64[3] h:f64[3,3] i:f64[3]. let
                      j:f64[3] = dot_general[dimension_numbers=(([1], [0]), ([], []))] h i
                      k:f64[3] = mul j g
                    in (k,) }
                  length=5 reverse=False unroll=1 num_consts=2 num_carry=1] d e b
            in (f,) }
            """);
    }

    @Test
    void valuesMoveOutOfNestedLoops() {
        becomes("""
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[3] = scan[
                  jaxpr={ lambda ; d:f64[3] e:f64[3]. let
                      f:f64[3] = scan[
                        jaxpr={ lambda ; g:f64[3] h:f64[3] i:f64[3]. let
                            j:f64[3] = exp g
                            k:f64[3] = sin h
                            l:f64[3] = mul j i
                            m:f64[3] = add l k
                          in (m,) }
                        length=4 reverse=False unroll=1 num_consts=2 num_carry=1] d e e
                    in (f,) }
                  length=5 reverse=False unroll=1 num_consts=1 num_carry=1] a b
            in (c,) }
            """, """
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[3] = exp a
                d:f64[3] = scan[
                  jaxpr={ lambda ; e:f64[3] f:f64[3]. let
                      g:f64[3] = sin f
                      h:f64[3] = scan[
                        jaxpr={ lambda ; i:f64[3] j:f64[3] k:f64[3]. let
                            l:f64[3] = mul i k
                            m:f64[3] = add l j
                          in (m,) }
                        length=4 reverse=False unroll=1 num_consts=2 num_carry=1] e g f
                    in (h,) }
                  length=5 reverse=False unroll=1 num_consts=1 num_carry=1] c b
            in (d,) }
            """);
    }

    @Test
    void whatIsMadeInReadingStays() {
        // Repeated values, and their sums and products, would be arrays larger than all that the loop reads.
        stays("""
            { lambda ; a:f64[9] b:f64[9]. let
                c:f64[9] = scan[
                  jaxpr={ lambda ; d:f64[9] e:f64[9]. let
                      f:f64[9,9] = broadcast_in_dim[shape=(9, 9) broadcast_dimensions=(0,)] d
                      g:f64[9,9] = broadcast_in_dim[shape=(9, 9) broadcast_dimensions=(1,)] d
                      h:f64[9,9] = sub f g
                      i:f64[9,9] = exp h
                      j:f64[9,9] = broadcast_in_dim[shape=(9, 9) broadcast_dimensions=(1,)] e
                      k:f64[9,9] = mul i j
                      l:f64[9] = reduce_sum[axes=(1,)] k
                    in (l,) }
                  length=5 reverse=False unroll=1 num_consts=1 num_carry=1] a b
            in (c,) }
            """);
        // Of those that a product reads the loop makes an array anyway.
        becomes("""
            { lambda ; a:f64[9] b:f64[9]. let
                c:f64[9] = scan[
                  jaxpr={ lambda ; d:f64[9] e:f64[9]. let
                      f:f64[9,9] = broadcast_in_dim[shape=(9, 9) broadcast_dimensions=(0,)] d
                      g:f64[9,9] = broadcast_in_dim[shape=(9, 9) broadcast_dimensions=(1,)] d
                      h:f64[9,9] = sub f g
                      i:f64[9] = dot_general[dimension_numbers=(([1], [0]), ([], []))] h e
                    in (i,) }
                  length=5 reverse=False unroll=1 num_consts=1 num_carry=1] a b
            in (c,) }
            """, """
            { lambda ; a:f64[9] b:f64[9]. let
                c:f64[9,9] = broadcast_in_dim[shape=(9, 9) broadcast_dimensions=(0,)] a
                d:f64[9,9] = broadcast_in_dim[shape=(9, 9) broadcast_dimensions=(1,)] a
                e:f64[9,9] = sub c d
                f:f64[9] = scan[
                  jaxpr={ lambda ; g:f64[9,9] h:f64[9]. let
                      i:f64[9] = dot_general[dimension_numbers=(([1], [0]), ([], []))] g h
                    in (i,) }
                  length=5 reverse=False unroll=1 num_consts=1 num_carry=1] e b
            in (f,) }
            """);
    }

    @Test
    void elementwiseResultsTakeNoMoreMemoryThanTheLoopHas() {
        JaxprBuilder outer = new JaxprBuilder();
        JaxprBuilder steps = new JaxprBuilder();
        ArrayType type = ArrayType.of(DType.FLOAT64, 4);
        Atom constant = steps.input(type);
        Atom sum = steps.input(type);
        for (int i = 1; i <= 10; i++) {
            Atom scaled = steps.append(new Elementwise.Binary(BinaryOp.MUL), Literal.of(1 / (3.0 + i)), constant);
            Atom sine = steps.append(new Elementwise.Unary(UnaryOp.SIN), scaled);
            sum = steps.append(new Elementwise.Binary(BinaryOp.MUL), sum, sine);
        }
        Control.Scan scan = new Control.Scan(steps.build(Array.of(sum)), 3, false, 1, 1, 1);
        Array<Atom> operands = Array.of(outer.input(type), outer.input(type));
        Jaxpr moved = new LoopInvariants().apply(outer.build(outer.append(scan, operands, SourceInfo.UNKNOWN)));
        Control.Scan loop = (Control.Scan) moved.equations().last().primitive();
        // Two operands and one result: three sines, and the constant for those that stay.
        assertEquals(4, loop.consts());
    }

    @Test
    void aCarryThatStaysIsAConstant() {
        becomes("""
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[3] d:f64[3] e:f64[] = scan[
                  jaxpr={ lambda ; f:f64[3] g:f64[3] h:f64[]. let
                      i:f64[3] = cos f
                      j:f64[3] = mul g i
                      l:f64[3] = broadcast_in_dim[shape=(3,) broadcast_dimensions=()] h
                      k:f64[3] = mul j l
                    in (f, k, 1.0:f64[]) }
                  length=5 reverse=False unroll=1 num_consts=0 num_carry=3] a b 1.0:f64[]
            in (c, d, e) }
            """, """
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[3] = cos a
                d:f64[3] = scan[
                  jaxpr={ lambda ; e:f64[3] f:f64[3]. let g:f64[3] = mul f e in (g,) }
                  length=5 reverse=False unroll=1 num_consts=1 num_carry=1] c b
            in (a, d, 1.0:f64[]) }
            """);
    }

    @Test
    void stacksOfOneValueAreRepeatedBehindTheLoopAndReadAsConstants() {
        becomes("""
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[3] d:f64[5,3] = scan[
                  jaxpr={ lambda ; e:f64[3] f:f64[3]. let
                      g:f64[3] = exp e
                      h:f64[3] = sin f
                    in (h, g) }
                  length=5 reverse=False unroll=1 num_consts=1 num_carry=1] a b
                i:f64[3] = scan[
                  jaxpr={ lambda ; j:f64[3] k:f64[3]. let l:f64[3] = mul j k in (l,) }
                  length=5 reverse=True unroll=1 num_consts=0 num_carry=1] c d
            in (i,) }
            """, """
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[3] = exp a
                d:f64[3] = scan[
                  jaxpr={ lambda ; e:f64[3]. let f:f64[3] = sin e in (f,) }
                  length=5 reverse=False unroll=1 num_consts=0 num_carry=1] b
                g:f64[3] = scan[
                  jaxpr={ lambda ; h:f64[3] i:f64[3]. let j:f64[3] = mul i h in (j,) }
                  length=5 reverse=True unroll=1 num_consts=1 num_carry=1] c d
            in (g,) }
            """);
    }

    @Test
    void numbersAndEqualConstantsBecomePartOfTheBody() {
        becomes("""
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[3] = scan[
                  jaxpr={ lambda ; d:f64[3] e:f64[3] f:f64[] g:f64[3]. let
                      h:f64[3] = mul g d
                      k:f64[3] = broadcast_in_dim[shape=(3,) broadcast_dimensions=()] f
                      i:f64[3] = mul h k
                      j:f64[3] = add i e
                    in (j,) }
                  length=5 reverse=False unroll=1 num_consts=3 num_carry=1] a a 1.0:f64[] b
            in (c,) }
            """, """
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[3] = scan[
                  jaxpr={ lambda ; d:f64[3] e:f64[3]. let
                      f:f64[3] = mul e d
                      g:f64[3] = add f d
                    in (g,) }
                  length=5 reverse=False unroll=1 num_consts=1 num_carry=1] a b
            in (c,) }
            """);
    }

    @Test
    void aScanOfNoStepsIsWhatItBeginsWith() {
        becomes("""
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[3] d:f64[0,3] = scan[
                  jaxpr={ lambda ; e:f64[3] f:f64[3]. let g:f64[3] = exp e; h:f64[3] = sin f in (h, g) }
                  length=0 reverse=False unroll=1 num_consts=1 num_carry=1] a b
            in (c, d) }
            """, """
            { lambda ; a:f64[3] b:f64[3]. let
                c:f64[0,3] = broadcast_in_dim[shape=(0, 3) broadcast_dimensions=()] 0.0:f64[]
            in (b, c) }
            """);
    }

    @Test
    void whileLoopsTestAndStepOnTheRest() {
        becomes("""
            { lambda ; a:f64[] b:f64[3]. let
                c:f64[] d:f64[3] = while[
                  cond_jaxpr={ lambda ; e:f64[] f:f64[] g:f64[3]. let
                      h:f64[] = exp e
                      i:f64[] = mul h f
                      j:f64[] = reduce_sum[axes=(0,)] g
                      k:bool[] = lt j i
                    in (k,) }
                  cond_nconsts=1
                  body_jaxpr={ lambda ; l:f64[] m:f64[] n:f64[3]. let
                      o:f64[] = sin l
                      q:f64[3] = broadcast_in_dim[shape=(3,) broadcast_dimensions=()] o
                      p:f64[3] = mul n q
                    in (m, p) }
                  body_nconsts=1] a a a b
            in (c, d) }
            """, """
            { lambda ; a:f64[] b:f64[3]. let
                c:f64[] = exp a
                d:f64[] = mul c a
                e:f64[] = sin a
                f:f64[3] = while[
                  cond_jaxpr={ lambda ; g:f64[] h:f64[3]. let
                      i:f64[] = reduce_sum[axes=(0,)] h
                      j:bool[] = lt i g
                    in (j,) }
                  cond_nconsts=1
                  body_jaxpr={ lambda ; k:f64[] l:f64[3]. let
                      n:f64[3] = broadcast_in_dim[shape=(3,) broadcast_dimensions=()] k
                      m:f64[3] = mul l n
                    in (m,) }
                  body_nconsts=1] d e b
            in (a, f) }
            """);
    }

    @Test
    void aLoopWithoutAKnownEndStaysInOneThatMayNotRun() {
        String inner = """
            while[
              cond_jaxpr={ lambda ; a:f64[]. let b:bool[] = lt a 1.0:f64[] in (b,) }
              cond_nconsts=0
              body_jaxpr={ lambda ; a:f64[]. let b:f64[] = exp a in (b,) }
              body_nconsts=0] d
            """;
        stays("""
            { lambda ; a:f64[] b:f64[]. let
                c:f64[] = while[
                  cond_jaxpr={ lambda ; d:f64[]. let e:bool[] = lt d 5.0:f64[] in (e,) }
                  cond_nconsts=0
                  body_jaxpr={ lambda ; d:f64[] e:f64[]. let
                      f:f64[] = %s
                      g:f64[] = add e f
                    in (g,) }
                  body_nconsts=1] a b
            in (c,) }
            """.formatted(inner));
        becomes("""
            { lambda ; a:f64[] b:f64[]. let
                c:f64[] = scan[
                  jaxpr={ lambda ; d:f64[] e:f64[]. let
                      f:f64[] = %s
                      g:f64[] = add e f
                    in (g,) }
                  length=2 reverse=False unroll=1 num_consts=1 num_carry=1] a b
            in (c,) }
            """.formatted(inner), """
                { lambda ; d:f64[] b:f64[]. let
                    f:f64[] = %s
                    c:f64[] = scan[
                      jaxpr={ lambda ; h:f64[] e:f64[]. let g:f64[] = add e h in (g,) }
                      length=2 reverse=False unroll=1 num_consts=1 num_carry=1] f b
                in (c,) }
                """.formatted(inner));
    }

    /** {@code out = x}, on the host. */
    private record Host(boolean hasEffect) implements Custom {
        @Override
        public String name() {
            return "host";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }
    }

    @Test
    void effectsAndHostFunctionsStayInPlaceWhileOthersGo() {
        for (boolean effect : new boolean[] {false, true}) {
            JaxprBuilder steps = new JaxprBuilder();
            ArrayType type = ArrayType.of(DType.FLOAT64, 3);
            Atom constant = steps.input(type);
            Atom carry = steps.input(type);
            Atom sine = steps.append(new Elementwise.Unary(UnaryOp.SIN), constant);
            Atom told = steps.append(new Host(effect), sine);
            Atom product = steps.append(new Elementwise.Binary(BinaryOp.MUL), carry, told);
            Control.Scan scan = new Control.Scan(steps.build(Array.of(product)), 3, false, 1, 1, 1);
            JaxprBuilder outer = new JaxprBuilder();
            Array<Atom> operands = Array.of(outer.input(type), outer.input(type));
            Jaxpr moved = JaxprChecker.check(
                    new LoopInvariants().apply(outer.build(outer.append(scan, operands, SourceInfo.UNKNOWN))));
            assertEquals(
                    "sin scan", moved.equations().map(e -> e.primitive().name()).mkString(" "));
            Control.Scan loop = (Control.Scan) moved.equations().last().primitive();
            assertEquals(
                    "host mul",
                    loop.body().equations().map(e -> e.primitive().name()).mkString(" "));
            assertTrue(loop.body().hasEffects() == effect);
        }
    }

    @Test
    void aLoopThatOnlyHasAnEffectStays() {
        JaxprBuilder steps = new JaxprBuilder();
        Atom constant = steps.input(ArrayType.of(DType.FLOAT64));
        steps.append(new Host(true), constant);
        Control.Scan scan = new Control.Scan(steps.build(Array.empty()), 3, false, 1, 1, 0);
        JaxprBuilder outer = new JaxprBuilder();
        outer.append(scan, Array.of(outer.input(ArrayType.of(DType.FLOAT64))), SourceInfo.UNKNOWN);
        assertEquals(
                1,
                new LoopInvariants()
                        .apply(outer.build(Array.empty()))
                        .equations()
                        .size());
    }
}
