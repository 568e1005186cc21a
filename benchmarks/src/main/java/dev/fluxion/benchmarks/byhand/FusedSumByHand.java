package dev.fluxion.benchmarks.byhand;

import dev.fluxion.benchmarks.workloads.Figures;
import dev.fluxion.benchmarks.workloads.Inputs;
import dev.fluxion.benchmarks.workloads.Timing;
import dev.fluxion.benchmarks.workloads.Workload;
import java.util.Arrays;
import java.util.Map;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * W2: {@code sum(exp(-x x) sin x + x / (1 + x x))} and its gradient in one pass, with the elementary functions that the
 * Vector API brings along ({@code VectorOperators}; SVML on x86).
 */
final class FusedSumByHand implements Workload {
    private static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;

    private static double f64(double[] x, double[] g) {
        DoubleVector sum = DoubleVector.zero(F64);
        DoubleVector one = DoubleVector.broadcast(F64, 1);
        int i = 0;
        for (; i < F64.loopBound(x.length); i += F64.length()) {
            DoubleVector v = DoubleVector.fromArray(F64, x, i);
            DoubleVector square = v.mul(v);
            DoubleVector e = square.neg().lanewise(VectorOperators.EXP);
            DoubleVector sin = v.lanewise(VectorOperators.SIN);
            DoubleVector cos = v.lanewise(VectorOperators.COS);
            DoubleVector q = one.div(square.add(one));
            sum = sum.add(e.mul(sin)).add(v.mul(q));
            DoubleVector first = e.mul(cos.sub(v.add(v).mul(sin)));
            first.add(one.sub(square).mul(q).mul(q)).intoArray(g, i);
        }
        double rest = sum.reduceLanes(VectorOperators.ADD);
        for (; i < x.length; i++) {
            double v = x[i];
            double e = Math.exp(-v * v);
            double q = 1 / (1 + v * v);
            rest += e * Math.sin(v) + v * q;
            g[i] = e * (Math.cos(v) - 2 * v * Math.sin(v)) + (1 - v * v) * q * q;
        }
        return rest;
    }

    private static float f32(float[] x, float[] g) {
        FloatVector sum = FloatVector.zero(F32);
        FloatVector one = FloatVector.broadcast(F32, 1);
        int i = 0;
        for (; i < F32.loopBound(x.length); i += F32.length()) {
            FloatVector v = FloatVector.fromArray(F32, x, i);
            FloatVector square = v.mul(v);
            FloatVector e = square.neg().lanewise(VectorOperators.EXP);
            FloatVector sin = v.lanewise(VectorOperators.SIN);
            FloatVector cos = v.lanewise(VectorOperators.COS);
            FloatVector q = one.div(square.add(one));
            sum = sum.add(e.mul(sin)).add(v.mul(q));
            FloatVector first = e.mul(cos.sub(v.add(v).mul(sin)));
            first.add(one.sub(square).mul(q).mul(q)).intoArray(g, i);
        }
        float rest = sum.reduceLanes(VectorOperators.ADD);
        for (; i < x.length; i++) {
            float v = x[i];
            float e = (float) Math.exp(-v * v);
            float q = 1 / (1 + v * v);
            rest += e * (float) Math.sin(v) + v * q;
            g[i] = e * (float) (Math.cos(v) - 2 * v * Math.sin(v)) + (1 - v * v) * q * q;
        }
        return rest;
    }

    @Override
    public void run(Figures figures) {
        for (int n : new int[] {1000, 100_000, 10_000_000}) {
            double[] x = Inputs.shiftedValues(1, 4, 0, n);
            double[] g = new double[n];
            Timing timing = Timing.of(() -> f64(x, g));
            double norm = Math.sqrt(Arrays.stream(g).map(v -> v * v).sum());
            figures.warm(Map.of("n", n, "dtype", "f64"), "value_and_grad", timing, norm);
            float[] x32 = new float[n];
            for (int i = 0; i < n; i++) {
                x32[i] = (float) x[i];
            }
            float[] g32 = new float[n];
            Timing timing32 = Timing.of(() -> f32(x32, g32));
            double squares = 0;
            for (float v : g32) {
                squares += (double) v * v;
            }
            figures.warm(Map.of("n", n, "dtype", "f32"), "value_and_grad", timing32, Math.sqrt(squares));
        }
    }
}
