package dev.fluxion.numerics.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.numerics.parallel.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Members run once each, in whatever way, and what one of them throws comes out. */
class TogetherRunTest {
    private static final int COUNT = 5;

    private static final RuntimeException FAILURE = new IllegalStateException("member 3");

    /** Member k adds one to element k of slot 0; member 3 fails while slot 1 says so. */
    private static TogetherRun run(long nanos) {
        Instruction[] members = IntStream.range(0, COUNT)
                .mapToObj(k -> (Instruction) slots -> {
                    if (k == 3 && ((boolean[]) slots[1])[0]) {
                        throw FAILURE;
                    }
                    ((int[]) slots[0])[k]++;
                })
                .toArray(Instruction[]::new);
        long[] each = new long[COUNT];
        Arrays.fill(each, nanos);
        return new TogetherRun(Workers.shared(), members, each);
    }

    private static void eachOnce(long nanos) {
        int[] runs = new int[COUNT];
        run(nanos).run(new Object[] {runs, new boolean[1]});
        assertArrayEquals(new int[] {1, 1, 1, 1, 1}, runs);
    }

    @Test
    void eachMemberRunsOnce() {
        eachOnce(0);
        eachOnce(1_000_000_000);
    }

    @Test
    void whatAMemberThrowsComesOut() {
        for (long nanos : new long[] {0, 1_000_000_000}) {
            TogetherRun run = run(nanos);
            int[] runs = new int[COUNT];
            boolean[] fails = {true};
            for (int round = 0; round < 20; round++) {
                assertSame(FAILURE, assertThrows(RuntimeException.class, () -> run.run(new Object[] {runs, fails})));
            }
            assertEquals(0, runs[3]);
            Arrays.fill(runs, 0);
            fails[0] = false;
            run.run(new Object[] {runs, fails});
            assertArrayEquals(new int[] {1, 1, 1, 1, 1}, runs);
        }
    }
}
