package dev.fluxion.tree;

import dev.fluxion.numpy.NDArray;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** An Immutables value as a user would write it. */
@Value.Immutable
interface Layer {
    NDArray w();

    NDArray b();

    Optional<NDArray> mask();

    List<NDArray> history();

    @Value.Default
    default String activation() {
        return "tanh";
    }

    @Value.Derived
    default int units() {
        return b().size();
    }
}
