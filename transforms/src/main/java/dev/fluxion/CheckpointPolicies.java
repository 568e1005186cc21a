package dev.fluxion;

import dev.fluxion.ir.CheckpointPolicy;
import io.vavr.collection.Array;

/**
 * What {@link Fluxion#checkpoint(io.vavr.Function1, CheckpointPolicy) checkpoint} keeps for the derivative besides the
 * arguments. The names are JAX's.
 */
public final class CheckpointPolicies {
    /** Nothing: everything inside is computed again. */
    public static final CheckpointPolicy NOTHING_SAVEABLE = new CheckpointPolicy.NothingSaveable();

    /** Everything the derivative needs, as if there were no checkpoint. */
    public static final CheckpointPolicy EVERYTHING_SAVEABLE = new CheckpointPolicy.EverythingSaveable();

    /** The results of matrix products and other contractions. */
    public static final CheckpointPolicy DOTS_SAVEABLE = new CheckpointPolicy.DotsSaveable();

    /** The results of contractions without batch dimensions: products with weights, not those within each example. */
    public static final CheckpointPolicy DOTS_WITH_NO_BATCH_DIMS_SAVEABLE =
            new CheckpointPolicy.DotsWithNoBatchDimsSaveable();

    private CheckpointPolicies() {}

    /** The values that {@link Fluxion#checkpointName checkpointName} gave one of these names. */
    public static CheckpointPolicy saveOnlyTheseNames(String... names) {
        return new CheckpointPolicy.SaveOnlyTheseNames(Array.of(names));
    }

    /** The values that {@link Fluxion#checkpointName checkpointName} gave another name than these. */
    public static CheckpointPolicy saveAnyNamesButThese(String... names) {
        return new CheckpointPolicy.SaveAnyNamesButThese(Array.of(names));
    }

    /** What either policy keeps. */
    public static CheckpointPolicy saveFromBothPolicies(CheckpointPolicy first, CheckpointPolicy second) {
        return new CheckpointPolicy.SaveFromBothPolicies(first, second);
    }
}
