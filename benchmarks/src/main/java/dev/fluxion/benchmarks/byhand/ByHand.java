package dev.fluxion.benchmarks.byhand;

import dev.fluxion.benchmarks.adbench.BundleAdjustmentByHand;
import dev.fluxion.benchmarks.workloads.Figures;
import dev.fluxion.benchmarks.workloads.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Derivatives that a person wrote as plain Java: what generated code is held against. */
@Command(name = "by-hand", mixinStandardHelpOptions = true, description = "Prints one JSON line for each figure.")
public final class ByHand implements Runnable {
    private static final Map<String, Function<Path, Workload>> ALL = Map.of(
            "W1", _ -> new ScalarFunctionByHand(),
            "W2", _ -> new FusedSumByHand(),
            "W9", _ -> new ForcesByHand(),
            "BA", BundleAdjustmentByHand::new);

    @Option(
            names = {"--workload", "--workloads"},
            split = ",",
            description = "Which of W1, W2, W9, BA; all when left out. Others print nothing.")
    private List<String> names = List.of("W1", "W2", "W9", "BA");

    @Option(names = "--threads", description = "These programs use one thread; with another number they print nothing.")
    private int threads = 1;

    @Option(names = "--data", description = "The folder of ADBench's data.")
    private Path data = Path.of("benchmarks/data/adbench");

    @Override
    public void run() {
        for (String name : names) {
            Function<Path, Workload> workload = ALL.get(name);
            if (workload != null && threads == 1) {
                workload.apply(data).run(new Figures(Workload.reported(name), "java-by-hand", threads));
            }
        }
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new ByHand()).execute(args));
    }
}
