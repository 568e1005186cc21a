package dev.fluxion;

import dev.fluxion.transforms.Vectorization;
import io.vavr.collection.Array;
import java.io.Serializable;

/** The batch axes of a function's arguments, one entry each; made by {@code Fluxion.inAxes}. */
public record Axes(Array<Object> entries) implements Serializable {
    static final Object NONE = Vectorization.NotBatched.NONE;
}
