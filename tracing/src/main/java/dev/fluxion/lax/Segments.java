package dev.fluxion.lax;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/**
 * How a checkpointed loop of n steps is cut. It goes over segments, each of which goes over shorter ones, and so on down to
 * single steps. Reverse mode keeps the carries at the borders of the segments on one path down: with L levels of about
 * {@code n^(1/L)} each, {@code L n^(1/L)} carries; and it computes every step {@code L + 1} times.
 */
public sealed interface Segments {
    /** One level: every carry is kept, but nothing of what happens between two. */
    Segments EVERY_STEP = new Levels(1);

    /** Two levels: about {@code sqrt(n)} segments of {@code sqrt(n)} steps. */
    Segments SQUARE_ROOT = new Levels(2);

    /** That many segments at each level from the outermost; {@code of(100)}: 100 segments of n / 100 steps. */
    static Segments of(int... counts) {
        return new Counts(Array.ofAll(counts));
    }

    /** The smallest number of levels with which at most that many carries are kept at a time. */
    static Segments keeping(int carries) {
        return new Keeping(carries);
    }

    /**
     * Into how many segments to cut a loop, then each segment, and so on; what remains in the end are single steps. Steps left
     * over when a number does not divide come last, as a shorter segment.
     *
     * @throws FluxionException FX0104 when the loop is too long for what it may keep
     */
    Array<Integer> counts(int steps);

    /** How many carries reverse mode keeps at a time. */
    default int carriesKept(int steps) {
        return kept(steps, counts(steps));
    }

    /** How often reverse mode computes each step, the first time included. */
    default int evaluations(int steps) {
        return counts(steps).size() + 2;
    }

    /** As {@link #of}. */
    record Counts(Array<Integer> counts) implements Segments {
        public Counts {
            counts.filter(count -> count < 1).forEach(count -> {
                throw badParameter("a loop cannot be cut into " + count + " segments", "the number is 1 or more");
            });
        }

        @Override
        public Array<Integer> counts(int steps) {
            return counts;
        }
    }

    /** As many segments at each level as there are steps in the innermost ones, about. */
    record Levels(int levels) implements Segments {
        public Levels {
            if (levels < 1) {
                throw badParameter("a loop cannot have " + levels + " levels", "the number is 1 or more");
            }
        }

        @Override
        public Array<Integer> counts(int steps) {
            // Powers of integers are exact, roots are not: 1000^(1/3) is 9.999999999999998.
            int count = (int) Math.max(1, Math.ceil(Math.pow(steps, 1.0 / levels) - 1e-9));
            return Array.fill(levels - 1, () -> count);
        }
    }

    /** As {@link #keeping}. */
    record Keeping(int carries) implements Segments {
        private static final int MOST_LEVELS = 31;

        @Override
        public Array<Integer> counts(int steps) {
            int fewest = steps;
            for (int levels = 1; levels <= MOST_LEVELS; levels++) {
                Segments candidate = new Levels(levels);
                int kept = candidate.carriesKept(steps);
                if (kept <= carries) {
                    return candidate.counts(steps);
                }
                fewest = Math.min(fewest, kept);
            }
            throw badParameter(
                    "a loop of " + steps + " steps cannot keep only " + carries + " carries",
                    "keep at least " + fewest + "; the fewer, the more often each step is computed");
        }
    }

    private static int kept(int steps, Array<Integer> counts) {
        if (counts.isEmpty() || counts.head() >= steps) {
            return steps;
        }
        int count = counts.head();
        return count + Math.max(kept(steps / count, counts.tail()), kept(steps % count, counts.tail()));
    }

    private static FluxionException badParameter(String what, String hint) {
        return Tracing.located(FluxionException.of(ErrorCode.BAD_PARAMETER, "segments: " + what)
                .hint(hint));
    }
}
