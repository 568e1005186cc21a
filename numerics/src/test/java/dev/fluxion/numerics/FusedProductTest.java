package dev.fluxion.numerics;

import static dev.fluxion.numerics.SubPrograms.append;
import static dev.fluxion.numerics.SubPrograms.binary;
import static dev.fluxion.numerics.SubPrograms.program;
import static dev.fluxion.numerics.SubPrograms.scan;
import static dev.fluxion.numerics.SubPrograms.unary;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What follows upon a matrix product block by block has the bits of what follows upon all of it; and with small integers, for
 * which products and sums are exact, those of the reference engine.
 */
class FusedProductTest {
    private static final DotGeneral PLAIN = DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of());
    private static final DotGeneral TRANSPOSED = DotGeneral.of(Ints.of(0), Ints.of(1), Ints.of(), Ints.of());
    private static final DotGeneral BATCHED = DotGeneral.of(Ints.of(2), Ints.of(1), Ints.of(0), Ints.of(0));

    /** Elements of the inputs of products that are too large for the reference engine. */
    private static final int SLOW = 200_000;

    /** What a program does with a product, and the inputs: the operands of the product first. */
    @FunctionalInterface
    private interface Tail {
        Array<Atom> of(JaxprBuilder b, Atom product, Array<Atom> in);
    }

    private static void check(DType dtype, DotGeneral dot, Tail tail, int[]... shapes) {
        Array<ArrayType> types = Array.of(shapes).map(dims -> ArrayType.of(dtype, dims));
        Jaxpr whole = program(types, (b, in) -> tail.of(b, b.append(dot, in.get(0), in.get(1)), in));
        Jaxpr product = program(types.take(2), (b, in) -> Array.of(b.append(dot, in.get(0), in.get(1))));
        ArrayType between = product.outputs().get(0).type();
        Jaxpr rest = program(types.append(between), (b, in) -> tail.of(b, in.last(), in.init()));

        if (types.map(ArrayType::size).sum().intValue() < SLOW) {
            Agreement.exact(whole, data(types, FusedProductTest::integers));
        }
        ArrayData[] inputs = data(types, type -> Samples.ordinary(type, type.size()));
        ArrayData[] first = Agreement.ENGINE.compile(product).run(inputs[0], inputs[1]);
        ArrayData[] expected = Agreement.ENGINE
                .compile(rest)
                .run(Array.of(inputs).append(first[0]).toJavaArray(ArrayData[]::new));
        ArrayData[] actual = Agreement.ENGINE.compile(whole).run(inputs);
        for (int k = 0; k < expected.length; k++) {
            for (int i = 0; i < expected[k].type().size(); i++) {
                assertEquals(expected[k].doubleAt(i), actual[k].doubleAt(i), k + ", " + i + " of\n" + whole);
            }
        }
    }

    private static ArrayData[] data(Array<ArrayType> types, Function<ArrayType, ArrayData> make) {
        return types.map(make).toJavaArray(ArrayData[]::new);
    }

    private static ArrayData integers(ArrayType type) {
        Object data = HostData.allocate(type.dtype(), type.size());
        for (int i = 0; i < type.size(); i++) {
            HostData.put(data, i, Literal.of(type.dtype(), (long) (i * 7 % 5 - 2)));
        }
        return HostArray.wrap(type, data);
    }

    private static Atom along(JaxprBuilder b, Atom x, int axis, Atom like) {
        return b.append(new Movement.BroadcastInDim(like.shape(), Ints.of(axis)), x);
    }

    private static Atom sum(JaxprBuilder b, Atom x, int... axes) {
        return b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(axes)), x);
    }

    /** {@code tanh(a w + bias)}, and one less its square. */
    private static Array<Atom> dense(JaxprBuilder b, Atom product, Array<Atom> in) {
        Atom bias = along(b, in.get(2), product.shape().rank() - 1, product);
        Atom y = unary(b, UnaryOp.TANH, binary(b, BinaryOp.ADD, product, bias));
        return Array.of(y, unary(b, UnaryOp.SQUARE, y));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void biasAndActivation(DType dtype) {
        Tail dense = FusedProductTest::dense;
        check(dtype, PLAIN, dense, new int[] {131, 70}, new int[] {70, 97}, new int[] {97});
        check(dtype, TRANSPOSED, dense, new int[] {70, 131}, new int[] {97, 70}, new int[] {97});
        check(dtype, PLAIN, dense, new int[] {500, 5}, new int[] {5, 37}, new int[] {37});
        check(dtype, PLAIN, dense, new int[] {3, 40}, new int[] {40, 3003}, new int[] {3003});
        check(dtype, PLAIN, dense, new int[] {300, 0}, new int[] {0, 40}, new int[] {40});
    }

    /** Sums over several blocks of depth, and several blocks of rows and of columns. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void manyBlocks(DType dtype) {
        Tail tail = (b, product, in) -> {
            Array<Atom> dense = dense(b, product, in);
            return dense.append(sum(b, dense.get(0), 0));
        };
        check(dtype, PLAIN, tail, new int[] {40, 530}, new int[] {530, 2100}, new int[] {2100});
        check(dtype, PLAIN, tail, new int[] {700, 520}, new int[] {520, 40}, new int[] {40});
        check(dtype, PLAIN, tail, new int[] {7000, 30}, new int[] {30, 40}, new int[] {40});
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void batches(DType dtype) {
        Tail dense = FusedProductTest::dense;
        check(dtype, BATCHED, dense, new int[] {3, 101, 30}, new int[] {3, 30, 90}, new int[] {90});
        DotGeneral many = DotGeneral.of(Ints.of(2), Ints.of(0), Ints.of(), Ints.of());
        check(dtype, many, dense, new int[] {3, 51, 30}, new int[] {30, 90}, new int[] {90});
        // A number for each matrix does not step evenly through the rows of all.
        Tail scaled = (b, product, in) -> Array.of(binary(b, BinaryOp.MUL, product, along(b, in.get(2), 0, product)));
        check(dtype, BATCHED, scaled, new int[] {3, 101, 30}, new int[] {3, 30, 90}, new int[] {3});
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64", "INT32", "INT64"})
    void descent(DType dtype) {
        Tail descent = (b, product, in) ->
                Array.of(binary(b, BinaryOp.SUB, in.get(2), binary(b, BinaryOp.MUL, product, Literal.of(dtype, 3L))));
        DotGeneral gradient = DotGeneral.of(Ints.of(0), Ints.of(0), Ints.of(), Ints.of());
        check(dtype, gradient, descent, new int[] {19, 130}, new int[] {19, 90}, new int[] {130, 90});
    }

    /** The product is a result, too, and is read by a transpose and another product. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void severalReaders(DType dtype) {
        Tail tail = (b, product, in) -> {
            Atom y = binary(b, BinaryOp.MUL, product, product);
            Atom turned = b.append(new Movement.Transpose(Ints.of(1, 0)), product);
            return Array.of(product, y, b.append(PLAIN, y, turned), binary(b, BinaryOp.ADD, product, in.get(2)));
        };
        check(dtype, PLAIN, tail, new int[] {96, 20}, new int[] {20, 96}, new int[] {96, 96});
        Tail turned = (b, product, in) ->
                Array.of(binary(b, BinaryOp.ADD, product, b.append(new Movement.Transpose(Ints.of(1, 0)), product)));
        check(dtype, PLAIN, turned, new int[] {96, 20}, new int[] {20, 96});
    }

    /** Sums over the columns go on from block to block; those over rows, and over all, wait for the whole product. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void sums(DType dtype) {
        for (int[] axes : new int[][] {{0}, {1}, {0, 1}}) {
            Tail tail = (b, product, in) -> {
                Atom y = binary(b, BinaryOp.MUL, product, in.get(2));
                return Array.of(y, sum(b, y, axes));
            };
            check(dtype, PLAIN, tail, new int[] {150, 66}, new int[] {66, 129}, new int[] {150, 129});
        }
        Tail batched = (b, product, in) -> Array.of(sum(b, unary(b, UnaryOp.SQUARE, product), 0, 1));
        check(dtype, BATCHED, batched, new int[] {3, 101, 30}, new int[] {3, 30, 90});
    }

    /** The operand dies with what follows, which must not take its place before all of the product is there. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void operandsAreNotReplaced(DType dtype) {
        ArrayType square = ArrayType.of(dtype, 200, 200);
        Array<ArrayType> types = Array.of(square, square, ArrayType.of(dtype, 200, 50));
        for (boolean left : new boolean[] {true, false}) {
            Jaxpr jaxpr = program(types, (b, in) -> {
                Atom x = unary(b, UnaryOp.SQUARE, in.get(0));
                Atom product = left ? b.append(PLAIN, x, in.get(1)) : b.append(PLAIN, in.get(1), x);
                Atom y = binary(b, BinaryOp.ADD, product, x);
                return Array.of(product, b.append(PLAIN, y, in.get(2)));
            });
            Agreement.exact(jaxpr, data(types, FusedProductTest::integers));
        }
    }

    /** The product is moved behind steps whose results could lie where its operands were. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void operandsLiveUntilTheyAreRead(DType dtype) {
        Array<ArrayType> types = Array.of(ArrayType.of(dtype, 120, 120), ArrayType.of(dtype, 120, 120));
        Jaxpr jaxpr = program(types, (b, in) -> {
            Atom x = unary(b, UnaryOp.SQUARE, in.get(0));
            Atom product = b.append(PLAIN, x, in.get(1));
            Atom other = b.append(PLAIN, in.get(1), in.get(1));
            Atom bias = sum(b, b.append(PLAIN, other, in.get(0)), 1);
            return Array.of(binary(b, BinaryOp.ADD, product, along(b, bias, 0, product)));
        });
        Agreement.exact(jaxpr, data(types, FusedProductTest::integers));
    }

    /** {@code h = max(h w + x[t], 0)} with all h: products that write slices, of operands that are slices. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void inLoops(DType dtype) {
        ArrayType state = ArrayType.of(dtype, 100, 90);
        ArrayType weights = ArrayType.of(dtype, 90, 90);
        ArrayType all = ArrayType.of(dtype, 4, 100, 90);
        Jaxpr body = program(Array.of(weights, state, state), (b, in) -> {
            Atom product = b.append(PLAIN, in.get(1), in.get(0));
            Atom sum = binary(b, BinaryOp.ADD, product, in.get(2));
            Atom next = binary(
                    b,
                    BinaryOp.MIN,
                    sum,
                    b.append(new Movement.BroadcastInDim(Shape.of(100, 90), Ints.of()), Literal.of(dtype, 3L)));
            Atom other = unary(b, UnaryOp.NEG, b.append(PLAIN, in.get(2), in.get(0)));
            return Array.of(next, product, other);
        });
        Array<ArrayType> types = Array.of(weights, state, all);
        Jaxpr loop = program(types, (b, in) -> append(b, scan(body, 4, 1, 1), in.toJavaArray(Atom[]::new)));
        Agreement.exact(loop, data(types, FusedProductTest::integers));
    }
}
