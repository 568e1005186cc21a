package dev.fluxion.numerics.plan;

import dev.fluxion.ir.DType;

/** An array of a program under planning: an input, or what a step computes, row-major in a buffer of its own if stored. */
final class Node {
    /** The position of inputs among the steps: before all of them. */
    static final int INPUT = -1;

    private static final int NONE = -1;

    private final DType dtype;
    private final int size;
    private int producer;
    private final boolean fusible;
    private boolean stored;
    private Destination destination;
    private boolean pinned;
    private Node counter;
    private int firstUse = Integer.MAX_VALUE;
    private int lastUse = NONE;
    private Region lastReader;
    private int slot = NONE;

    private Node(DType dtype, int size, int producer, boolean fusible, boolean stored) {
        this.dtype = dtype;
        this.size = size;
        this.producer = producer;
        this.fusible = fusible;
        this.stored = stored;
    }

    static Node input(DType dtype, int size) {
        return new Node(dtype, size, INPUT, false, true);
    }

    /** An array that step {@code producer} writes to a buffer. */
    static Node stored(DType dtype, int size, int producer) {
        return new Node(dtype, size, producer, false, true);
    }

    /** A value of a region's loop body, stored only if another step reads it. */
    static Node inRegion(DType dtype, int size, int producer) {
        return new Node(dtype, size, producer, true, false);
    }

    DType dtype() {
        return dtype;
    }

    int size() {
        return size;
    }

    int producer() {
        return producer;
    }

    /** Whether later members of the producing region can read it from a register. */
    boolean isFusible() {
        return fusible;
    }

    /** Notes another place of the step that computes it. */
    void producedBy(int step) {
        producer = step;
    }

    boolean isStored() {
        return stored;
    }

    boolean isResult() {
        return destination != null;
    }

    /** Where the array of a result comes from; null for others. */
    Destination destination() {
        return destination;
    }

    void markResult(Destination where) {
        stored = true;
        destination = where;
    }

    /** Notes that a reader needs the elements at the start of their buffer. */
    void pin() {
        pinned = true;
    }

    boolean isPinned() {
        return pinned;
    }

    /** Makes it one slice of the buffer, the one whose number {@code stepCounter} holds in each run. */
    void slice(Node stepCounter) {
        counter = stepCounter;
    }

    boolean isSlice() {
        return counter != null;
    }

    /** Notes that step {@code step} reads the stored array. */
    void readBy(int step) {
        stored = true;
        firstUse = Math.min(firstUse, step);
        lastUse = Math.max(lastUse, step);
    }

    /** Forgets which steps read it. */
    void forgetReaders() {
        firstUse = Integer.MAX_VALUE;
        lastUse = NONE;
    }

    /** The first step that reads it; none if that is no position. */
    int firstUse() {
        return firstUse;
    }

    int lastUse() {
        return lastUse;
    }

    /** The region that read it last, or null: a good place for another reader. */
    Region lastReader() {
        return lastReader;
    }

    void readBy(Region region) {
        readBy(region.index());
        lastReader = region;
    }

    int slot() {
        if (slot == NONE) {
            throw new IllegalStateException("no slot: " + dtype + "[" + size + "] of step " + producer);
        }
        return slot;
    }

    /** Where its elements are when a step runs. */
    Place place() {
        return counter == null ? new Place(slot(), -1, 0) : new Place(slot(), counter.slot(), size);
    }

    void assign(int newSlot) {
        slot = newSlot;
    }
}
