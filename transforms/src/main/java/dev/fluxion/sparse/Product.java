package dev.fluxion.sparse;

/** With what a sparse matrix of derivatives is multiplied to get its elements. */
public enum Product {
    /** {@code J s} for sums s of unit vectors: forward mode. */
    JVP,
    /** {@code s' J}: reverse mode. */
    VJP,
    /** {@code H s} for a symmetric matrix, of which one triangle says all: forward over reverse. */
    HVP
}
