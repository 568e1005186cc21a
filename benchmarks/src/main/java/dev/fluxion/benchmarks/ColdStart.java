package dev.fluxion.benchmarks;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.numpy.Numpy.scalar;

import dev.fluxion.benchmarks.workloads.ScalarFunction;

/** Prints one derivative: what is measured is how long a process takes to get there. */
public final class ColdStart {
    private ColdStart() {}

    public static void main(String[] args) {
        System.out.println(grad(ScalarFunction::f).apply(scalar(0.7)).item());
    }
}
