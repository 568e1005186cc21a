package dev.fluxion.ir;

/** A compiled program. May be run from many threads at once. */
public interface Executable {
    /** The program this was compiled from. */
    Jaxpr jaxpr();

    /** The memory that a run needs. */
    default MemoryAnalysis memory() {
        return MemoryAnalysis.unplanned(jaxpr());
    }

    /**
     * Runs the program. Inputs stand in the order and have the types of {@code jaxpr().inputs()}; they are never
     * changed, but for those that the program was compiled to take over. The results are fresh or shared immutable data.
     */
    ArrayData[] run(ArrayData... inputs);
}
