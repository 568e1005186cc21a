package dev.fluxion.numerics.plan;

import dev.fluxion.numerics.parallel.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Runs instructions that need nothing of each other: side by side if, going by what each took in the last run, that saves more
 * than it costs to wake up a helper; else one after the other.
 */
final class TogetherRun implements Instruction {
    private final Workers workers;
    private final Instruction[] members;

    /** What each took in the last run. Runs at once may mix theirs up: the results do not depend on it. */
    private final long[] nanos;

    /** @param nanos about how long each takes */
    TogetherRun(Workers workers, Instruction[] members, long[] nanos) {
        this.workers = workers;
        this.members = members;
        this.nanos = nanos.clone();
    }

    @Override
    public void run(Object[] slots) {
        long[] last = nanos.clone();
        long all = Arrays.stream(last).sum();
        long longest = Arrays.stream(last).max().orElse(0);
        long saved = all - Math.max(longest, all / workers.threads());
        // Of work that is cut, half is saved by the first helper.
        long comparable = 2 * saved;
        if (workers.mayCut(comparable) && workers.isWorthCutting(comparable)) {
            int[] order = longestFirst(last);
            workers.run(order.length, k -> run(order[k], slots));
        } else {
            for (int member = 0; member < members.length; member++) {
                run(member, slots);
            }
        }
    }

    /** The caller is there first: helpers that are done find what a long member has to share. */
    private static int[] longestFirst(long[] last) {
        return IntStream.range(0, last.length)
                .boxed()
                .sorted((x, y) -> Long.compare(last[y], last[x]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private void run(int member, Object[] slots) {
        long start = System.nanoTime();
        members[member].run(slots);
        nanos[member] = System.nanoTime() - start;
    }
}
