package dev.fluxion.benchmarks.workloads;

import dev.fluxion.benchmarks.adbench.BundleAdjustment;
import dev.fluxion.benchmarks.adbench.GaussianMixture;
import dev.fluxion.benchmarks.adbench.HandTracking;
import dev.fluxion.benchmarks.adbench.LanguageModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the workloads that the peers' programs run: same inputs, same checksums, same lines. */
@Command(name = "workloads", mixinStandardHelpOptions = true, description = "Prints one JSON line for each figure.")
public final class Workloads implements Runnable {
    private static final Map<String, Function<Path, Workload>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("W0", _ -> new Dispatch());
        ALL.put("W1", _ -> new ScalarFunction());
        ALL.put("W2", _ -> new FusedSum());
        ALL.put("W3", _ -> new Perceptron());
        ALL.put("W4", _ -> new PerExample());
        ALL.put("W5", _ -> new Curvature());
        ALL.put("W7", _ -> new Recurrences());
        ALL.put("W8", _ -> new Products());
        ALL.put("W9", _ -> new Bodies());
        ALL.put("W10", _ -> new LongProgram());
        ALL.put("W11", _ -> new SmallShapes());
        ALL.put("GMM", GaussianMixture::new);
        ALL.put("BA", BundleAdjustment::new);
        ALL.put("LSTM", LanguageModel::new);
        ALL.put("HAND", HandTracking::new);
    }

    @Option(
            names = {"--workload", "--workloads"},
            split = ",",
            description = "Which, as W1,BA; all when left out.")
    private List<String> names = List.copyOf(ALL.keySet());

    @Option(names = "--threads", description = "How many threads a call may use; named in the lines.")
    private int threads = 1;

    @Option(names = "--data", description = "The folder of ADBench's data.")
    private Path data = Path.of("benchmarks/data/adbench");

    @Override
    public void run() {
        // Before anything of the engine is loaded.
        System.setProperty("fluxion.threads", String.valueOf(threads));
        for (String name : names) {
            Function<Path, Workload> workload = ALL.get(name);
            if (workload != null) {
                workload.apply(data).run(new Figures(Workload.reported(name), "fluxion", threads));
            }
        }
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Workloads()).execute(args));
    }
}
