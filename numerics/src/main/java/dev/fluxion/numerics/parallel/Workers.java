package dev.fluxion.numerics.parallel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that help a caller with its chunks. There is one pool for the whole JVM ({@link #shared}), of daemon threads that
 * start with the first work for them.
 *
 * <p>A caller offers its chunks, claims them itself like everybody else, and waits only for chunks that a helper has begun:
 * never for a helper that did not come. Callers count as threads at work, so that as many callers as processors have no
 * helpers. A call within a chunk is the work of a thread that counts already: it finds the helpers that have nothing else to do.
 */
public final class Workers {
    /** Nanoseconds of work that are worth waking up a helper for. */
    private static final long ASLEEP = 200_000;

    /** Nanoseconds of work that are worth offering to a helper that is awake. */
    private static final long AWAKE = 20_000;

    /** Nanoseconds of work in a chunk. */
    private static final long CHUNK = 25_000;

    /** How long a helper looks out for more, in nanoseconds: what lies between the steps of a program, or between calls. */
    private static final long LINGER = 50_000;

    private static final Workers SHARED = new Workers(configured());

    private final int threads;
    private final ForkJoinPool pool;

    /** Threads that may still set to work; callers take theirs in any case, so that it may be negative. */
    private final AtomicInteger free;

    /** Helpers that look out for work. */
    private final AtomicInteger idle = new AtomicInteger();

    /** Whether the current thread counts as one at work. */
    private final ThreadLocal<Boolean> counts = ThreadLocal.withInitial(() -> false);

    private final Queue<Job> offered = new ConcurrentLinkedQueue<>();

    /** @param threads how many threads, the caller included, work at once */
    Workers(int threads) {
        this.threads = threads;
        this.free = new AtomicInteger(threads);
        this.pool = threads == 1 ? null : new ForkJoinPool(threads - 1, Workers::thread, null, true);
    }

    private static int configured() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Math.max(1, Integer.getInteger("fluxion.threads", processors));
    }

    private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("fluxion-worker-" + thread.getPoolIndex());
        return thread;
    }

    /** The workers of this JVM: as many as system property {@code fluxion.threads} says, else as there are processors. */
    public static Workers shared() {
        return SHARED;
    }

    /** How many threads, the caller included, work at once. */
    public int threads() {
        return threads;
    }

    /** Whether work that takes one thread so long is ever worth cutting. */
    public boolean mayCut(long nanos) {
        return threads > 1 && nanos >= AWAKE;
    }

    /** Into how many chunks such work is cut: short ones even out what else the processors have to do. */
    public int chunks(long nanos) {
        return (int) Math.clamp(nanos / CHUNK, 2L * threads, 32L * threads);
    }

    /** Whether work that takes one thread so long is worth cutting now. */
    public boolean isWorthCutting(long nanos) {
        int now = free.get();
        if (counts.get()) {
            return idle.get() > 0 || (now > 0 && nanos >= ASLEEP);
        }
        return now > 0 && (nanos >= ASLEEP || now < threads);
    }

    /**
     * Has a helper wake up for steps that follow soon: each alone may be worth offering only to one that is awake.
     *
     * @param nanos what all those steps take one thread
     */
    public void rouse(long nanos) {
        int own = counts.get() ? 0 : 1;
        if (nanos >= ASLEEP && idle.get() == 0 && free.get() > own && takeFree()) {
            pool.execute(this::help);
        }
    }

    /**
     * Runs chunks {@code 0 .. count-1}, and returns when all are done. What a chunk throws is thrown here, once, when no
     * chunk runs any more; those that had not begun by then are left out.
     */
    public void run(int count, Chunks chunks) {
        if (counts.get()) {
            share(new Job(count, chunks), count);
            return;
        }
        free.decrementAndGet();
        counts.set(true);
        try {
            share(new Job(count, chunks), count);
        } finally {
            counts.remove();
            free.incrementAndGet();
        }
    }

    private void share(Job job, int count) {
        offered.add(job);
        for (int helper = 1; helper < count && takeFree(); helper++) {
            pool.execute(this::help);
        }
        job.work();
        offered.remove(job);
        job.await();
    }

    private boolean takeFree() {
        int now = free.get();
        while (now > 0) {
            if (free.compareAndSet(now, now - 1)) {
                return true;
            }
            now = free.get();
        }
        return false;
    }

    /** Helps until there is nothing to do; what was offered while this helper was still counted as at work is not missed. */
    private void help() {
        counts.set(true);
        do {
            workOnOffers();
            free.incrementAndGet();
        } while (!offered.isEmpty() && takeFree());
        counts.remove();
    }

    /** Works on whatever is offered, until nothing is for a while or the callers need the processors for themselves. */
    private void workOnOffers() {
        idle.incrementAndGet();
        long idleSince = System.nanoTime();
        do {
            Job job = offered.peek();
            if (job != null) {
                idle.decrementAndGet();
                job.work();
                offered.remove(job);
                idle.incrementAndGet();
                idleSince = System.nanoTime();
            } else {
                Thread.yield();
            }
        } while (free.get() >= 0 && System.nanoTime() - idleSince < LINGER);
        idle.decrementAndGet();
    }
}
