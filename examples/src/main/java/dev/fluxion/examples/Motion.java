package dev.fluxion.examples;

import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.abs;
import static dev.fluxion.numpy.Numpy.stack;

import dev.fluxion.examples.DoublePendulum.State;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.ArrayList;
import java.util.List;

/**
 * How several double pendulums moved: their states at the times {@code 0, h, 2 h ...}, as {@code f64[times, pendulums, 2]}
 * arrays.
 */
record Motion(DoublePendulum pendulum, double timeStep, State states) {

    /** Follows pendulums from their states, {@code f64[pendulums, 2]} arrays, by one compiled program per step. */
    static Motion from(DoublePendulum pendulum, State starts, double timeStep, int steps) {
        Function1<State, State> step = jit(vmap((State s) -> pendulum.step(s, timeStep)));
        List<State> states = new ArrayList<>(List.of(starts));
        for (int i = 0; i < steps; i++) {
            states.add(step.apply(states.getLast()));
        }
        return new Motion(
                pendulum,
                timeStep,
                new State(
                        stack(states.stream().map(State::angles).toList()),
                        stack(states.stream().map(State::velocities).toList())));
    }

    double[] times() {
        double[] times = new double[states.angles().shape().dim(0)];
        for (int i = 0; i < times.length; i++) {
            times[i] = i * timeStep;
        }
        return times;
    }

    /** The positions of the lower bobs as {@code f64[times, pendulums, 2]}. */
    NDArray paths() {
        return vmap(vmap(pendulum::lowerBob)).apply(states.angles());
    }

    /** {@code |E(t) - E(0)| / |E(0)|} as {@code f64[times, pendulums]}: zero, were it not for the time step. */
    NDArray energyDrift() {
        NDArray energies = vmap(vmap((State s) -> pendulum.energy(s.angles(), s.velocities())))
                .apply(states);
        NDArray start = energies.get(0);
        return abs(energies.minus(start).div(start));
    }
}
