package dev.fluxion.ir;

/** The operations of {@link Reduction.ArgReduce}. */
public enum ArgOp {
    ARGMAX,
    ARGMIN
}
