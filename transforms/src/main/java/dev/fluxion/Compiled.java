package dev.fluxion;

import dev.fluxion.ir.Executable;
import dev.fluxion.ir.MemoryAnalysis;

/**
 * A function compiled for arguments of one structure and types. It stays compiled as long as this object lives, whatever
 * becomes of the caches.
 *
 * @param <F> the type of the function
 */
public final class Compiled<F> {
    private final Lowered<F> lowered;
    private final Executable executable;
    private final F function;

    Compiled(Lowered<F> lowered, Executable executable, F function) {
        this.lowered = lowered;
        this.executable = executable;
        this.function = function;
    }

    /**
     * The function. It refuses arguments of another structure, other types or other static values (FX0604); inside a trace
     * it is one shared sub-program, as with {@code jit}.
     */
    public F function() {
        return function;
    }

    /** What was compiled. */
    public Lowered<F> lowered() {
        return lowered;
    }

    /** What a run costs, counted over the program. */
    public CostAnalysis costAnalysis() {
        return lowered.costAnalysis();
    }

    /** The array memory that a run needs. */
    public MemoryAnalysis memoryAnalysis() {
        return executable.memory();
    }

    @Override
    public String toString() {
        return "Compiled " + lowered;
    }
}
