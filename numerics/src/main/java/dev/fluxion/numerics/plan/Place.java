package dev.fluxion.numerics.plan;

/**
 * Where the elements of a node are: in a slot's array, at its start or at the slice of {@code size} elements whose number the
 * array in slot {@code counter} holds; without such slices {@code counter} is negative.
 */
record Place(int slot, int counter, int size) {
    Object array(Object[] slots) {
        return slots[slot];
    }

    /** The first element. */
    int start(Object[] slots) {
        return counter < 0 ? 0 : ((int[]) slots[counter])[0] * size;
    }

    boolean moves() {
        return counter >= 0;
    }
}
