package dev.fluxion.benchmarks.workloads;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Seconds per call: the median over batches, the least, and the least processor time, as the programs of the peers measure
 * them.
 *
 * @param value median wall time
 * @param min least wall time
 * @param cpu least processor time of the Java threads
 */
public record Timing(double value, double min, double cpu) {
    private static final double BATCH = 0.02;
    private static final double BUDGET = 2;
    private static final int SAMPLES = 15;

    /** How long a workload runs before it is measured: until generated code is compiled and in place. */
    private static final double WARM_UP = Double.parseDouble(System.getProperty("fluxion.bench.warmup", "4"));

    /** Takes the results, so that no call can be left out. */
    static volatile Object sink;

    /** Measures a call, warm. */
    public static Timing of(Supplier<?> call) {
        long end = System.nanoTime() + (long) (WARM_UP * 1e9);
        do {
            sink = call.get();
        } while (System.nanoTime() < end);
        int repetitions = repetitions(call);
        double[] wall = new double[SAMPLES];
        double[] cpu = new double[SAMPLES];
        int count = 0;
        long start = System.nanoTime();
        while (count < SAMPLES && (count < 3 || System.nanoTime() - start < BUDGET * 1e9)) {
            long cpuBefore = processorTime();
            long before = System.nanoTime();
            for (int i = 0; i < repetitions; i++) {
                sink = call.get();
            }
            wall[count] = (System.nanoTime() - before) / 1e9 / repetitions;
            cpu[count++] = (processorTime() - cpuBefore) / 1e9 / repetitions;
        }
        double[] sorted = Arrays.copyOf(wall, count);
        Arrays.sort(sorted);
        double leastCpu = Arrays.stream(cpu, 0, count).min().orElseThrow();
        return new Timing(sorted[count / 2], sorted[0], leastCpu);
    }

    private static int repetitions(Supplier<?> call) {
        long before = System.nanoTime();
        int count = 0;
        do {
            sink = call.get();
            count++;
        } while (System.nanoTime() - before < BATCH * 1e9);
        return count;
    }

    /** Seconds of one call, cold. */
    public static double once(Supplier<?> call) {
        long before = System.nanoTime();
        sink = call.get();
        return (System.nanoTime() - before) / 1e9;
    }

    /** Of all Java threads; the clock of the whole process would be too coarse for a batch. */
    private static long processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(time -> time > 0)
                .sum();
    }
}
