package dev.fluxion;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.transforms.HostFunctions;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Array functions as plain Java functions of doubles, for solvers of other libraries. */
abstract class DoubleFunctions extends Exporting {
    /** A function of a FLOAT64 scalar as a {@code double -> double}; traced and compiled at once. */
    public static DoubleUnaryOperator asDoubleFunction(Function1<NDArray, NDArray> f) {
        return HostFunctions.unary(TreeFunction.of(f));
    }

    /** A function of two FLOAT64 scalars as a {@code (double, double) -> double}. */
    public static DoubleBinaryOperator asDoubleBinaryFunction(Function2<NDArray, NDArray, NDArray> f) {
        return HostFunctions.binary(TreeFunction.of(f));
    }

    /** A scalar function of a vector of length {@code size} as a {@code double[] -> double}. */
    public static ToDoubleFunction<double[]> asDoubleScalarField(Function1<NDArray, NDArray> f, int size) {
        return HostFunctions.scalarField(TreeFunction.of(f), size);
    }

    /** A function from vectors of length {@code size} to arrays as a {@code double[] -> double[]} (row-major). */
    public static UnaryOperator<double[]> asDoubleVectorField(Function1<NDArray, NDArray> f, int size) {
        return HostFunctions.vectorField(TreeFunction.of(f), size);
    }
}
