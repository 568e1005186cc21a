package dev.fluxion.numerics.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** The chunks of one call, claimed one by one by its caller and by whoever helps. */
final class Job {
    /** How often a caller looks before it sleeps: about 20 us, what a chunk takes. */
    private static final int LOOKS = 1000;

    private final int count;
    private final Chunks chunks;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger unfinished;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Job(int count, Chunks chunks) {
        this.count = count;
        this.chunks = chunks;
        this.unfinished = new AtomicInteger(count);
    }

    /** Claims and runs chunks until none is left to be claimed; after a failure they are claimed only. */
    void work() {
        int claimed = 0;
        for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
            claimed++;
            if (failure.get() == null) {
                run(index);
            }
        }
        if (claimed > 0 && unfinished.addAndGet(-claimed) == 0 && Thread.currentThread() != caller) {
            LockSupport.unpark(caller);
        }
    }

    private void run(int index) {
        try {
            chunks.run(index);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    /**
     * Waits for the chunks that others have claimed, interrupted or not.
     *
     * @throws RuntimeException what the first chunk to fail threw; errors likewise
     */
    void await() {
        for (int look = 0; look < LOOKS && unfinished.get() > 0; look++) {
            Thread.onSpinWait();
        }
        boolean interrupted = false;
        while (unfinished.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (failure.get()) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
    }
}
