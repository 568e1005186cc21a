package dev.fluxion.examples;

import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.maximum;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.zeros;

import dev.fluxion.examples.DoublePendulum.State;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function2;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Third section: equations of motion from a Lagrangian. */
final class PendulumTour {
    static final double TIME_STEP = 0.005;
    static final DoublePendulum PENDULUM = new DoublePendulum(1, 1, 1, 1, 9.81);

    /** Two pendulums let go with raised arms, the second one with an upper arm a thousandth of a radian higher. */
    static final State STARTS = new State(array(new double[][] {{2.0, 2.5}, {2.001, 2.5}}), zeros(2, 2));

    private final Narrator narrator;
    private final double seconds;

    PendulumTour(Narrator narrator, double seconds) {
        this.narrator = narrator;
        this.seconds = seconds;
    }

    void run() {
        narrator.heading("3. A double pendulum: physics from its Lagrangian");
        narrator.say("The only physics written down is L(q, v) = T - V, of two angles and their velocities. The"
                + " accelerations a solve the Euler-Lagrange equation, (d2L/dv2) a = dL/dq - (d2L/dv dq) v: a hessian,"
                + " a grad and a jvp of a grad.");
        Function2<NDArray, NDArray, NDArray> acceleration = PENDULUM::acceleration;
        NDArray q = array(2.0, 2.5);
        NDArray v = array(1.0, -0.5);
        narrator.blank();
        narrator.row("accelerations at q = %s, v = %s: %s", q, v, acceleration.apply(q, v));
        narrator.row(
                "a program of %d equations",
                makeJaxpr(acceleration).apply(q, v).equations().size());

        int steps = (int) Math.round(seconds / TIME_STEP);
        long begin = System.nanoTime();
        Motion motion = Motion.from(PENDULUM, STARTS, TIME_STEP, steps);
        double took = (System.nanoTime() - begin) * 1e-9;
        narrator.say("Two pendulums that start a thousandth of a radian apart, stepped together by vmap with the"
            + " Runge-Kutta method of order 4. Their paths part, as chaos wants it; the energy, v . dL/dv - L by the"
            + " same L, stays.");
        narrator.blank();
        narrator.row("%.0f seconds of motion, %d steps of %.0f ms: %.2f s", seconds, steps, 1e3 * TIME_STEP, took);
        double[] drifts = motion.energyDrift().max(0).toDoubleArray();
        narrator.row("largest relative energy drift: %.1e and %.1e", drifts[0], drifts[1]);
        narrator.row("%s", parting(motion));
        narrator.blank();
        narrator.figure("pendulum-path", paths(motion));
        narrator.figure("pendulum-energy", drift(motion));
    }

    /** When the lower bobs, which start close together, are a metre apart for the first time. */
    private static String parting(Motion motion) {
        NDArray gap = motion.paths().slice(1, 0, 1).minus(motion.paths().slice(1, 1, 2));
        double[] distances = sqrt(square(gap).sum(1, 2)).toDoubleArray();
        for (int i = 0; i < distances.length; i++) {
            if (distances[i] > 1) {
                return "the lower bobs are %.1e m apart at first, a whole metre after %.1f s"
                        .formatted(distances[0], motion.times()[i]);
            }
        }
        return "the lower bobs stay together";
    }

    private static XYChart paths(Motion motion) {
        XYChart chart = Plots.chart(800, 800, "Paths of the lower bob", "x [m]", "y [m]");
        chart.getStyler().setXAxisMin(-2.2).setXAxisMax(2.2).setYAxisMin(-2.2).setYAxisMax(2.2);
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        String[] names = {"upper arm from 2.000 rad", "upper arm from 2.001 rad"};
        for (int i = 0; i < names.length; i++) {
            NDArray path = motion.paths().slice(1, i, i + 1).squeeze(1);
            Plots.line(chart, names[i], column(path, 0), column(path, 1), 1);
        }
        return chart;
    }

    private static XYChart drift(Motion motion) {
        XYChart chart = Plots.chart(900, 480, "Energy drift of the integrator", "time [s]", "|E(t) - E(0)| / |E(0)|");
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
        NDArray drift = maximum(motion.energyDrift(), 1e-12);
        Plots.line(chart, "upper arm from 2.000 rad", motion.times(), column(drift, 0), 1.5f);
        Plots.line(chart, "upper arm from 2.001 rad", motion.times(), column(drift, 1), 1.5f);
        return chart;
    }

    private static double[] column(NDArray matrix, int column) {
        return matrix.slice(1, column, column + 1).toDoubleArray();
    }
}
