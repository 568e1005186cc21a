package dev.fluxion.ir.testing;

import dev.fluxion.ir.ArgOp;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import java.util.List;

/** Chooses operations that fit a first operand, and their further operands. */
final class Operations {
    private Operations() {}

    static Primitive choose(Choice next, Atom x, RandomProgram.Kind kind) {
        if (kind != RandomProgram.Kind.ANY) {
            return smooth(next, x);
        }
        return switch (next.number(8)) {
            case 0, 1 -> elementwise(next, x.dtype());
            case 2 -> new Elementwise.Unary(next.among(UnaryOp.values()));
            case 3 -> new Elementwise.Binary(next.among(BinaryOp.values()));
            case 4 ->
                next.among(
                        new Elementwise.Compare(next.among(CompareOp.values())),
                        new Elementwise.SelectN(),
                        new Elementwise.ConvertElementType(next.among(DType.values())),
                        new Threefry2x32());
            case 5 -> movement(next, x.shape());
            case 6 -> contraction(next, x);
            default -> reduction(next, x.shape());
        };
    }

    private static Primitive smooth(Choice next, Atom x) {
        if (!x.dtype().isFloating()) {
            return x.dtype() == DType.BOOL
                    ? new Elementwise.SelectN()
                    : new Elementwise.ConvertElementType(DType.FLOAT64);
        }
        return switch (next.number(6)) {
            case 0 ->
                new Elementwise.Unary(
                        next.among(UnaryOp.SIN, UnaryOp.NEG, UnaryOp.COS, UnaryOp.TANH, UnaryOp.LOGISTIC));
            case 1 -> new Elementwise.Binary(next.among(BinaryOp.MUL, BinaryOp.ADD, BinaryOp.SUB));
            case 2, 3 -> movement(next, x.shape());
            case 4 ->
                next.among(
                        new Elementwise.Fma(),
                        new Elementwise.IntegerPow(2),
                        new Reduction.Cumulative(CumulativeOp.CUMSUM, lastAxis(x), next.oneIn(2)),
                        new Reduction.Cumulative(CumulativeOp.CUMPROD, lastAxis(x), next.oneIn(2)),
                        new Reduction.Cumulative(CumulativeOp.CUMLOGSUMEXP, lastAxis(x), next.oneIn(2)));
            default -> contraction(next, x);
        };
    }

    private static int lastAxis(Atom x) {
        return Math.max(0, x.shape().rank() - 1);
    }

    private static Primitive elementwise(Choice next, DType dtype) {
        return next.among(
                new Elementwise.Binary(dtype == DType.BOOL ? BinaryOp.AND : BinaryOp.MUL),
                new Elementwise.Binary(dtype == DType.BOOL ? BinaryOp.OR : BinaryOp.ADD),
                new Elementwise.IntegerPow(next.number(4)),
                new Elementwise.Polygamma(1 + next.number(2)),
                new Elementwise.Fma(),
                new Elementwise.Clamp(),
                new Elementwise.BitcastConvertType(DType.INT64),
                new Elementwise.StopGradient(),
                new Elementwise.Named("x"),
                new Elementwise.Copy());
    }

    private static Movement movement(Choice next, Shape shape) {
        int rank = shape.rank();
        int axis = rank == 0 ? 0 : next.number(rank);
        return switch (next.number(12)) {
            case 0 -> new Movement.BroadcastInDim(shape.insert(0, 2), Ints.range(1, rank + 1));
            case 1 -> new Movement.Reshape(Shape.of(shape.size()));
            case 2 -> new Movement.Transpose(reversed(rank));
            case 3 -> new Movement.Squeeze(Ints.of(Ints.range(rank).stream().filter(d -> shape.dim(d) == 1)));
            case 4 -> new Movement.ExpandDims(Ints.of(0));
            case 5 -> new Movement.Concatenate(axis);
            case 6 ->
                new Movement.Pad(
                        Ints.fill(rank, next.number(3) - 1), Ints.fill(rank, 1), Ints.fill(rank, next.number(2)));
            case 7 -> new Movement.Slice(Ints.fill(rank, 0), shape.dims(), Ints.fill(rank, 1 + next.number(2)));
            case 8 -> new Movement.DynamicSlice(Shape.of(shape.dims().map(d -> Math.min(d, 1))));
            case 9 -> new Movement.DynamicUpdateSlice();
            case 10 -> new Movement.Rev(rank == 0 ? Ints.of() : Ints.of(axis));
            default -> new Movement.Iota(DType.FLOAT64, Shape.of(2, 3), next.number(2));
        };
    }

    private static Primitive contraction(Choice next, Atom x) {
        int rank = x.shape().rank();
        Ints last = rank == 0 ? Ints.of() : Ints.of(rank - 1);
        return next.among(
                new Reduction.Reduce(ReduceOp.SUM, rank == 0 ? Ints.of() : Ints.of(next.number(rank))),
                new Reduction.Reduce(ReduceOp.SUM, Ints.range(rank)),
                DotGeneral.of(last, last, Ints.of(), Ints.of()),
                rank < 2
                        ? DotGeneral.of(Ints.of(), Ints.of(), Ints.of(), Ints.of())
                        : DotGeneral.of(last, last, Ints.of(0), Ints.of(0)));
    }

    private static Primitive reduction(Choice next, Shape shape) {
        int axis = shape.isScalar() ? 0 : next.number(shape.rank());
        return next.among(
                new Reduction.Reduce(next.among(ReduceOp.values()), shape.isScalar() ? Ints.of() : Ints.of(axis)),
                new Reduction.ArgReduce(next.among(ArgOp.values()), axis, DType.INT32),
                new Reduction.Cumulative(next.among(CumulativeOp.values()), axis, next.oneIn(2)));
    }

    private static Ints reversed(int rank) {
        return Ints.range(rank).map(i -> rank - 1 - i);
    }

    static int arity(Primitive primitive, Atom x) {
        return switch (primitive) {
            case Elementwise.Binary _, Elementwise.Compare _, Movement.Concatenate _, Movement.Pad _, DotGeneral _ -> 2;
            case Elementwise.Fma _, Elementwise.SelectN _, Elementwise.Clamp _ -> 3;
            case Threefry2x32 _ -> 4;
            case Movement.DynamicSlice _ -> 1 + x.shape().rank();
            case Movement.DynamicUpdateSlice _ -> 2 + x.shape().rank();
            case Movement.Iota _ -> 0;
            case Elementwise _, Movement _, Reduction _, Control _, Custom _ -> 1;
        };
    }

    /** Operand {@code i} beside x, or null when there is none that fits. */
    static Atom operand(Primitive primitive, Atom x, int i, Choice next, List<Atom> values, RandomProgram.Kind kind) {
        return switch (primitive) {
            case Movement.DynamicSlice _ -> index(next, values);
            case Movement.DynamicUpdateSlice _ when i >= 2 -> index(next, values);
            case Movement.Pad _ -> literal(x.dtype(), next, kind);
            case Elementwise.SelectN _ -> same(x.type().withDType(DType.FLOAT64), next, values);
            case Elementwise _ -> next.oneIn(4) ? literal(x.dtype(), next, kind) : same(x.type(), next, values);
            case Movement _, Reduction _, DotGeneral _, Threefry2x32 _, Control _, Custom _ ->
                same(x.type(), next, values);
        };
    }

    /** A value of the type, or null. */
    private static Atom same(ArrayType type, Choice next, List<Atom> values) {
        Array<Atom> fitting = Array.ofAll(values).filter(v -> v.type().equals(type));
        return fitting.isEmpty() ? null : next.of(fitting.toJavaList());
    }

    /** Where a slice starts: known or computed, perhaps outside the array. */
    private static Atom index(Choice next, List<Atom> values) {
        Atom computed = same(ArrayType.of(DType.INT64), next, values);
        return computed == null || next.oneIn(2) ? Literal.of(DType.INT64, (long) next.number(3) - 1) : computed;
    }

    private static Literal literal(DType dtype, Choice next, RandomProgram.Kind kind) {
        if (dtype.isFloating() && kind != RandomProgram.Kind.ANY) {
            return Literal.of(dtype, next.among(1.0, 2.0, -1.0, 0.5, 3.0));
        }
        return dtype.isFloating()
                ? Literal.of(dtype, next.among(1.0, 2.0, -1.0, 0.5, 0.0, -0.0, 3.0, 1e-300, Double.NaN))
                : Literal.of(dtype, (long) next.among(1, 0, 2, -1, 3));
    }
}
