package dev.fluxion.ir;

/** The operations of {@link Reduction.Cumulative}. */
public enum CumulativeOp {
    CUMSUM,
    CUMPROD,
    CUMMAX,
    CUMMIN,
    /** {@code log(sum exp)} of the prefix, without overflow. Floats only. */
    CUMLOGSUMEXP
}
