package dev.fluxion.numerics.codegen;

/** A program on scalars as code over the arrays of a plan. Safe for use by several threads at once. */
public abstract class SlotCode {
    /** @param slots the Java arrays whose elements are the inputs, and those that take the outputs */
    public abstract void run(Object[] slots);
}
