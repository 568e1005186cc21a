package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Compiled programs behind Java's functional interfaces for doubles; no NDArray is in their path. */
public final class HostFunctions {
    private static final ArrayType SCALAR = ArrayType.scalar(DType.FLOAT64);

    private HostFunctions() {}

    public static DoubleUnaryOperator unary(TreeFunction f) {
        Executable program = compile(f, true, SCALAR);
        Backend engine = Backend.get();
        return x -> program.run(engine.array(SCALAR, new double[] {x}))[0].doubleAt(0);
    }

    public static DoubleBinaryOperator binary(TreeFunction f) {
        Executable program = compile(f, true, SCALAR, SCALAR);
        Backend engine = Backend.get();
        return (x, y) ->
                program.run(engine.array(SCALAR, new double[] {x}), engine.array(SCALAR, new double[] {y}))[0].doubleAt(
                        0);
    }

    public static ToDoubleFunction<double[]> scalarField(TreeFunction f, int size) {
        ArrayType vector = ArrayType.of(DType.FLOAT64, size);
        Executable program = compile(f, true, vector);
        Backend engine = Backend.get();
        return x -> program.run(engine.array(vector, x))[0].doubleAt(0);
    }

    public static UnaryOperator<double[]> vectorField(TreeFunction f, int size) {
        ArrayType vector = ArrayType.of(DType.FLOAT64, size);
        Executable program = compile(f, false, vector);
        Backend engine = Backend.get();
        return x -> (double[]) program.run(engine.array(vector, x))[0].toHostArray();
    }

    private static Executable compile(TreeFunction f, boolean scalarResult, ArrayType... types) {
        Array<ArrayType> inputs = Array.of(types);
        TracedTree traced = f.trace("asDoubleFunction", Tree.structure(inputs.map(Staging::shapeOnly)), inputs);
        Array<ArrayType> results = traced.jaxpr().outputTypes();
        boolean fits = results.size() == 1
                && results.get(0).dtype() == DType.FLOAT64
                && (!scalarResult || results.get(0).isScalar());
        if (!fits || !traced.captures().isEmpty()) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.BAD_RESULT,
                            f.label() + " is not a function of doubles to " + (scalarResult ? "a double" : "doubles"))
                    .detail("its result is " + results.mkString(", "))
                    .hint("it takes f64 arrays and returns one f64 " + (scalarResult ? "scalar" : "array")
                            + "; make such functions outside of traced code"));
        }
        return traced.program().compiled();
    }
}
