package dev.fluxion.numerics.plan;

import java.util.List;
import java.util.function.Predicate;

/** One step of a plan in the making: it reads nodes and writes nodes. */
interface Step {
    /** The nodes it reads, in no particular order; one may be there several times. */
    List<Node> reads();

    /** The nodes it writes; only the stored ones get buffers. */
    List<Node> writes();

    /** Settles what depends on later steps; called once, in order, before buffers are assigned. */
    default void finish() {}

    /**
     * A node whose buffer {@code output} may take over, or null.
     *
     * @param dying tells the nodes that no later step reads and whose buffers are free to take
     */
    default Node inPlace(Node output, Predicate<Node> dying) {
        return null;
    }

    /** Whether its output may be a slice of a larger buffer. */
    default boolean writesSlices() {
        return false;
    }

    /** About how many nanoseconds it takes one thread. */
    long nanos();

    /** Whether helpers cannot share its work itself, so that large ones had better run beside each other. */
    default boolean isUndivided() {
        return false;
    }

    /** Whether it calls code of the program's author, which may have effects: such steps keep their places. */
    default boolean callsHost() {
        return plans().stream().anyMatch(Plan::callsHost);
    }

    /** Tells what it reads and writes where it stands among the steps. */
    default void moveTo(int position) {
        writes().forEach(node -> node.producedBy(position));
        reads().forEach(node -> node.readBy(position));
    }

    /** The plans of the sub-programs that it runs. */
    default List<Plan> plans() {
        return List.of();
    }

    /** The instruction, once every stored node has its slot. */
    Instruction emit();
}
