package dev.fluxion.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

/** What a builder knows of the equations that it has. */
class JaxprBuilderTest {
    private static final ArrayType VECTOR = ArrayType.of(DType.FLOAT64, 3);

    private static Primitive of(BinaryOp op) {
        return new Elementwise.Binary(op);
    }

    @Test
    void equalOperationsAreSharedInEitherOrderWhereTheyCommute() {
        JaxprBuilder builder = new JaxprBuilder();
        Var x = builder.input(VECTOR);
        Var y = builder.input(VECTOR);
        Atom sum = builder.append(of(BinaryOp.ADD), x, y);
        assertSame(sum, builder.append(of(BinaryOp.ADD), x, y));
        assertSame(sum, builder.append(of(BinaryOp.ADD), y, x));
        assertNotSame(sum, builder.append(of(BinaryOp.MUL), x, y));
        Atom difference = builder.append(of(BinaryOp.SUB), x, y);
        assertSame(difference, builder.append(of(BinaryOp.SUB), x, y));
        assertNotSame(difference, builder.append(of(BinaryOp.SUB), y, x));
    }

    @Test
    void literalsAreComparedByTheirBits() {
        JaxprBuilder builder = new JaxprBuilder();
        Var x = builder.input(VECTOR);
        Atom scaled = builder.append(of(BinaryOp.MUL), x, Literal.of(1.5));
        assertSame(scaled, builder.append(of(BinaryOp.MUL), Literal.of(1.5), x));
        assertNotSame(scaled, builder.append(of(BinaryOp.MUL), x, Literal.of(1.25)));
    }

    @Test
    void everyEquationOfALargeProgramIsFoundAgain() {
        JaxprBuilder builder = new JaxprBuilder();
        Var x = builder.input(VECTOR);
        Atom[] made = new Atom[3000];
        Atom last = x;
        for (int i = 0; i < made.length; i++) {
            last = made[i] = builder.append(of(i % 2 == 0 ? BinaryOp.MAX : BinaryOp.SUB), last, x);
        }
        last = x;
        for (int i = 0; i < made.length; i++) {
            last = builder.append(of(i % 2 == 0 ? BinaryOp.MAX : BinaryOp.SUB), last, x);
            assertSame(made[i], last);
        }
    }

    @Test
    void onlyTheBuilderThatMadeAVariableKnowsItsDefinition() {
        JaxprBuilder builder = new JaxprBuilder();
        Var x = builder.input(VECTOR);
        Atom y = builder.append(new Elementwise.Unary(UnaryOp.SIN), x);
        assertEquals(new Elementwise.Unary(UnaryOp.SIN), builder.definition(y).primitive());
        assertEquals(Array.of(x), builder.definition(y).inputs());
        assertNull(builder.definition(x));
        assertNull(builder.definition(Literal.of(1)));
        assertNull(new JaxprBuilder().definition(y));
    }
}
