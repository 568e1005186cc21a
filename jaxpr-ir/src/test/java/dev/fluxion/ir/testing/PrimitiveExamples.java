package dev.fluxion.ir.testing;

import dev.fluxion.ir.ArgOp;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.TypeRules;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/** A program of one equation for every primitive, not simplified. */
public final class PrimitiveExamples {
    private static final ArrayType MATRIX = ArrayType.of(DType.FLOAT64, 2, 3);
    private static final ArrayType FLAGS = ArrayType.of(DType.BOOL, 2, 3);
    private static final ArrayType INTS = ArrayType.of(DType.INT32, 2, 3);
    private static final ArrayType INDEX = ArrayType.of(DType.INT64);
    private static final ArrayType SCALAR = ArrayType.of(DType.FLOAT64);

    private PrimitiveExamples() {}

    /** {@code { lambda ; a b ... . let c ... = primitive a b ... in (c, ...) }}. */
    public static Jaxpr program(Primitive primitive, ArrayType... inputTypes) {
        Array<Var> inputs = Array.of(inputTypes).map(Var::new);
        Array<Var> outputs = TypeRules.infer(primitive, inputs).map(Var::new);
        Equation equation = new Equation(outputs, primitive, Array.<Atom>narrow(inputs), SourceInfo.UNKNOWN);
        return new Jaxpr(Array.empty(), inputs, Array.of(equation), Array.narrow(outputs));
    }

    /** One program for every primitive name, at least. */
    public static Array<Jaxpr> programs() {
        List<Jaxpr> all = new ArrayList<>();
        elementwise(all);
        movement(all);
        reductions(all);
        control(all);
        all.add(program(
                DotGeneral.of(Ints.of(1), Ints.of(2), Ints.of(0), Ints.of(0)),
                ArrayType.of(DType.FLOAT32, 5, 3, 2),
                ArrayType.of(DType.FLOAT32, 5, 4, 3)));
        all.add(program(new Threefry2x32(), INTS, INTS, INTS, INTS));
        return Array.ofAll(all);
    }

    private static void elementwise(List<Jaxpr> all) {
        for (UnaryOp op : UnaryOp.values()) {
            all.add(program(new Elementwise.Unary(op), op == UnaryOp.NOT ? FLAGS : MATRIX));
        }
        for (BinaryOp op : BinaryOp.values()) {
            ArrayType type = op.accepts(DType.FLOAT64) ? MATRIX : INTS;
            all.add(program(new Elementwise.Binary(op), type, type));
        }
        for (CompareOp op : CompareOp.values()) {
            all.add(program(new Elementwise.Compare(op), MATRIX, MATRIX));
        }
        for (DType dtype : DType.values()) {
            all.add(program(new Elementwise.ConvertElementType(dtype), MATRIX));
        }
        all.add(program(new Elementwise.IntegerPow(-3), MATRIX));
        all.add(program(new Elementwise.Polygamma(2), MATRIX));
        all.add(program(new Elementwise.Fma(), MATRIX, MATRIX, MATRIX));
        all.add(program(new Elementwise.SelectN(), FLAGS, MATRIX, MATRIX));
        all.add(program(new Elementwise.Clamp(), MATRIX, MATRIX, MATRIX));
        all.add(program(new Elementwise.BitcastConvertType(DType.INT64), MATRIX));
        all.add(program(new Elementwise.StopGradient(), MATRIX));
        all.add(program(new Elementwise.Named("the state"), MATRIX));
        all.add(program(new Elementwise.Copy(), MATRIX));
    }

    private static void movement(List<Jaxpr> all) {
        all.add(program(new Movement.BroadcastInDim(Shape.of(4, 2, 3), Ints.of(1, 2)), MATRIX));
        all.add(program(new Movement.Reshape(Shape.of(6)), MATRIX));
        all.add(program(new Movement.Transpose(Ints.of(1, 0)), MATRIX));
        all.add(program(new Movement.Squeeze(Ints.of(0)), ArrayType.of(DType.FLOAT64, 1, 3)));
        all.add(program(new Movement.ExpandDims(Ints.of(0, 2)), MATRIX));
        all.add(program(new Movement.Concatenate(1), MATRIX, MATRIX));
        all.add(program(new Movement.Pad(Ints.of(-1, 2), Ints.of(0, 1), Ints.of(2, 0)), MATRIX, SCALAR));
        all.add(program(new Movement.Slice(Ints.of(0, 1), Ints.of(2, 3), Ints.of(1, 2)), MATRIX));
        all.add(program(new Movement.DynamicSlice(Shape.of(1, 2)), MATRIX, INDEX, INDEX));
        all.add(program(new Movement.DynamicUpdateSlice(), MATRIX, ArrayType.of(DType.FLOAT64, 1, 2), INDEX, INDEX));
        all.add(program(new Movement.Rev(Ints.of(1)), MATRIX));
        all.add(program(new Movement.Iota(DType.INT32, Shape.of(2, 3), 1)));
    }

    private static void reductions(List<Jaxpr> all) {
        for (ReduceOp op : ReduceOp.values()) {
            boolean logical = op == ReduceOp.AND || op == ReduceOp.OR;
            all.add(program(new Reduction.Reduce(op, Ints.of(0, 1)), logical ? FLAGS : MATRIX));
        }
        for (ArgOp op : ArgOp.values()) {
            all.add(program(new Reduction.ArgReduce(op, 1, DType.INT64), MATRIX));
        }
        for (CumulativeOp op : CumulativeOp.values()) {
            all.add(program(new Reduction.Cumulative(op, 0, true), MATRIX));
        }
    }

    private static void control(List<Jaxpr> all) {
        Jaxpr body = program(new Elementwise.Binary(BinaryOp.MUL), MATRIX, MATRIX);
        Jaxpr times = program(new Elementwise.Binary(BinaryOp.MUL), MATRIX, MATRIX);
        all.add(program(new Control.Call("a name with \"blanks\"", body), MATRIX, MATRIX));
        all.add(program(CustomFunctions.customJvp(MATRIX), MATRIX, MATRIX));
        all.add(program(CustomFunctions.customVjp(MATRIX), MATRIX, MATRIX));
        all.add(program(new Control.CustomLinear("h", body, LazyJaxpr.of(times), 1, true), MATRIX, MATRIX));
        CheckpointPolicy policy = new CheckpointPolicy.NothingSaveable();
        all.add(program(new Control.Checkpoint("c", false, body, policy, true), MATRIX, MATRIX));
        all.add(program(new Control.Checkpoint("c", true, body, policy, true), MATRIX, MATRIX));
        Jaxpr second = program(new Elementwise.Binary(BinaryOp.SUB), MATRIX, MATRIX);
        all.add(program(new Control.Cond(Array.of(body, second)), ArrayType.of(DType.INT32), MATRIX, MATRIX));
        all.add(program(new Control.LinearSolve(Array.of(body, body), Ints.of(1, 1)), MATRIX, MATRIX, MATRIX));
        Jaxpr below = program(new Elementwise.Compare(CompareOp.LT), SCALAR, SCALAR);
        Jaxpr twice = program(new Elementwise.Binary(BinaryOp.ADD), SCALAR, SCALAR);
        all.add(program(new Control.While(below, 1, twice, 1), SCALAR, SCALAR, SCALAR));
        all.add(program(new Control.Scan(body, 4, true, 2, 0, 1), MATRIX, ArrayType.of(DType.FLOAT64, 4, 2, 3)));
    }
}
