package dev.fluxion.numerics.codegen;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Truth values at the end of a row, where fewer than a vector of them are left. */
final class MaskTails {
    private MaskTails() {}

    static <E> VectorMask<E> load(VectorSpecies<E> species, boolean[] array, int index, int count) {
        boolean[] lanes = new boolean[species.length()];
        if (count > 0) {
            System.arraycopy(array, index, lanes, 0, Math.min(count, lanes.length));
        }
        return VectorMask.fromArray(species, lanes, 0);
    }

    static void store(VectorMask<?> mask, boolean[] array, int index, int count) {
        if (count > 0) {
            System.arraycopy(mask.toArray(), 0, array, index, Math.min(count, mask.length()));
        }
    }
}
