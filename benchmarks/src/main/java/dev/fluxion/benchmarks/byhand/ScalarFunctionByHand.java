package dev.fluxion.benchmarks.byhand;

import dev.fluxion.benchmarks.workloads.Figures;
import dev.fluxion.benchmarks.workloads.Inputs;
import dev.fluxion.benchmarks.workloads.Timing;
import dev.fluxion.benchmarks.workloads.Workload;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** W1: the function of twenty operations and its first derivative, with the functions of {@code Math}. */
final class ScalarFunctionByHand implements Workload {
    private static double f(double x) {
        double b = x * x;
        double h = 1 + b;
        double k = Math.tanh(Math.sin(x) * Math.cos(b)) + Math.log(h) * Math.exp(-0.5 * x);
        double q = k * k + Math.sin(Math.sqrt(h)) * (x / h);
        return Math.exp(-q) * q;
    }

    private static double derivative(double x) {
        double b = x * x;
        double a = Math.sin(x);
        double c = Math.cos(b);
        double d = Math.exp(-0.5 * x);
        double h = 1 + b;
        double g = Math.tanh(a * c);
        double logH = Math.log(h);
        double r = Math.sqrt(h);
        double sinR = Math.sin(r);
        double l = x / h;
        double k = g + logH * d;
        double q = k * k + sinR * l;
        double de = Math.cos(x) * c - a * Math.sin(b) * 2 * x;
        double dk = (1 - g * g) * de + (2 * x / h - 0.5 * logH) * d;
        double dl = (1 - b) / (h * h);
        double dq = 2 * k * dk + Math.cos(r) * (x / r) * l + sinR * dl;
        return Math.exp(-q) * (1 - q) * dq;
    }

    @Override
    public void run(Figures figures) {
        measure(figures, 0, ScalarFunctionByHand::f);
        measure(figures, 1, ScalarFunctionByHand::derivative);
        double[] xs = Inputs.shiftedValues(80, 2, 1, 100_000);
        double[] out = new double[xs.length];
        Timing timing = Timing.of(() -> each(xs, out));
        double norm = Math.sqrt(Arrays.stream(out).map(v -> v * v).sum());
        figures.warm(Map.of("order", 1, "vmap", 100_000), "call", timing, norm);
    }

    private static void measure(Figures figures, int order, DoubleUnaryOperator f) {
        Timing timing = Timing.of(() -> f.applyAsDouble(0.7));
        figures.warm(Map.of("order", order, "double", true), "call", timing, f.applyAsDouble(0.7));
    }

    private static double[] each(double[] xs, double[] out) {
        for (int i = 0; i < xs.length; i++) {
            out[i] = derivative(xs[i]);
        }
        return out;
    }
}
