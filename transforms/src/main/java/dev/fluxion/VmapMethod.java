package dev.fluxion;

/** What {@code vmap} does with a host function, see {@code Fluxion.pureCallback}. */
public enum VmapMethod {
    /** The function is called for one example after the other. */
    SEQUENTIAL,
    /** It is called once; arguments that all examples share get a leading axis of size 1, the others have the batch axis there. */
    EXPAND_DIMS,
    /** It is called once; every argument has the batch axis in front. */
    BROADCAST_ALL
}
