package dev.fluxion.numerics.codegen;

import jdk.incubator.vector.DoubleVector;

/** What the machine prefers. Loaded only where the Vector API is present. */
final class PreferredSpecies {
    private static final int BITS = Math.clamp(
            Integer.getInteger("fluxion.vectorBits", DoubleVector.SPECIES_PREFERRED.vectorBitSize()), 128, 512);

    private PreferredSpecies() {}

    static int bits() {
        return BITS;
    }
}
