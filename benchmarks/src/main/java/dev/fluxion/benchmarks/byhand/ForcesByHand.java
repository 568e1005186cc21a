package dev.fluxion.benchmarks.byhand;

import dev.fluxion.benchmarks.workloads.Figures;
import dev.fluxion.benchmarks.workloads.Inputs;
import dev.fluxion.benchmarks.workloads.Timing;
import dev.fluxion.benchmarks.workloads.Workload;
import java.util.Arrays;
import java.util.Map;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** W9: the gradient of the potential energy of 64 bodies, and 100 leapfrog steps with it. */
final class ForcesByHand implements Workload {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int COUNT = 64;
    private static final int STEPS = 100;
    private static final double DT = 1e-3;

    private final double[] masses = Inputs.shiftedValues(62, 1, 1, COUNT);

    /** {@code g_i = m_i sum_j m_j (x_i - x_j) / (|x_i - x_j|^2 + 0.01)^1.5}; coordinates are rows. */
    private double[][] gradient(double[][] x, double[][] g) {
        for (int i = 0; i < COUNT; i++) {
            DoubleVector gx = DoubleVector.zero(SPECIES);
            DoubleVector gy = gx;
            DoubleVector gz = gx;
            for (int j = 0; j < COUNT; j += SPECIES.length()) {
                DoubleVector dx = DoubleVector.fromArray(SPECIES, x[0], j).sub(x[0][i]);
                DoubleVector dy = DoubleVector.fromArray(SPECIES, x[1], j).sub(x[1][i]);
                DoubleVector dz = DoubleVector.fromArray(SPECIES, x[2], j).sub(x[2][i]);
                DoubleVector r = dx.mul(dx).add(dy.mul(dy)).add(dz.mul(dz)).add(0.01);
                DoubleVector w =
                        DoubleVector.fromArray(SPECIES, masses, j).div(r.mul(r.lanewise(VectorOperators.SQRT)));
                gx = gx.add(w.mul(dx));
                gy = gy.add(w.mul(dy));
                gz = gz.add(w.mul(dz));
            }
            g[0][i] = -masses[i] * gx.reduceLanes(VectorOperators.ADD);
            g[1][i] = -masses[i] * gy.reduceLanes(VectorOperators.ADD);
            g[2][i] = -masses[i] * gz.reduceLanes(VectorOperators.ADD);
        }
        return g;
    }

    private double[][] leapfrog(double[][] start, double[][] velocity) {
        double[][] x = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
        double[][] v = Arrays.stream(velocity).map(double[]::clone).toArray(double[][]::new);
        double[][] g = gradient(x, new double[3][COUNT]);
        for (int step = 0; step < STEPS; step++) {
            for (int axis = 0; axis < 3; axis++) {
                for (int i = 0; i < COUNT; i++) {
                    v[axis][i] -= 0.5 * DT * g[axis][i] / masses[i];
                    x[axis][i] += DT * v[axis][i];
                }
            }
            gradient(x, g);
            for (int axis = 0; axis < 3; axis++) {
                for (int i = 0; i < COUNT; i++) {
                    v[axis][i] -= 0.5 * DT * g[axis][i] / masses[i];
                }
            }
        }
        return x;
    }

    @Override
    public void run(Figures figures) {
        double[][] x = rows(Inputs.shiftedValues(60, 4, 0, COUNT * 3));
        double[][] v = rows(Inputs.shiftedValues(61, 1, 0, COUNT * 3));
        double[][] g = new double[3][COUNT];
        Timing forces = Timing.of(() -> gradient(x, g));
        figures.warm(Map.of("bodies", COUNT), "grad", forces, norm(gradient(x, g)));
        Timing motion = Timing.of(() -> leapfrog(x, v));
        figures.warm(Map.of("bodies", COUNT, "steps", STEPS), "leapfrog", motion, norm(leapfrog(x, v)));
    }

    private static double[][] rows(double[] points) {
        double[][] rows = new double[3][COUNT];
        for (int i = 0; i < points.length; i++) {
            rows[i % 3][i / 3] = points[i];
        }
        return rows;
    }

    private static double norm(double[][] rows) {
        return Math.sqrt(Arrays.stream(rows)
                .flatMapToDouble(Arrays::stream)
                .map(x -> x * x)
                .sum());
    }
}
