package dev.fluxion.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.passes.Passes;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import io.vavr.collection.Array;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs of 100,000 equations pass through everything: nothing recurses over equations or takes quadratic time. */
class LargeProgramTest {
    private static final int SIZE = 100_000;

    /** Ways to make a long program; x is the input, y the value so far. */
    enum Chain {
        SIN_AND_MUL((b, x, y, i) -> i % 2 == 0
                ? b.append(new Elementwise.Unary(UnaryOp.SIN), y)
                : b.append(new Elementwise.Binary(BinaryOp.MUL), y, x)),
        SUM_OF_THE_SAME((b, x, y, i) -> b.append(new Elementwise.Binary(BinaryOp.ADD), y, x)),
        DOUBLING((b, x, y, i) -> b.append(new Elementwise.Binary(BinaryOp.MUL), y, Literal.of(2.0))),
        THIRDS((b, x, y, i) -> b.append(new Elementwise.Binary(BinaryOp.MUL), y, Literal.of(1.0 / 3))),
        SIGNS((b, x, y, i) -> b.append(new Elementwise.Unary(i % 3 == 0 ? UnaryOp.SIN : UnaryOp.NEG), y)),
        DIFFERENCES((b, x, y, i) -> b.append(
                new Elementwise.Binary(BinaryOp.SUB),
                b.append(new Elementwise.Unary(UnaryOp.NEG), y),
                i % 2 == 0 ? x : y)),
        MOVES((b, x, y, i) ->
                b.append(i % 2 == 0 ? new Elementwise.Unary(UnaryOp.COS) : new Movement.Transpose(Ints.of(1, 0)), y));

        private final Link link;

        Chain(Link link) {
            this.link = link;
        }
    }

    private interface Link {
        Atom next(JaxprBuilder builder, Atom x, Atom y, int i);
    }

    @ParameterizedTest
    @EnumSource
    void passesThroughEverything(Chain chain) {
        // Far more than is needed: a hang, not the speed, is what fails here.
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            JaxprBuilder builder = new JaxprBuilder();
            Var x = builder.input(ArrayType.of(DType.FLOAT64, 2, 2));
            Atom y = x;
            for (int i = 0; i < SIZE; i++) {
                y = chain.link.next(builder, x, y, i);
            }
            Jaxpr jaxpr = builder.build(Array.of(y));
            JaxprChecker.check(jaxpr);
            Jaxpr simple = JaxprChecker.check(Passes.simplify(jaxpr));
            assertTrue(simple.equations().size() <= jaxpr.equations().size());
            Jaxpr again = JaxprParser.parse(JaxprPrinter.print(jaxpr));
            assertTrue(JaxprEquality.alphaEqual(jaxpr, again));
            assertEquals(jaxpr.structuralHash(), again.structuralHash());
        });
    }
}
