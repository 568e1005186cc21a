package dev.fluxion.numerics.plan;

/** Where the array of a result comes from. */
enum Destination {
    /** Every run allocates it: it is the caller's. */
    FRESH,
    /** It belongs to the frame, or to a donated input: the caller takes what it needs before the next run. */
    FRAME,
    /** The caller puts it into the result's slot before the run. */
    GIVEN
}
