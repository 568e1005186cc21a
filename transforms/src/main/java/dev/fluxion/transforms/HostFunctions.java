package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Compiled programs behind Java's functional interfaces for doubles; no NDArray is in their path. */
public final class HostFunctions {
    private static final ArrayType SCALAR = ArrayType.scalar(DType.FLOAT64);

    private HostFunctions() {}

    public static DoubleUnaryOperator unary(TreeFunction f) {
        Program program = trace(f, true, SCALAR);
        return plain(program, DoubleUnaryOperator.class).orElseGet(() -> {
            Executable compiled = program.compiled();
            return x -> compiled.run(host(SCALAR, x))[0].doubleAt(0);
        });
    }

    public static DoubleBinaryOperator binary(TreeFunction f) {
        Program program = trace(f, true, SCALAR, SCALAR);
        return plain(program, DoubleBinaryOperator.class).orElseGet(() -> {
            Executable compiled = program.compiled();
            return (x, y) -> compiled.run(host(SCALAR, x), host(SCALAR, y))[0].doubleAt(0);
        });
    }

    @SuppressWarnings("unchecked") // functions of double[]
    public static ToDoubleFunction<double[]> scalarField(TreeFunction f, int size) {
        ArrayType vector = ArrayType.of(DType.FLOAT64, size);
        Program program = trace(f, true, vector);
        return plain(program, ToDoubleFunction.class)
                .<ToDoubleFunction<double[]>>map(
                        field -> x -> ((ToDoubleFunction<double[]>) field).applyAsDouble(fitting(vector, x)))
                .orElseGet(() -> {
                    Executable compiled = program.compiled();
                    return x -> compiled.run(host(vector, x))[0].doubleAt(0);
                });
    }

    @SuppressWarnings("unchecked") // functions of double[]
    public static UnaryOperator<double[]> vectorField(TreeFunction f, int size) {
        ArrayType vector = ArrayType.of(DType.FLOAT64, size);
        Program program = trace(f, false, vector);
        return plain(program, UnaryOperator.class)
                .<UnaryOperator<double[]>>map(field -> x -> ((UnaryOperator<double[]>) field).apply(fitting(vector, x)))
                .orElseGet(() -> {
                    Executable compiled = program.compiled();
                    return x -> (double[]) compiled.run(host(vector, x))[0].toHostArray();
                });
    }

    private static <F> Optional<F> plain(Program program, Class<F> type) {
        return Backend.get().function(program.jaxpr(), type);
    }

    private static ArrayData host(ArrayType type, double... values) {
        return Backend.get().array(type, values);
    }

    /** The argument; refused as an array of this type would be when it has another length. */
    private static double[] fitting(ArrayType type, double... x) {
        if (x.length != type.size()) {
            host(type, x);
        }
        return x;
    }

    private static Program trace(TreeFunction f, boolean scalarResult, ArrayType... types) {
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
        return traced.program();
    }
}
