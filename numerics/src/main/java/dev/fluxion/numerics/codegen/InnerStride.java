package dev.fluxion.numerics.codegen;

/** What is known, when a kernel is compiled, of an array's stride along the innermost loop dimension. */
public enum InnerStride {
    /** Broadcast: every element of the row is the same one. For an output: the innermost dimension is reduced. */
    ZERO,
    /** Contiguous. */
    ONE,
    /** Given at run time. Slower: prefer a nest whose innermost dimension is contiguous. */
    ANY
}
