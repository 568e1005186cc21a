package dev.fluxion.examples;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/** Where a progress bar appears: redrawn in place on a terminal, otherwise its last state as one line. */
final class ProgressLine implements ProgressBarConsumer {
    private final PrintStream out;
    private final int width;
    private final boolean terminal;
    private String last = "";

    ProgressLine(PrintStream out, int width, boolean terminal) {
        this.out = out;
        this.width = width;
        this.terminal = terminal;
    }

    @Override
    public int getMaxRenderedLength() {
        return width;
    }

    @Override
    public synchronized void accept(String bar) {
        last = bar;
        if (terminal) {
            out.print("\r" + bar);
            out.flush();
        }
    }

    @Override
    public synchronized void close() {
        out.println(terminal ? "" : last);
    }
}
