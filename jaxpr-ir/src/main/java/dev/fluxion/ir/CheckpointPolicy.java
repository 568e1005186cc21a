package dev.fluxion.ir;

import io.vavr.collection.Array;
import java.io.Serializable;
import java.util.Objects;

/**
 * Which values inside a {@link Control.Checkpoint} a derivative keeps; it computes the others again. Judged by the operation
 * that makes a value.
 */
public sealed interface CheckpointPolicy extends Serializable {
    /** Whether the results of {@code primitive} are kept. */
    boolean saves(Primitive primitive);

    /** Keeps the inputs alone. */
    record NothingSaveable() implements CheckpointPolicy {
        @Override
        public boolean saves(Primitive primitive) {
            return false;
        }
    }

    /** Keeps what is needed, as if there were no checkpoint. */
    record EverythingSaveable() implements CheckpointPolicy {
        @Override
        public boolean saves(Primitive primitive) {
            return true;
        }
    }

    /** Keeps the results of {@link DotGeneral}. */
    record DotsSaveable() implements CheckpointPolicy {
        @Override
        public boolean saves(Primitive primitive) {
            return primitive instanceof DotGeneral;
        }
    }

    /** Keeps the results of {@link DotGeneral} without batch dimensions: the products with weights, not those of examples. */
    record DotsWithNoBatchDimsSaveable() implements CheckpointPolicy {
        @Override
        public boolean saves(Primitive primitive) {
            return primitive instanceof DotGeneral(DotDimensionNumbers numbers)
                    && numbers.lhsBatch().isEmpty();
        }
    }

    /** Keeps the {@link Elementwise.Named} values whose name is among {@code names}. */
    record SaveOnlyTheseNames(Array<String> names) implements CheckpointPolicy {
        public SaveOnlyTheseNames {
            names = sorted(names);
        }

        @Override
        public boolean saves(Primitive primitive) {
            return primitive instanceof Elementwise.Named(String label) && names.contains(label);
        }
    }

    /** Keeps the {@link Elementwise.Named} values whose name is not among {@code names}. */
    record SaveAnyNamesButThese(Array<String> names) implements CheckpointPolicy {
        public SaveAnyNamesButThese {
            names = sorted(names);
        }

        @Override
        public boolean saves(Primitive primitive) {
            return primitive instanceof Elementwise.Named(String label) && !names.contains(label);
        }
    }

    /** Keeps what either policy keeps. */
    record SaveFromBothPolicies(CheckpointPolicy first, CheckpointPolicy second) implements CheckpointPolicy {
        public SaveFromBothPolicies {
            Objects.requireNonNull(first, "first");
            Objects.requireNonNull(second, "second");
        }

        @Override
        public boolean saves(Primitive primitive) {
            return first.saves(primitive) || second.saves(primitive);
        }
    }

    private static Array<String> sorted(Array<String> names) {
        return Objects.requireNonNull(names, "names").distinct().sorted();
    }
}
