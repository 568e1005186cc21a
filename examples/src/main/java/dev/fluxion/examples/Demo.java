package dev.fluxion.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The guided tour: what {@code ./demo} runs. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "The guided tour of Fluxion.",
        sortOptions = false)
public final class Demo implements Callable<Integer> {
    /** The sections of the tour, in their order. */
    enum Section {
        curvature,
        digits,
        pendulum
    }

    @Parameters(
            paramLabel = "SECTION",
            description = "What to visit: ${COMPLETION-CANDIDATES}. Everything when nothing is named.")
    private List<Section> sections = List.of(Section.values());

    @Option(names = "--epochs", defaultValue = "12", description = "Epochs of training (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--warm-up",
            defaultValue = "3",
            description = "Seconds of calls before a time is taken (default: ${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "How long the pendulum swings (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--output",
            defaultValue = "demo-output",
            description = "The directory of the figures (default: ${DEFAULT-VALUE}).")
    private Path output;

    private final PrintStream out;

    private Demo(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) {
        System.exit(run(System.out, args));
    }

    /** The exit code of the tour with these arguments. */
    static int run(PrintStream out, String... args) {
        System.setProperty("java.awt.headless", "true");
        return new CommandLine(new Demo(out)).execute(args);
    }

    @Override
    public Integer call() {
        long begin = System.nanoTime();
        Narrator narrator = new Narrator(out, output);
        for (Section section : sections) {
            switch (section) {
                case curvature -> new CurvatureTour(narrator).run();
                case digits -> new DigitsTour(narrator, epochs, warmUp).run();
                case pendulum -> new PendulumTour(narrator, seconds).run();
            }
        }
        narrator.say("The tour took %.1f s.".formatted((System.nanoTime() - begin) * 1e-9));
        return 0;
    }
}
