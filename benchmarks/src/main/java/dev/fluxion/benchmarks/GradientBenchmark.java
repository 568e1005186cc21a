package dev.fluxion.benchmarks;

import static dev.fluxion.Fluxion.asDoubleFunction;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;

import dev.fluxion.ValueAndGrad;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What derivatives cost: of {@code sum(exp(-x^2) sin x + x / (1 + x^2))} for 100,000 numbers, value and gradient in one
 * call, beside a loop written by hand; and {@code grad(grad(x -> x sin x))} of one number, called with an array, as a plain
 * function of a double, and written by hand.
 *
 * <p>Run it with {@code mvn -B -pl benchmarks -am process-classes -Dexec.skip=false -Dargs=GradientBenchmark}; what
 * follows in {@code -Dargs} are options of JMH.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GradientBenchmark {
    private static final int SIZE = 100_000;

    private final Function1<NDArray, ValueAndGrad<NDArray>> derived = valueAndGrad(GradientBenchmark::field);
    private final Function1<NDArray, NDArray> curvature = grad(grad((NDArray x) -> sin(x).times(x)));
    private final DoubleUnaryOperator plainCurvature = asDoubleFunction(curvature);

    private double two = 2;
    private final double[] elements = new double[SIZE];
    private NDArray x;
    private NDArray point;

    @Setup
    public void inputs() {
        for (int i = 0; i < SIZE; i++) {
            elements[i] = 4 * scattered(i, 1);
        }
        x = array(elements);
        point = scalar(2.0);
    }

    private static NDArray field(NDArray x) {
        NDArray square = x.times(x);
        return exp(square.unaryMinus())
                .times(sin(x))
                .plus(x.div(square.plus(1)))
                .sum();
    }

    /** A number in [-0.5, 0.5) that looks random: the same in every implementation of this benchmark. */
    private static double scattered(int i, int seed) {
        int h = i * 0x9E3779B1 + seed * 0x85EBCA77;
        h = (h ^ h >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return ((h ^ h >>> 16) & 0xFFFFFFFFL) * 0x1p-32 - 0.5;
    }

    @Benchmark
    public ValueAndGrad<NDArray> valueAndGradient() {
        return derived.apply(x);
    }

    @Benchmark
    public double[] valueAndGradientByHand() {
        double[] result = new double[SIZE + 1];
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            double t = elements[i];
            double bell = Math.exp(-t * t);
            double sine = Math.sin(t);
            double quotient = 1 / (1 + t * t);
            sum += bell * sine + t * quotient;
            result[i] = bell * (Math.cos(t) - 2 * t * sine) + quotient - 2 * t * t * quotient * quotient;
        }
        result[SIZE] = sum;
        return result;
    }

    @Benchmark
    public NDArray curvatureOfArray() {
        return curvature.apply(point);
    }

    @Benchmark
    public double curvatureOfDouble() {
        return plainCurvature.applyAsDouble(two);
    }

    @Benchmark
    public double curvatureByHand() {
        double t = two;
        return 2 * Math.cos(t) - t * Math.sin(t);
    }
}
