package dev.fluxion.examples;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.dot;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;

import dev.fluxion.numpy.NDArray;

/**
 * Two point masses on massless rods, the second hanging from the first. The only physics in this file is the Lagrangian
 * {@code L(q, v) = T - V} of the angles q (from straight down) and their velocities v; acceleration and energy are derived
 * from it.
 */
record DoublePendulum(double mass1, double mass2, double length1, double length2, double gravity) {

    /** Angles and angular velocities, {@code f64[2]} each; or the rates of change of these. */
    record State(NDArray angles, NDArray velocities) {
        /** {@code this + time * rate}. */
        State advance(State rate, double time) {
            return new State(angles.plus(rate.angles.times(time)), velocities.plus(rate.velocities.times(time)));
        }
    }

    /** {@code L = T - V}, kinetic minus potential energy. */
    NDArray lagrangian(NDArray q, NDArray v) {
        NDArray speed1 = v.get(0).times(length1);
        NDArray speed2 = v.get(1).times(length2);
        NDArray crossed = speed1.times(speed2).times(cos(q.get(0).minus(q.get(1))));
        NDArray kinetic = square(speed1)
                .times(0.5 * (mass1 + mass2))
                .plus(square(speed2).times(0.5 * mass2))
                .plus(crossed.times(mass2));
        NDArray height1 = cos(q.get(0)).times(-length1);
        NDArray height2 = height1.minus(cos(q.get(1)).times(length2));
        NDArray potential = height1.times(mass1 * gravity).plus(height2.times(mass2 * gravity));
        return kinetic.minus(potential);
    }

    /** {@code dL/dv}: the momenta that belong to the angles. */
    NDArray momentum(NDArray q, NDArray v) {
        return grad((NDArray u) -> lagrangian(q, u)).apply(v);
    }

    /** {@code v . dL/dv - L = T + V}. */
    NDArray energy(NDArray q, NDArray v) {
        return dot(v, momentum(q, v)).minus(lagrangian(q, v));
    }

    /**
     * The solution a of the Euler-Lagrange equation {@code d/dt dL/dv = dL/dq}; by the chain rule,
     * {@code (d2L/dv2) a + (d2L/dv dq) v = dL/dq}.
     */
    NDArray acceleration(NDArray q, NDArray v) {
        NDArray mass = hessian((NDArray u) -> lagrangian(q, u)).apply(v);
        NDArray force = grad((NDArray r) -> lagrangian(r, v)).apply(q);
        NDArray drift = jvp((NDArray r) -> momentum(r, v), q, v).tangent();
        return solve2x2(mass, force.minus(drift));
    }

    /** The rate of change of a state. */
    State rate(State s) {
        return new State(s.velocities(), acceleration(s.angles(), s.velocities()));
    }

    /** One step of the classical Runge-Kutta method. */
    State step(State s, double time) {
        State k1 = rate(s);
        State k2 = rate(s.advance(k1, time / 2));
        State k3 = rate(s.advance(k2, time / 2));
        State k4 = rate(s.advance(k3, time));
        return s.advance(k1, time / 6)
                .advance(k2, time / 3)
                .advance(k3, time / 3)
                .advance(k4, time / 6);
    }

    /** Where the second mass is, from the pivot: {@code (x, y)}. */
    NDArray lowerBob(NDArray q) {
        NDArray x = sin(q.get(0)).times(length1).plus(sin(q.get(1)).times(length2));
        NDArray y = cos(q.get(0)).times(-length1).minus(cos(q.get(1)).times(length2));
        return stack(x, y);
    }

    /** Cramer's rule. */
    private static NDArray solve2x2(NDArray m, NDArray b) {
        NDArray determinant = m.get(0, 0).times(m.get(1, 1)).minus(m.get(0, 1).times(m.get(1, 0)));
        NDArray first = b.get(0).times(m.get(1, 1)).minus(m.get(0, 1).times(b.get(1)));
        NDArray second = m.get(0, 0).times(b.get(1)).minus(b.get(0).times(m.get(1, 0)));
        return stack(first, second).div(determinant);
    }
}
