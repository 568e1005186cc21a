package dev.fluxion;

import dev.fluxion.ir.SourceInfo;
import io.vavr.collection.Array;
import java.util.Locale;

/** The arrays that the backward pass of a function keeps. Prints as a table with a line for each, and the total. */
public record SavedResiduals(Array<SavedResidual> residuals) {
    /** All bytes, those of arguments included. */
    public long bytes() {
        return residuals.map(SavedResidual::bytes).sum().longValue();
    }

    /** The bytes of what the forward pass computes; arguments are there anyway. */
    public long computedBytes() {
        return residuals
                .filter(residual -> !residual.isGiven())
                .map(SavedResidual::bytes)
                .sum()
                .longValue();
    }

    @Override
    public String toString() {
        Array<Array<String>> rows = residuals
                .map(residual -> Array.of(
                        count(residual.bytes()),
                        residual.type().toString(),
                        residual.what() + (residual.steps() == 1 ? "" : ", of " + count(residual.steps()) + " steps"),
                        residual.source().equals(SourceInfo.UNKNOWN)
                                ? ""
                                : residual.source().toString()))
                .prepend(Array.of("bytes", "type", "what", "where"));
        Array<Integer> widths = Array.range(0, 4)
                .map(column -> rows.map(row -> row.get(column).length()).max().get());
        int bytes = Math.max(widths.get(0), count(bytes()).length());
        StringBuilder table = new StringBuilder();
        for (Array<String> row : rows) {
            table.append(right(row.get(0), bytes))
                    .append("  ")
                    .append(left(row.get(1), widths.get(1)))
                    .append("  ")
                    .append((left(row.get(2), widths.get(2)) + "  " + row.get(3)).stripTrailing())
                    .append('\n');
        }
        return table.append(right(count(bytes()), bytes))
                .append("  in all, ")
                .append(count(computedBytes()))
                .append(" of them computed")
                .toString();
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String right(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }

    private static String left(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
