package dev.fluxion.numerics;

import static dev.fluxion.numerics.SubPrograms.COUNT;
import static dev.fluxion.numerics.SubPrograms.NUMBER;
import static dev.fluxion.numerics.SubPrograms.agree;
import static dev.fluxion.numerics.SubPrograms.append;
import static dev.fluxion.numerics.SubPrograms.binary;
import static dev.fluxion.numerics.SubPrograms.compare;
import static dev.fluxion.numerics.SubPrograms.count;
import static dev.fluxion.numerics.SubPrograms.program;
import static dev.fluxion.numerics.SubPrograms.scan;
import static dev.fluxion.numerics.SubPrograms.unary;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops give on the engine what they give on the reference engine: carries, slices and stacks could get mixed up. */
class LoopAgreementTest {
    private static final ArrayType LINE = ArrayType.of(DType.FLOAT64, 5);
    private static final ArrayType SQUARE = ArrayType.of(DType.FLOAT64, 5, 5);

    private static ArrayType stacked(int length, ArrayType type) {
        return type.withShape(type.shape().insert(0, length));
    }

    /** A scan over all inputs of the body. */
    private static Jaxpr scanning(Control.Scan p) {
        Array<ArrayType> types = p.body().inputTypes();
        Array<ArrayType> xs = p.xs(types).map(type -> stacked(p.length(), type));
        return program(
                types.take(p.consts() + p.carry()).appendAll(xs), (b, in) -> append(b, p, in.toJavaArray(Atom[]::new)));
    }

    private static Jaxpr lineBody() {
        return program(Array.of(LINE, LINE, LINE, NUMBER), (b, in) -> {
            Atom sum = binary(b, BinaryOp.ADD, binary(b, BinaryOp.MUL, in.get(0), in.get(1)), in.get(2));
            Atom bent = unary(b, UnaryOp.SIN, sum);
            Atom total = b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), bent);
            Atom wide = b.append(new Movement.BroadcastInDim(LINE.shape(), Ints.of()), in.get(3));
            return Array.of(bent, total, binary(b, BinaryOp.ADD, bent, wide));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7})
    void scansOverSlices(int length) {
        agree(100, scanning(new Control.Scan(lineBody(), length, false, 1, 1, 1)));
        agree(100, scanning(new Control.Scan(lineBody(), length, true, 1, 1, 1)));
        agree(100, scanning(new Control.Scan(lineBody(), length, true, 3, 2, 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 8})
    void carriesThatChangePlaces(int length) {
        Jaxpr body = program(Array.of(LINE, LINE, LINE), (b, in) -> Array.of(in.get(1), in.get(2), in.get(0)));
        agree(0, scanning(scan(body, length, 0, 3)));
        Jaxpr shift = program(
                Array.of(LINE, LINE, LINE), (b, in) -> Array.of(in.get(0), in.get(0), in.get(1), in.get(2), in.get(1)));
        agree(0, scanning(scan(shift, length, 0, 3)));
        Jaxpr mixed = program(
                Array.of(LINE, LINE, LINE),
                (b, in) -> Array.of(in.get(1), binary(b, BinaryOp.ADD, in.get(0), in.get(1)), in.get(0)));
        agree(0, scanning(scan(mixed, length, 0, 2)));
        agree(0, scanning(scan(mixed, length, 1, 2)));
        agree(0, scanning(scan(mixed, length, 0, 3)));
    }

    @Test
    void resultsThatAreInputsConstantsOrTheSame() {
        Atom one = Literal.of(1.0);
        Jaxpr body = program(Array.of(NUMBER, LINE, LINE), (b, in) -> {
            Atom ones = b.append(new Movement.BroadcastInDim(LINE.shape(), Ints.of()), one);
            Atom next = binary(b, BinaryOp.MUL, in.get(1), in.get(2));
            return Array.of(one, next, in.get(0), in.get(2), next, next, ones, in.get(1));
        });
        agree(0, scanning(scan(body, 4, 0, 2)));
        agree(0, scanning(scan(body, 1, 0, 2)));
    }

    @Test
    void truthValuesAndIntegersAsCarry() {
        ArrayType truths = ArrayType.of(DType.BOOL, 3);
        ArrayType shorts = ArrayType.of(DType.FLOAT32, 3);
        ArrayType longs = ArrayType.of(DType.INT64, 3);
        Jaxpr body = program(Array.of(truths, longs, shorts, truths), (b, in) -> {
            Atom odd = b.append(new Elementwise.Binary(BinaryOp.XOR), in.get(0), in.get(3));
            Atom more =
                    b.append(new Elementwise.SelectN(), odd, in.get(1), binary(b, BinaryOp.ADD, in.get(1), in.get(1)));
            Atom asFloat = b.append(new Elementwise.ConvertElementType(DType.FLOAT32), more);
            return Array.of(odd, more, binary(b, BinaryOp.ADD, asFloat, in.get(2)), odd);
        });
        agree(0, scanning(scan(body, 6, 0, 3)));
    }

    @Test
    void scalarLoops() {
        Jaxpr body = program(Array.of(NUMBER, NUMBER, NUMBER), (b, in) -> {
            Atom next = binary(b, BinaryOp.MUL, in.get(1), unary(b, UnaryOp.COS, in.get(2)));
            return Array.of(binary(b, BinaryOp.ADD, next, in.get(0)), next);
        });
        agree(100, scanning(scan(body, 50, 1, 1)));
        agree(100, scanning(new Control.Scan(body, 50, true, 4, 1, 1)));
    }

    @Test
    void slicesAsMatricesTransposesAndLines() {
        Jaxpr body = program(Array.of(SQUARE, LINE, SQUARE), (b, in) -> {
            Atom product = b.append(DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of()), in.get(2), in.get(0));
            Atom across = b.append(new Movement.Transpose(Ints.of(1, 0)), in.get(2));
            Atom sums = b.append(new Reduction.Cumulative(CumulativeOp.CUMSUM, 1, false), across);
            Atom row = b.append(DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of()), sums, in.get(1));
            Atom back = b.append(new Movement.Rev(Ints.of(0)), in.get(2));
            return Array.of(unary(b, UnaryOp.TANH, row), product, sums, across, back, in.get(2));
        });
        agree(1000, scanning(scan(body, 3, 1, 1)));
        agree(1000, scanning(new Control.Scan(body, 3, true, 1, 1, 1)));
    }

    /** {@code while (i < limit) (i, x) = (i + 1, f(x))}. */
    private static Control.While counting(ArrayType x, SubPrograms.Steps f) {
        Jaxpr cond =
                program(Array.of(COUNT, COUNT, x), (b, in) -> Array.of(compare(b, CompareOp.LT, in.get(1), in.get(0))));
        Jaxpr body = program(
                Array.of(COUNT, x),
                (b, in) -> f.of(b, in.tail()).prepend(binary(b, BinaryOp.ADD, in.get(0), count(1))));
        return new Control.While(cond, 1, body, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9})
    void loopsWithACounter(int limit) {
        Atom end = count(limit);
        Atom zero = count(0);
        Control.While scalar = counting(NUMBER, (b, in) -> Array.of(unary(b, UnaryOp.COS, in.get(0))));
        agree(100, program(Array.of(NUMBER), (b, in) -> append(b, scalar, end, zero, in.get(0))));
        Control.While line = counting(LINE, (b, in) -> Array.of(b.append(new Movement.Rev(Ints.of(0)), in.get(0))));
        agree(0, program(Array.of(LINE), (b, in) -> append(b, line, end, zero, in.get(0))));
        Control.While stays = counting(LINE, (b, in) -> in);
        agree(0, program(Array.of(LINE), (b, in) -> append(b, stays, end, zero, in.get(0))));
    }

    @Test
    void updatesInPlace() {
        ArrayType table = ArrayType.of(DType.FLOAT64, 20);
        Jaxpr body = program(Array.of(table, COUNT, NUMBER), (b, in) -> {
            Atom before = b.append(new Movement.DynamicSlice(Shape.of(1)), in.get(0), in.get(1));
            Atom line = b.append(new Movement.Reshape(Shape.of(1)), in.get(2));
            Atom sum = binary(b, BinaryOp.ADD, before, line);
            Atom next = binary(b, BinaryOp.ADD, in.get(1), count(1));
            Atom written = b.append(new Movement.DynamicUpdateSlice(), in.get(0), sum, next);
            return Array.of(written, next, before);
        });
        agree(0, scanning(scan(body, 18, 0, 2)));
        Jaxpr keepsBoth = program(Array.of(table, table, NUMBER), (b, in) -> {
            Atom line = b.append(new Movement.Reshape(Shape.of(1)), in.get(2));
            Atom written = b.append(new Movement.DynamicUpdateSlice(), in.get(0), line, count(3));
            return Array.of(written, in.get(0), in.get(0));
        });
        agree(0, scanning(scan(keepsBoth, 4, 0, 2)));
    }

    @Test
    void loopsInLoops() {
        Jaxpr inner = program(Array.of(LINE, LINE, NUMBER), (b, in) -> {
            Atom wide = b.append(new Movement.BroadcastInDim(LINE.shape(), Ints.of()), in.get(2));
            Atom next = binary(b, BinaryOp.ADD, binary(b, BinaryOp.MUL, in.get(0), in.get(1)), wide);
            return Array.of(next, binary(b, BinaryOp.SUB, next, in.get(1)));
        });
        Jaxpr middle = program(Array.of(LINE, LINE, ArrayType.of(DType.FLOAT64, 4)), (b, in) -> {
            Array<Atom> out = append(b, scan(inner, 4, 1, 1), in.get(0), in.get(1), in.get(2));
            Atom index = b.append(
                    new Elementwise.ConvertElementType(DType.INT32),
                    compare(
                            b,
                            CompareOp.GT,
                            b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), out.get(0)),
                            Literal.of(0.5)));
            Jaxpr negative = program(Array.of(LINE), (c, x) -> Array.of(unary(c, UnaryOp.NEG, x.get(0))));
            Jaxpr same = program(Array.of(LINE), (c, x) -> x);
            Array<Atom> chosen = append(b, new Control.Cond(Array.of(negative, same)), index, out.get(0));
            return Array.of(chosen.get(0), out.get(1));
        });
        agree(0, scanning(scan(middle, 3, 1, 1)));
        agree(0, scanning(new Control.Scan(middle, 3, true, 2, 1, 1)));
    }

    /** Bisection: which half to go on with depends on a sign. */
    @Test
    void branchesInScalarLoops() {
        Jaxpr lower = program(Array.of(NUMBER, NUMBER, NUMBER), (b, in) -> Array.of(in.get(2), in.get(1)));
        Jaxpr upper = program(Array.of(NUMBER, NUMBER, NUMBER), (b, in) -> Array.of(in.get(0), in.get(2)));
        Jaxpr both = program(Array.of(NUMBER, NUMBER, NUMBER), (b, in) -> Array.of(in.get(2), in.get(2)));
        Jaxpr body = program(Array.of(NUMBER, NUMBER, NUMBER, COUNT), (b, in) -> {
            Atom sum = binary(b, BinaryOp.ADD, in.get(1), in.get(2));
            Atom middle = binary(b, BinaryOp.MUL, sum, Literal.of(0.5));
            Atom above = compare(b, CompareOp.GT, unary(b, UnaryOp.COS, middle), in.get(0));
            Atom side = b.append(new Elementwise.ConvertElementType(DType.INT32), above);
            Atom index = binary(b, BinaryOp.ADD, side, in.get(3));
            Control.Cond cond = new Control.Cond(Array.of(upper, lower, both));
            return append(b, cond, index, in.get(1), in.get(2), middle).append(index);
        });
        Jaxpr jaxpr = scanning(scan(body, 12, 1, 2));
        Agreement.within(
                4,
                jaxpr,
                HostArray.wrap(NUMBER, new double[] {0.3}),
                HostArray.wrap(NUMBER, new double[] {0}),
                HostArray.wrap(NUMBER, new double[] {2}),
                HostArray.wrap(ArrayType.of(DType.INT32, 12), new int[] {0, 0, 0, -5, 0, 0, 0, 0, -1, 0, 1, 7}));
    }
}
