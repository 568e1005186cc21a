package dev.fluxion.transforms;

import dev.fluxion.ir.ArgOp;
import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Every operation with operands inside the domain where it is smooth. */
final class OperationTable {
    /** An operand: its type and the range its values are drawn from. */
    record Input(ArrayType type, double low, double high) {
        ArrayData draw(Random random) {
            int size = type.size();
            double[] values = random.doubles(size, low, high).toArray();
            Object data = switch (type.dtype()) {
                case BOOL -> {
                    boolean[] result = new boolean[size];
                    for (int i = 0; i < size; i++) {
                        result[i] = random.nextBoolean();
                    }
                    yield result;
                }
                case INT32 ->
                    Arrays.stream(values).mapToInt(v -> (int) Math.floor(v)).toArray();
                case INT64 ->
                    Arrays.stream(values).mapToLong(v -> (long) Math.floor(v)).toArray();
                case FLOAT64 -> values;
                case FLOAT32 -> throw new IllegalStateException("the table is in f64");
            };
            return Backend.get().array(type, data);
        }
    }

    record Operation(String name, Primitive primitive, Array<Input> inputs) {
        Jaxpr program() {
            return Programs.trace(inputs.map(Input::type), in -> Tracing.bindAll(primitive, in));
        }

        Array<ArrayData> draw() {
            Random random = new Random(name.hashCode());
            return inputs.map(input -> input.draw(random));
        }
    }

    private final List<Operation> operations = new ArrayList<>();

    static Array<Operation> all() {
        OperationTable table = new OperationTable();
        for (UnaryOp op : UnaryOp.values()) {
            table.unary(op);
        }
        for (BinaryOp op : BinaryOp.values()) {
            table.binary(op);
        }
        for (CompareOp op : CompareOp.values()) {
            table.add(new Elementwise.Compare(op), f64(-1, 1, 3), f64(-1, 1, 3));
        }
        table.elementwise();
        table.movements();
        table.reductions();
        table.dots();
        table.control();
        table.branches();
        table.scans();
        Input word = i32(-1000, 1000, 2);
        table.add(new Threefry2x32(), word, word, word, word);
        return Array.ofAll(table.operations);
    }

    private void unary(UnaryOp op) {
        Primitive p = new Elementwise.Unary(op);
        switch (op) {
            case ASIN, ACOS, ATANH, ERF_INV -> add(p, f64(-0.7, 0.7, 3));
            case ACOSH -> add(p, f64(1.6, 3, 3));
            case LOG, LOG2, LOG10, SQRT, RSQRT, CBRT, LGAMMA, DIGAMMA, RECIPROCAL, ABS, SIGN ->
                add(p, f64(0.8, 2.5, 3));
            case FLOOR, CEIL, ROUND, ROUND_NEAREST_EVEN -> add(p, f64(0.6, 0.9, 3));
            case NOT -> add(p, i32(-5, 5, 3));
            case NEG,
                    SIN,
                    COS,
                    TAN,
                    ATAN,
                    SINH,
                    COSH,
                    TANH,
                    ASINH,
                    EXP,
                    EXP2,
                    EXPM1,
                    LOG1P,
                    LOGISTIC,
                    IS_FINITE,
                    ERF,
                    ERFC,
                    SQUARE -> add(p, f64(-0.5, 1.1, 3));
        }
    }

    private void binary(BinaryOp op) {
        Primitive p = new Elementwise.Binary(op);
        switch (op) {
            case ADD, SUB, MUL, MAX, MIN -> add(p, f64(-2, 2, 3), f64(-2, 2, 3));
            case DIV, POW, ATAN2 -> add(p, f64(0.8, 2, 3), f64(0.8, 2, 3));
            case REM -> add(p, f64(2.3, 2.7, 3), f64(0.95, 1.05, 3));
            // Its values are steps; only its shape is differentiated: see nextafterIsTheIdentity.
            case NEXTAFTER -> {}
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC ->
                add(p, i32(0, 9, 3), i32(0, 9, 3));
        }
    }

    private void elementwise() {
        for (int n = -2; n <= 4; n++) {
            add(new Elementwise.IntegerPow(n), f64(0.8, 2, 3));
        }
        add(new Elementwise.Polygamma(1), f64(1, 2.5, 3));
        add(new Elementwise.Polygamma(2), f64(1, 2.5, 3));
        add(new Elementwise.Fma(), f64(-2, 2, 3), f64(-2, 2, 3), f64(-2, 2, 3));
        add(new Elementwise.SelectN(), bool(4), f64(-2, 2, 4), f64(-2, 2, 4));
        add(new Elementwise.SelectN(), i32(-1, 4, 6), f64(-2, 2, 6), f64(-2, 2, 6), f64(-2, 2, 6));
        add(new Elementwise.Clamp(), f64(-1, -0.5, 9), f64(-2, 2, 9), f64(0.5, 1, 9));
        add(new Elementwise.ConvertElementType(DType.FLOAT64), i32(-5, 5, 3));
        add(new Elementwise.ConvertElementType(DType.INT32), f64(0.2, 0.8, 3));
        add(new Elementwise.BitcastConvertType(DType.INT64), f64(0.2, 0.8, 3));
        add(new Elementwise.StopGradient(), i32(0, 3, 2));
        add(new Elementwise.Named("x"), f64(-1, 1, 3));
        add(new Elementwise.Copy(), f64(-1, 1, 3));
    }

    private void movements() {
        Input m = f64(-2, 2, 2, 3);
        add(new Movement.BroadcastInDim(Shape.of(4, 2, 3), Ints.of(1, 2)), f64(-2, 2, 2, 1));
        add(new Movement.BroadcastInDim(Shape.of(2, 3), Ints.of()), f64(-2, 2));
        add(new Movement.Reshape(Shape.of(3, 2)), m);
        add(new Movement.Transpose(Ints.of(2, 0, 1)), f64(-2, 2, 2, 3, 4));
        add(new Movement.Squeeze(Ints.of(2, 0)), f64(-2, 2, 1, 3, 1));
        add(new Movement.ExpandDims(Ints.of(0, 2)), m);
        add(new Movement.Concatenate(1), m, f64(-2, 2, 2, 1), m);
        add(new Movement.Pad(Ints.of(1, -1), Ints.of(-2, 2), Ints.of(1, 2)), m, f64(-1, 1));
        add(new Movement.Pad(Ints.of(0, 1), Ints.of(2, 0), Ints.of(0, 0)), m, f64(-1, 1));
        add(new Movement.Slice(Ints.of(0, 1), Ints.of(2, 6), Ints.of(1, 2)), f64(-2, 2, 3, 7));
        add(new Movement.Slice(Ints.of(1), Ints.of(1), Ints.of(1)), f64(-2, 2, 3));
        add(new Movement.DynamicSlice(Shape.of(1, 2)), m, i32(-2, 5), i32(-2, 5));
        add(new Movement.DynamicUpdateSlice(), m, f64(-2, 2, 1, 2), i32(-2, 5), i32(-2, 5));
        add(new Movement.Rev(Ints.of(1)), m);
        add(new Movement.Iota(DType.FLOAT64, Shape.of(3), 0));
    }

    private void reductions() {
        for (ReduceOp op : ReduceOp.values()) {
            Input x = op == ReduceOp.AND || op == ReduceOp.OR ? i32(0, 9, 2, 3, 5) : f64(-2, 2, 2, 3, 5);
            add(new Reduction.Reduce(op, Ints.of(2)), x);
            add(new Reduction.Reduce(op, Ints.of(2, 0)), x);
        }
        for (ArgOp op : ArgOp.values()) {
            add(new Reduction.ArgReduce(op, 1, DType.INT32), f64(-2, 2, 2, 3));
        }
        for (CumulativeOp op : CumulativeOp.values()) {
            add(new Reduction.Cumulative(op, 1, false), f64(-2, 2, 2, 5));
            add(new Reduction.Cumulative(op, 0, true), f64(-2, 2, 4, 2));
        }
    }

    private void dots() {
        Ints none = Ints.of();
        add(DotGeneral.of(Ints.of(1), Ints.of(0), none, none), f64(-2, 2, 2, 3), f64(-2, 2, 3, 4));
        add(DotGeneral.of(none, none, none, none), f64(-2, 2, 2), f64(-2, 2, 3));
        add(
                DotGeneral.of(Ints.of(3, 0), Ints.of(1, 3), Ints.of(1), Ints.of(2)),
                f64(-2, 2, 2, 3, 4, 5),
                f64(-2, 2, 6, 5, 3, 2));
    }

    private void control() {
        ArrayType type = ArrayType.of(DType.FLOAT64, 3);
        Jaxpr body = Programs.trace(
                Array.of(type, type),
                in -> Array.of(Lax.sin(in.get(0)).times(in.get(1)), Lax.exp(in.get(1)), Lax.floor(in.get(0))));
        add(new Control.Call("f", body), f64(0.2, 0.8, 3), f64(-1, 1, 3));
        Array<CheckpointPolicy> policies = Array.of(
                new CheckpointPolicy.NothingSaveable(),
                new CheckpointPolicy.EverythingSaveable(),
                new CheckpointPolicy.SaveOnlyTheseNames(Array.of("s")));
        Jaxpr named = Programs.trace(Array.of(type, type), in -> {
            NDArray s = Tracing.bind(new Elementwise.Named("s"), Lax.sin(in.get(0)));
            return Array.of(Lax.exp(s.times(in.get(1))), s, Lax.floor(in.get(0)));
        });
        policies.forEach(policy -> add(new Control.Checkpoint("f", named, policy), f64(0.2, 0.8, 3), f64(-1, 1, 3)));
        Jaxpr square = Programs.trace(type, Lax::square);
        Jaxpr rule = Programs.trace(
                Array.of(type, type),
                in -> Array.of(Lax.square(in.get(0)), in.get(0).times(2).times(in.get(1))));
        add(new Control.CustomJvpCall("square", square, LazyJaxpr.of(rule)), f64(-1, 1, 3));
    }

    /** Branches with equal and with different residuals; with results that are operands, or that have no derivative. */
    private void branches() {
        ArrayType type = ArrayType.of(DType.FLOAT64, 3);
        Array<ArrayType> inputs = Array.of(type, type);
        Array<Jaxpr> branches = Array.of(
                Programs.trace(inputs, in -> Array.of(in.get(0).times(in.get(1)), Lax.floor(in.get(0)))),
                Programs.trace(inputs, in -> Array.of(Lax.exp(Lax.sin(in.get(0))), Lax.floor(in.get(1)))),
                Programs.trace(inputs, in -> Array.of(in.get(1), Numpy.zeros(3))));
        for (int index = -1; index <= 2; index++) {
            add(new Control.Cond(branches), i32(index, index + 1), f64(0.2, 0.8, 3), f64(0.2, 0.8, 3));
        }
    }

    /** Consts, a counter, carries with and without tangents, xs; residuals of all kinds; both directions; no steps. */
    private void scans() {
        ArrayType type = ArrayType.of(DType.FLOAT64, 2);
        Array<ArrayType> inputs = Array.of(type, ArrayType.of(DType.INT32), type, type, type);
        Jaxpr body = Programs.trace(inputs, in -> {
            NDArray a = Lax.exp(in.get(0));
            NDArray i = in.get(1);
            NDArray c = in.get(2);
            NDArray x = in.get(4);
            NDArray next = Lax.sin(c.times(a)).plus(x.times(i.plus(1).astype(DType.FLOAT64)));
            return Array.of(i.plus(1), next, in.get(3).times(c), Lax.tanh(next.times(x)), Lax.floor(x), a.times(2));
        });
        Input c = f64(0.2, 0.8, 2);
        add(new Control.Scan(body, 3, false, 1, 1, 3), c, i32(0, 1), c, c, f64(0.2, 0.8, 3, 2));
        add(new Control.Scan(body, 3, true, 2, 1, 3), c, i32(0, 1), c, c, f64(0.2, 0.8, 3, 2));
        add(new Control.Scan(body, 0, false, 1, 1, 3), c, i32(0, 1), c, c, f64(0.2, 0.8, 0, 2));
    }

    private void add(Primitive primitive, Input... inputs) {
        operations.add(new Operation(operations.size() + " " + primitive, primitive, Array.of(inputs)));
    }

    private static Input f64(double low, double high, int... dims) {
        return new Input(ArrayType.of(DType.FLOAT64, dims), low, high);
    }

    private static Input i32(double low, double high, int... dims) {
        return new Input(ArrayType.of(DType.INT32, dims), low, high);
    }

    private static Input bool(int... dims) {
        return new Input(ArrayType.of(DType.BOOL, dims), 0, 1);
    }
}
