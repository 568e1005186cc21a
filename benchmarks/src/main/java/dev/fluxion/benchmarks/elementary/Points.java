package dev.fluxion.benchmarks.elementary;

import dev.fluxion.ir.DType;
import java.util.SplittableRandom;

/**
 * Arguments at which to look for errors, the same ones whenever they are drawn: a quarter with random bits, a quarter at all
 * magnitudes from 2^-40 to 2^40, three eighths in the function's regions, an eighth next to multiples of its step. All are
 * values of the dtype.
 */
final class Points {
    private final SplittableRandom random;
    private final Subject subject;
    private final boolean single;
    private final double from;
    private final double to;

    Points(Subject subject, DType dtype, long seed, double from, double to) {
        this.random = new SplittableRandom(seed);
        this.subject = subject;
        this.single = dtype == DType.FLOAT32;
        this.from = from;
        this.to = to;
    }

    double next() {
        double x = any();
        while (x < from || x > to) {
            x = any();
        }
        return x;
    }

    private double any() {
        int kind = random.nextInt(8);
        double x = kind < 2 ? anyBits() : kind < 4 ? anyMagnitude() : kind < 7 ? inRegion() : nearMultiple();
        return single ? (float) x : x;
    }

    private double anyBits() {
        return single ? Float.intBitsToFloat(random.nextInt()) : Double.longBitsToDouble(random.nextLong());
    }

    private double anyMagnitude() {
        double magnitude = Math.scalb(1 + random.nextDouble(), random.nextInt(-40, 40));
        return random.nextBoolean() ? magnitude : -magnitude;
    }

    private double inRegion() {
        Subject.Region region =
                subject.regions().get(random.nextInt(subject.regions().size()));
        return region.low() + (region.high() - region.low()) * random.nextDouble();
    }

    /** A multiple of the step, rounded, plus nothing, a few ulps, or any smaller number. */
    private double nearMultiple() {
        double step = subject.step() == 0 ? 1 : subject.step();
        int bits = random.nextInt(1, 24);
        double multiple = step * random.nextInt(-(1 << bits), 1 << bits);
        double rounded = single ? (float) multiple : multiple;
        double ulp = single ? Math.ulp((float) rounded) : Math.ulp(rounded);
        return switch (random.nextInt(3)) {
            case 0 -> rounded;
            case 1 -> rounded + random.nextInt(-8, 9) * ulp;
            default -> rounded + Math.scalb(random.nextDouble(-1, 1), -random.nextInt(0, single ? 24 : 53));
        };
    }
}
