package dev.fluxion.numerics.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
    private static void eachOnce(Workers workers, int count) {
        AtomicIntegerArray runs = new AtomicIntegerArray(count);
        workers.run(count, runs::incrementAndGet);
        for (int i = 0; i < count; i++) {
            assertEquals(1, runs.get(i));
        }
    }

    /** Waits for another thread; a helper is woken up, and nobody else is at work. */
    private static void meet(CountDownLatch both) {
        both.countDown();
        await(both);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyChunkRunsOnce(int threads) {
        Workers workers = new Workers(threads);
        for (int round = 0; round < 200; round++) {
            eachOnce(workers, round % 20);
        }
    }

    @Test
    void helpersHelp() {
        CountDownLatch both = new CountDownLatch(2);
        new Workers(2).run(2, chunk -> meet(both));
        CountDownLatch all = new CountDownLatch(3);
        new Workers(3).run(3, chunk -> meet(all));
    }

    @Test
    void helpersAreDaemons() {
        CountDownLatch both = new CountDownLatch(2);
        Thread caller = Thread.currentThread();
        new Workers(2).run(2, chunk -> {
            meet(both);
            assertTrue(Thread.currentThread() == caller
                    || (Thread.currentThread().isDaemon()
                            && Thread.currentThread().getName().startsWith("fluxion-worker-")));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aFailureIsThrownOnceAndAfterAllIsQuiet(int threads) {
        Workers workers = new Workers(threads);
        IllegalStateException failure = new IllegalStateException("chunk 3");
        for (int round = 0; round < 50; round++) {
            AtomicInteger running = new AtomicInteger();
            assertSame(
                    failure,
                    assertThrows(
                            IllegalStateException.class,
                            () -> workers.run(8, chunk -> {
                                running.incrementAndGet();
                                Thread.yield();
                                running.decrementAndGet();
                                if (chunk == 3) {
                                    throw failure;
                                }
                            })));
            assertEquals(0, running.get());
            assertEquals(0, failure.getSuppressed().length);
        }
        assertThrows(
                StackOverflowError.class,
                () -> workers.run(8, chunk -> {
                    throw new StackOverflowError();
                }));
        eachOnce(workers, 8);
    }

    @Test
    void chunksBehindAFailureAreLeftOut() {
        AtomicInteger begun = new AtomicInteger();
        assertThrows(
                IllegalStateException.class,
                () -> new Workers(1).run(100, chunk -> {
                    begun.incrementAndGet();
                    throw new IllegalStateException();
                }));
        assertEquals(1, begun.get());
    }

    @Test
    void anInterruptedCallerWaitsAndStaysInterrupted() {
        Workers workers = new Workers(2);
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger done = new AtomicInteger();
        Thread caller = Thread.currentThread();
        workers.run(2, chunk -> {
            meet(both);
            if (Thread.currentThread() == caller) {
                caller.interrupt();
            } else {
                pause(50);
            }
            done.incrementAndGet();
        });
        assertEquals(2, done.get());
        assertTrue(Thread.interrupted());
        eachOnce(workers, 5);
        assertFalse(Thread.interrupted());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void callsWithinChunks(int threads) {
        Workers workers = new Workers(threads);
        AtomicInteger leaves = new AtomicInteger();
        workers.run(6, i -> workers.run(5, j -> workers.run(4, k -> leaves.incrementAndGet())));
        assertEquals(120, leaves.get());
    }

    /** As many callers as threads have no helpers but for those that came before them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void manyCallers(int threads) throws InterruptedException {
        Workers workers = new Workers(threads);
        int callers = 8;
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger chunks = new AtomicInteger();
        List<Thread> all = new ArrayList<>();
        for (int c = 0; c < callers; c++) {
            all.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < 100; round++) {
                    workers.run(10, chunk -> {
                        most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                        chunks.incrementAndGet();
                        atWork.decrementAndGet();
                    });
                }
            }));
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertEquals(callers * 1000, chunks.get());
        assertTrue(most.get() <= callers + threads - 1, most + " threads at work");
    }

    @Test
    void callersThatTakeAllProcessorsHaveNoHelpers() throws InterruptedException {
        Workers workers = new Workers(2);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread other = Thread.ofPlatform()
                .start(() -> workers.run(1, chunk -> {
                    begun.countDown();
                    await(over);
                }));
        await(begun);
        Thread caller = Thread.currentThread();
        workers.run(10, chunk -> assertSame(caller, Thread.currentThread()));
        over.countDown();
        other.join();
    }

    /** The caller's thread counts once, however deep it calls. */
    @Test
    void callsWithinChunksFindHelpersThatAreFree() {
        CountDownLatch both = new CountDownLatch(2);
        Workers workers = new Workers(2);
        workers.run(1, outer -> workers.run(2, chunk -> meet(both)));
    }

    /** A member of a group that goes on after the others shares its own work with those that are done. */
    @Test
    void whoIsDoneHelpsWithWhatIsLeft() {
        Workers workers = new Workers(2);
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch both = new CountDownLatch(2);
        Thread caller = Thread.currentThread();
        workers.run(2, member -> {
            meet(begun);
            if (Thread.currentThread() == caller) {
                workers.run(2, chunk -> meet(both));
            }
        });
        assertEquals(0, both.getCount());
    }

    @Test
    void oneThreadCutsNothing() {
        Workers workers = new Workers(1);
        assertFalse(workers.mayCut(Long.MAX_VALUE));
        assertFalse(new Workers(2).mayCut(100));
        assertTrue(new Workers(2).isWorthCutting(1_000_000));
    }
}
