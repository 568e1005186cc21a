package dev.fluxion.numerics;

import dev.fluxion.ir.ArgOp;
import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of several operations, where fusion, views, and the reuse of buffers could go wrong. */
class FusedProgramsTest {
    private static final int ULPS = 1000;

    private final JaxprBuilder b = new JaxprBuilder();

    private Atom input(int... dims) {
        return b.input(ArrayType.of(DType.FLOAT64, dims));
    }

    private Atom unary(UnaryOp op, Atom x) {
        return b.append(new Elementwise.Unary(op), x);
    }

    private Atom binary(BinaryOp op, Atom x, Atom y) {
        return b.append(new Elementwise.Binary(op), x, y);
    }

    private Atom reduce(ReduceOp op, Atom x, int... axes) {
        return b.append(new Reduction.Reduce(op, Ints.of(axes)), x);
    }

    private Atom broadcast(Atom x, Shape shape, int... dims) {
        return b.append(new Movement.BroadcastInDim(shape, Ints.of(dims)), x);
    }

    private void check(Atom... outputs) {
        Jaxpr jaxpr = b.build(Array.of(outputs));
        ArrayData[] inputs = new ArrayData[jaxpr.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Samples.ordinary(jaxpr.inputs().get(i).type(), 40L + i);
        }
        Agreement.within(ULPS, jaxpr, inputs);
        Agreement.within(ULPS, jaxpr, inputs);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 1000})
    void valueAndGradient(int n) {
        Atom x = input(n);
        Atom square = unary(UnaryOp.SQUARE, x);
        Atom bell = unary(UnaryOp.EXP, unary(UnaryOp.NEG, square));
        Atom sin = unary(UnaryOp.SIN, x);
        Atom below = binary(BinaryOp.ADD, Literal.of(1.0), square);
        Atom value = binary(BinaryOp.ADD, binary(BinaryOp.MUL, bell, sin), binary(BinaryOp.DIV, x, below));
        Atom slope = binary(BinaryOp.MUL, bell, unary(UnaryOp.COS, x));
        check(reduce(ReduceOp.SUM, value, 0), binary(BinaryOp.SUB, slope, value));
    }

    @Test
    void softmax() {
        for (int axis = 0; axis < 2; axis++) {
            Shape shape = Shape.of(6, 50);
            Atom x = input(6, 50);
            Atom high = broadcast(reduce(ReduceOp.MAX, x, axis), shape, 1 - axis);
            Atom e = unary(UnaryOp.EXP, binary(BinaryOp.SUB, x, high));
            Atom sum = broadcast(reduce(ReduceOp.SUM, e, axis), shape, 1 - axis);
            check(binary(BinaryOp.DIV, e, sum), e);
        }
    }

    /** The long axis becomes the inner loop, in pieces. */
    @ParameterizedTest
    @ValueSource(ints = {63, 64, 512, 1100})
    void shortRows(int n) {
        Shape shape = Shape.of(n, 3);
        Atom x = input(n, 3);
        Atom row = broadcast(input(3), shape, 1);
        Atom scaled = binary(BinaryOp.MUL, x, row);
        Atom columnSums = reduce(ReduceOp.SUM, scaled, 0);
        Atom rowSums = reduce(ReduceOp.SUM, unary(UnaryOp.SQUARE, scaled), 1);
        Atom shares = binary(BinaryOp.ADD, scaled, broadcast(rowSums, shape, 0));
        Atom plane = binary(BinaryOp.SUB, input(2, n, 3), broadcast(row, Shape.of(2, n, 3), 1, 2));
        check(
                scaled,
                columnSums,
                rowSums,
                shares,
                plane,
                reduce(ReduceOp.MAX, plane, 0),
                reduce(ReduceOp.SUM, plane, 1));
    }

    @Test
    void layer() {
        Atom x = input(5, 7);
        Atom w = input(7, 40);
        Atom bias = input(40);
        Atom product = b.append(DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of()), x, w);
        Atom h = unary(UnaryOp.TANH, binary(BinaryOp.ADD, product, broadcast(bias, Shape.of(5, 40), 1)));
        Atom back = b.append(DotGeneral.of(Ints.of(0), Ints.of(0), Ints.of(), Ints.of()), x, h);
        check(reduce(ReduceOp.SUM, h, 0), reduce(ReduceOp.SUM, h, 0, 1), back, reduce(ReduceOp.MAX, h, 1));
    }

    @Test
    void viewsOfComputedValues() {
        Atom x = input(4, 6);
        Atom y = input(6, 4);
        Atom e = unary(UnaryOp.EXP, x);
        Atom turned = b.append(new Movement.Transpose(Ints.of(1, 0)), e);
        Atom sum = binary(BinaryOp.ADD, turned, y);
        Atom flat = b.append(new Movement.Reshape(Shape.of(24)), sum);
        Atom part = b.append(new Movement.Slice(Ints.of(1), Ints.of(24), Ints.of(3)), flat);
        Atom reversed = b.append(new Movement.Rev(Ints.of(0)), part);
        Atom column = b.append(new Movement.ExpandDims(Ints.of(1)), unary(UnaryOp.SIN, reversed));
        Atom doubled = binary(BinaryOp.MUL, column, Literal.of(2.0));
        check(turned, reversed, doubled, b.append(new Movement.Squeeze(Ints.of(1)), doubled), sum, flat);
    }

    @Test
    void outputsThatAreInputsLiteralsAndTwins() {
        Atom x = input(3, 2);
        Atom e = unary(UnaryOp.EXP, x);
        Atom filled = broadcast(Literal.of(2.0), Shape.of(2, 2));
        check(
                x,
                x,
                e,
                e,
                Literal.of(3.0),
                filled,
                b.append(new Movement.Reshape(Shape.of(6)), e),
                b.append(new Movement.Reshape(Shape.of(6)), x));
    }

    @Test
    void longChainsReuseBuffers() {
        Atom x = input(37);
        Atom w = input(37, 37);
        for (int i = 0; i < 40; i++) {
            Atom turned = b.append(DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of()), w, x);
            Atom scale = reduce(ReduceOp.MAX, unary(UnaryOp.ABS, turned), 0);
            x = binary(BinaryOp.DIV, turned, broadcast(scale, Shape.of(37)));
            x = binary(BinaryOp.ADD, unary(UnaryOp.SIN, x), unary(UnaryOp.ATAN, x));
        }
        check(x);
    }

    @Test
    void updatesInPlaceKeepTheirInput() {
        Atom x = input(6);
        Atom update = input(2);
        Atom once = b.append(new Movement.DynamicUpdateSlice(), x, update, Literal.of(DType.INT32, 1L));
        Atom start = b.append(new Reduction.ArgReduce(ArgOp.ARGMAX, 0, DType.INT32), once);
        Atom twice = b.append(new Movement.DynamicUpdateSlice(), unary(UnaryOp.EXP, once), update, start);
        Atom thrice = b.append(new Movement.DynamicUpdateSlice(), twice, update, Literal.of(DType.INT32, 4L));
        check(unary(UnaryOp.NEG, thrice), x);
    }

    @Test
    void randomBits() {
        Atom key = b.input(ArrayType.of(DType.INT32, 9));
        Atom counter = b.append(new Movement.Iota(DType.INT32, Shape.of(9), 0));
        Array<Atom> bits = b.append(
                new Threefry2x32(),
                Array.of(key, key, counter, broadcast(Literal.of(DType.INT32, 7L), Shape.of(9))),
                SourceInfo.UNKNOWN);
        check(bits.get(0), bits.get(1));
    }

    @Test
    void callsAreInlined() {
        JaxprBuilder inner = new JaxprBuilder();
        Atom y = inner.input(ArrayType.of(DType.FLOAT64, 3));
        Jaxpr body = inner.build(Array.of(inner.append(new Elementwise.Unary(UnaryOp.SIN), y), y));
        Atom x = input(3);
        Array<Atom> results = b.append(new Control.Call("f", body), Array.of(x), SourceInfo.UNKNOWN);
        Array<Atom> again = b.append(new Control.Call("f", body), Array.of(results.get(0)), SourceInfo.UNKNOWN);
        check(binary(BinaryOp.ADD, again.get(0), again.get(1)), results.get(1));
    }

    /** Constants are not part of the plan: two programs that differ in them alone share it. */
    @Test
    void constants() {
        for (double value : new double[] {2, 3}) {
            JaxprBuilder builder = new JaxprBuilder();
            Atom x = builder.input(ArrayType.of(DType.FLOAT64, 2));
            Atom c = builder.constant(HostArray.wrap(ArrayType.of(DType.FLOAT64, 2), new double[] {value, -value}));
            Atom product = builder.append(new Elementwise.Binary(BinaryOp.MUL), x, c);
            Agreement.exact(builder.build(Array.of(product, c)), Samples.ordinary(DType.FLOAT64, 2));
        }
    }

    @Test
    void hugeScalarPrograms() {
        Atom x = input();
        Atom y = x;
        for (int i = 0; i < 3000; i++) {
            y = binary(
                    BinaryOp.ADD,
                    binary(BinaryOp.MUL, y, Literal.of(0.5)),
                    binary(BinaryOp.MUL, x, Literal.of(1.0 / (i + 2))));
        }
        check(y);
    }
}
