package dev.fluxion.benchmarks.workloads;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the workloads that the peers' programs run: same inputs, same checksums, same lines. */
@Command(name = "workloads", mixinStandardHelpOptions = true, description = "Prints one JSON line for each figure.")
public final class Workloads implements Runnable {
    private static final Map<String, Workload> ALL = new LinkedHashMap<>();

    static {
        ALL.put("W0", new Dispatch());
        ALL.put("W1", new ScalarFunction());
        ALL.put("W2", new FusedSum());
        ALL.put("W3", new Perceptron());
        ALL.put("W4", new PerExample());
        ALL.put("W5", new Curvature());
        ALL.put("W7", new Recurrences());
        ALL.put("W8", new Products());
        ALL.put("W9", new Bodies());
        ALL.put("W10", new LongProgram());
    }

    @Option(
            names = {"--workload", "--workloads"},
            split = ",",
            description = "Which, as W1,W2; all when left out.")
    private List<String> names = List.copyOf(ALL.keySet());

    @Option(names = "--threads", description = "How many processors the process was given; named in the lines.")
    private int threads = 1;

    @Override
    public void run() {
        for (String name : names) {
            Workload workload = ALL.get(name);
            if (workload != null) {
                workload.run(new Figures(name, threads));
            }
        }
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Workloads()).execute(args));
    }
}
