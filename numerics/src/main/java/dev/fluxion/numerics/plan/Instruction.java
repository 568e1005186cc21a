package dev.fluxion.numerics.plan;

/** One step of an executable, ready to run. */
@FunctionalInterface
public interface Instruction {
    /** @param slots the buffers: Java arrays of the five kinds, which may be longer than what they hold */
    void run(Object[] slots);
}
