package dev.fluxion.examples;

import static dev.fluxion.numpy.Numpy.array;
import static java.lang.Math.cos;
import static java.lang.Math.sin;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoublePendulumTest {
    private static final DoublePendulum PENDULUM = new DoublePendulum(1.3, 0.7, 0.9, 1.1, 9.81);

    @ParameterizedTest
    @CsvSource({"0.3, -0.4, 0, 0", "2, 2.5, 1, -0.5", "-1.2, 3.1, -4, 7", "0.5, 0.5, 2, 2", "0, 0, 0, 0"})
    void accelerationsAreThoseOfTheTextbook(double q1, double q2, double v1, double v2) {
        double[] found = PENDULUM.acceleration(array(q1, q2), array(v1, v2)).toDoubleArray();
        assertArrayEquals(textbook(PENDULUM, q1, q2, v1, v2), found, 1e-12);
    }

    @Test
    void energyIsKineticPlusPotential() {
        DoublePendulum p = PENDULUM;
        double vx = p.length1() * cos(0.4) * 1.5 + p.length2() * cos(-0.9) * -2;
        double vy = p.length1() * sin(0.4) * 1.5 + p.length2() * sin(-0.9) * -2;
        double y1 = -p.length1() * cos(0.4);
        double y2 = y1 - p.length2() * cos(-0.9);
        double kinetic = 0.5 * p.mass1() * Math.pow(p.length1() * 1.5, 2) + 0.5 * p.mass2() * (vx * vx + vy * vy);
        double potential = p.gravity() * (p.mass1() * y1 + p.mass2() * y2);
        assertEquals(
                kinetic + potential, p.energy(array(0.4, -0.9), array(1.5, -2)).item(), 1e-12);
        assertEquals(y2, p.lowerBob(array(0.4, -0.9)).get(1).item(), 1e-15);
    }

    @Test
    void energyStaysWhereItStarted() {
        Motion motion = Motion.from(PendulumTour.PENDULUM, PendulumTour.STARTS, PendulumTour.TIME_STEP, 600);
        assertEquals("f64[601,2]", motion.energyDrift().type().toString());
        double drift = motion.energyDrift().max().item();
        assertTrue(drift < 1e-6, () -> "energy drift " + drift);
        assertEquals(3.0, motion.times()[600], 1e-12);
    }

    /** The accelerations in closed form, from the equations of motion solved for them. */
    private static double[] textbook(DoublePendulum p, double q1, double q2, double v1, double v2) {
        double difference = q1 - q2;
        double total = p.mass1() + p.mass2();
        double common = p.mass1() + p.mass2() * sin(difference) * sin(difference);
        double pull1 = p.mass2() * p.length2() * v2 * v2 * sin(difference) + total * p.gravity() * sin(q1);
        double pull2 = p.length1() * v1 * v1 * sin(difference) - p.gravity() * sin(q2);
        return new double[] {
            -(pull1 + p.mass2() * cos(difference) * pull2) / (p.length1() * common),
            (total * pull2 + cos(difference) * pull1) / (p.length2() * common)
        };
    }
}
