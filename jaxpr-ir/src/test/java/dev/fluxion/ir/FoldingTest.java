package dev.fluxion.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

/** What the builder folds, and what it must leave for the sake of the bits. */
class FoldingTest {
    private static final ArrayType SCALAR = ArrayType.of(DType.FLOAT64);

    private final JaxprBuilder builder = new JaxprBuilder();
    private final Var x = builder.input(SCALAR);
    private final Var i = builder.input(ArrayType.of(DType.INT32));

    private Atom binary(BinaryOp op, Atom a, Atom b) {
        return builder.append(new Elementwise.Binary(op), a, b);
    }

    private Atom times(double c, Atom a) {
        return binary(BinaryOp.MUL, Literal.of(c), a);
    }

    private Atom neg(Atom a) {
        return builder.append(new Elementwise.Unary(UnaryOp.NEG), a);
    }

    private void becomes(String equations, Atom result) {
        assertEquals(
                "{ lambda ; a:f64[] b:i32[]. let " + equations + " in (c,) }",
                builder.build(Array.of(result)).toString().replaceAll("\\s+", " "));
    }

    @Test
    void neutralElements() {
        assertSame(x, times(1, x));
        assertSame(x, binary(BinaryOp.ADD, x, Literal.of(0.0)));
        assertSame(x, binary(BinaryOp.SUB, x, Literal.of(0.0)));
        assertSame(x, binary(BinaryOp.DIV, x, Literal.of(1.0)));
        assertSame(x, binary(BinaryOp.POW, x, Literal.of(1.0)));
        assertSame(x, neg(neg(x)));
        assertSame(x, builder.append(new Elementwise.Copy(), x));
    }

    @Test
    void addingANegativeNumberIsSubtractingItsMagnitude() {
        becomes("c:f64[] = sub a 2.0:f64[]", binary(BinaryOp.ADD, x, Literal.of(-2.0)));
        becomes("c:f64[] = sub a 2.0:f64[]", binary(BinaryOp.ADD, Literal.of(-2.0), x));
        becomes("c:f64[] = add a 2.0:f64[]", binary(BinaryOp.SUB, x, Literal.of(-2.0)));
    }

    @Test
    void theSmallestIntegerHasNoMagnitude() {
        Literal smallest = Literal.of(DType.INT32, (long) Integer.MIN_VALUE);
        becomes("c:i32[] = add b -2147483648:i32[]", binary(BinaryOp.ADD, i, smallest));
    }

    @Test
    void aSignGoesThroughAMoveToTheSumThatTakesItIn() {
        Movement repeat = new Movement.BroadcastInDim(Shape.of(3), Ints.of());
        Atom root = builder.append(new Elementwise.Unary(UnaryOp.SQRT), builder.append(repeat, x));
        Atom sum = binary(BinaryOp.ADD, root, builder.append(repeat, neg(x)));
        assertEquals(binary(BinaryOp.SUB, root, builder.append(repeat, x)), sum);
    }

    @Test
    void zeroTimesAFloatStaysForItMayBeInfinite() {
        becomes("c:f64[] = mul 0.0:f64[] a", times(0, x));
    }

    @Test
    void zeroTimesAnIntegerIsZero() {
        Literal zero = Literal.of(DType.INT32, 0L);
        assertEquals(zero, binary(BinaryOp.MUL, zero, i));
    }

    @Test
    void aDifferenceOfEqualsStaysForTheyMayBeInfinite() {
        becomes("c:f64[] = sub a a", binary(BinaryOp.SUB, x, x));
    }

    @Test
    void factorsMergeWhereTheirProductIsExact() {
        becomes("c:f64[] = mul 6.0:f64[] a", times(3, times(2, x)));
        becomes("c:f64[] = mul 1.5:f64[] a", times(0.5, times(3, x)));
    }

    @Test
    void otherFactorsRoundTwiceAndStay() {
        Atom product = times(0.1, times(3, x));
        assertEquals(2, builder.build(Array.of(product)).equations().size());
    }

    @Test
    void divisionByAPowerOfTwoIsAProduct() {
        becomes("c:f64[] = mul 0.25:f64[] a", binary(BinaryOp.DIV, x, Literal.of(4.0)));
    }

    @Test
    void divisionByOtherNumbersStays() {
        becomes("c:f64[] = div a 3.0:f64[]", binary(BinaryOp.DIV, x, Literal.of(3.0)));
    }

    @Test
    void integersDividedByMinusOneWrapAndStay() {
        becomes("c:i32[] = div b -1:i32[]", binary(BinaryOp.DIV, i, Literal.of(DType.INT32, -1L)));
    }

    @Test
    void exactConstantsAreComputedAndOthersLeftToTheEngine() {
        assertEquals(Literal.of(0.1 + 0.2), binary(BinaryOp.ADD, Literal.of(0.1), Literal.of(0.2)));
        becomes("c:f64[] = sin 1.0:f64[]", builder.append(new Elementwise.Unary(UnaryOp.SIN), Literal.of(1.0)));
    }

    @Test
    void signsMoveOutwardOrIntoSums() {
        Atom y = builder.append(new Elementwise.Unary(UnaryOp.NEG), x);
        becomes("c:f64[] = sub 1.0:f64[] a", binary(BinaryOp.ADD, Literal.of(1.0), y));
        becomes("c:f64[] = mul -3.0:f64[] a", times(3, y));
        becomes("c:f64[] = abs a", builder.append(new Elementwise.Unary(UnaryOp.ABS), y));
    }
}
