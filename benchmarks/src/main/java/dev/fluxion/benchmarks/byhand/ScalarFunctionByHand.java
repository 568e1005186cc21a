package dev.fluxion.benchmarks.byhand;

import dev.fluxion.benchmarks.workloads.Figures;
import dev.fluxion.benchmarks.workloads.Inputs;
import dev.fluxion.benchmarks.workloads.Timing;
import dev.fluxion.benchmarks.workloads.Workload;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** W1: the function of twenty operations and its first two derivatives, with the functions of {@code Math}. */
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

    private static double secondDerivative(double x) {
        double b = x * x;
        double a = Math.sin(x);
        double cosX = Math.cos(x);
        double c = Math.cos(b);
        double sinB = Math.sin(b);
        double d = Math.exp(-0.5 * x);
        double h = 1 + b;
        double g = Math.tanh(a * c);
        double logH = Math.log(h);
        double r = Math.sqrt(h);
        double sinR = Math.sin(r);
        double cosR = Math.cos(r);
        double l = x / h;
        double k = g + logH * d;
        double q = k * k + sinR * l;
        double de = cosX * c - 2 * x * a * sinB;
        double dde = -a * c - 4 * x * cosX * sinB - 2 * a * sinB - 4 * b * a * c;
        double dLog = 2 * l;
        double ddLog = 2 / h - dLog * dLog;
        double dg = 1 - g * g;
        double dk = dg * de + (dLog - 0.5 * logH) * d;
        double ddk = dg * dde - 2 * g * dg * de * de + (ddLog - dLog + 0.25 * logH) * d;
        double dr = x / r;
        double ddr = (1 - dr * dr) / r;
        double dl = 1 / h - dLog * l;
        double ddl = -dLog / h - ddLog * l - dLog * dl;
        double dSin = cosR * dr;
        double ddSin = cosR * ddr - sinR * dr * dr;
        double dq = 2 * k * dk + dSin * l + sinR * dl;
        double ddq = 2 * (dk * dk + k * ddk) + ddSin * l + 2 * dSin * dl + sinR * ddl;
        return Math.exp(-q) * ((1 - q) * ddq - (2 - q) * dq * dq);
    }

    @Override
    public void run(Figures figures) {
        measure(figures, 0, ScalarFunctionByHand::f);
        measure(figures, 1, ScalarFunctionByHand::derivative);
        measure(figures, 2, ScalarFunctionByHand::secondDerivative);
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
