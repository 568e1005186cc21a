package dev.fluxion.ir.text;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;

/**
 * How much is read before a text or a file is refused (FX0703). The defaults are far beyond programs that people write;
 * lower them for input that strangers send.
 *
 * @param maxBytes the size of a file, or the characters of a text
 * @param maxEquations all equations together, sub-programs and rules included and shared ones counted once; and 16 times as
 *     many operands, results, inputs, parameters and table entries together
 * @param maxNesting how deep sub-programs stand in each other
 */
public record ReadLimits(long maxBytes, int maxEquations, int maxNesting) {
    public static final ReadLimits DEFAULT = new ReadLimits(1L << 30, 1_000_000, 100);

    public ReadLimits withMaxBytes(long bytes) {
        return new ReadLimits(bytes, maxEquations, maxNesting);
    }

    public ReadLimits withMaxEquations(int equations) {
        return new ReadLimits(maxBytes, equations, maxNesting);
    }

    public ReadLimits withMaxNesting(int nesting) {
        return new ReadLimits(maxBytes, maxEquations, nesting);
    }

    /** The refusal of something beyond these limits. */
    public static FluxionException exceeded(String what) {
        return FluxionException.of(ErrorCode.LIMIT_EXCEEDED, what)
                .hint("if the program is trustworthy, raise the limit with ParseOptions.withLimits");
    }
}
