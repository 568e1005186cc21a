package dev.fluxion.benchmarks.elementary;

import dev.fluxion.ir.DType;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The JDK's own vector functions, on x86 Intel's SVML. One function in a process: the loops are shared, and C2 knows an
 * operator only while there is one.
 */
final class Svml {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private static final Map<String, BinaryOperator<DoubleVector>> ON_DOUBLES = Map.ofEntries(
            Map.entry("exp", (x, y) -> x.lanewise(VectorOperators.EXP)),
            Map.entry("expm1", (x, y) -> x.lanewise(VectorOperators.EXPM1)),
            Map.entry("log", (x, y) -> x.lanewise(VectorOperators.LOG)),
            Map.entry("log1p", (x, y) -> x.lanewise(VectorOperators.LOG1P)),
            Map.entry("log10", (x, y) -> x.lanewise(VectorOperators.LOG10)),
            Map.entry("sin", (x, y) -> x.lanewise(VectorOperators.SIN)),
            Map.entry("cos", (x, y) -> x.lanewise(VectorOperators.COS)),
            Map.entry("tan", (x, y) -> x.lanewise(VectorOperators.TAN)),
            Map.entry("asin", (x, y) -> x.lanewise(VectorOperators.ASIN)),
            Map.entry("acos", (x, y) -> x.lanewise(VectorOperators.ACOS)),
            Map.entry("atan", (x, y) -> x.lanewise(VectorOperators.ATAN)),
            Map.entry("sinh", (x, y) -> x.lanewise(VectorOperators.SINH)),
            Map.entry("cosh", (x, y) -> x.lanewise(VectorOperators.COSH)),
            Map.entry("tanh", (x, y) -> x.lanewise(VectorOperators.TANH)),
            Map.entry("cbrt", (x, y) -> x.lanewise(VectorOperators.CBRT)),
            Map.entry("pow", (x, y) -> x.lanewise(VectorOperators.POW, y)),
            Map.entry("atan2", (x, y) -> x.lanewise(VectorOperators.ATAN2, y)),
            Map.entry("hypot", (x, y) -> x.lanewise(VectorOperators.HYPOT, y)));

    private static final Map<String, BinaryOperator<FloatVector>> ON_FLOATS = Map.ofEntries(
            Map.entry("exp", (x, y) -> x.lanewise(VectorOperators.EXP)),
            Map.entry("expm1", (x, y) -> x.lanewise(VectorOperators.EXPM1)),
            Map.entry("log", (x, y) -> x.lanewise(VectorOperators.LOG)),
            Map.entry("log1p", (x, y) -> x.lanewise(VectorOperators.LOG1P)),
            Map.entry("log10", (x, y) -> x.lanewise(VectorOperators.LOG10)),
            Map.entry("sin", (x, y) -> x.lanewise(VectorOperators.SIN)),
            Map.entry("cos", (x, y) -> x.lanewise(VectorOperators.COS)),
            Map.entry("tan", (x, y) -> x.lanewise(VectorOperators.TAN)),
            Map.entry("asin", (x, y) -> x.lanewise(VectorOperators.ASIN)),
            Map.entry("acos", (x, y) -> x.lanewise(VectorOperators.ACOS)),
            Map.entry("atan", (x, y) -> x.lanewise(VectorOperators.ATAN)),
            Map.entry("sinh", (x, y) -> x.lanewise(VectorOperators.SINH)),
            Map.entry("cosh", (x, y) -> x.lanewise(VectorOperators.COSH)),
            Map.entry("tanh", (x, y) -> x.lanewise(VectorOperators.TANH)),
            Map.entry("cbrt", (x, y) -> x.lanewise(VectorOperators.CBRT)),
            Map.entry("pow", (x, y) -> x.lanewise(VectorOperators.POW, y)),
            Map.entry("atan2", (x, y) -> x.lanewise(VectorOperators.ATAN2, y)),
            Map.entry("hypot", (x, y) -> x.lanewise(VectorOperators.HYPOT, y)));

    /** Takes the results, so that no call can be left out. */
    static volatile Object sink;

    private Svml() {}

    /** The function over whole vectors of the operands, with a result of its own; empty where the JDK has none. */
    static Optional<Runnable> of(String name, DType dtype, double[] x, double[] y) {
        if (!ON_DOUBLES.containsKey(name)) {
            return Optional.empty();
        }
        if (dtype == DType.FLOAT64) {
            return Optional.of(() -> sink = doubles(ON_DOUBLES.get(name), x, y));
        }
        float[] a = floats(x);
        float[] b = floats(y);
        return Optional.of(() -> sink = floats(ON_FLOATS.get(name), a, b));
    }

    private static double[] doubles(BinaryOperator<DoubleVector> function, double[] x, double[] y) {
        double[] result = new double[x.length];
        for (int i = 0; i < DOUBLES.loopBound(x.length); i += DOUBLES.length()) {
            function.apply(DoubleVector.fromArray(DOUBLES, x, i), DoubleVector.fromArray(DOUBLES, y, i))
                    .intoArray(result, i);
        }
        return result;
    }

    private static float[] floats(BinaryOperator<FloatVector> function, float[] x, float[] y) {
        float[] result = new float[x.length];
        for (int i = 0; i < FLOATS.loopBound(x.length); i += FLOATS.length()) {
            function.apply(FloatVector.fromArray(FLOATS, x, i), FloatVector.fromArray(FLOATS, y, i))
                    .intoArray(result, i);
        }
        return result;
    }

    private static float[] floats(double... values) {
        float[] result = new float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
