package dev.fluxion.sparse;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import java.util.Arrays;

/** Unions over axes, and their repetition along axes. */
final class Groups {
    private Groups() {}

    /** The union over the given axes, which disappear. */
    static Dependence over(KnownValues values, Dependence x, Ints axes) {
        Shape shape = x.shape();
        Shape kept = shape.without(axes);
        if (kept.isScalar()) {
            return Dependence.same(kept, x.all());
        }
        int[] group = values.places(new Movement.BroadcastInDim(shape, axes.complement(shape.rank())), kept);
        IndexSet.Union[] unions = new IndexSet.Union[kept.size()];
        Arrays.setAll(unions, i -> new IndexSet.Union());
        for (int i = 0; i < group.length; i++) {
            unions[group[i]].add(x.get(i));
        }
        return Dependence.of(kept, i -> unions[i].get());
    }

    /** x repeated: its axis k is axis {@code dimensions[k]} of the result. */
    static Dependence broadcast(KnownValues values, Dependence x, Shape shape, Ints dimensions) {
        if (x.shape().size() == 1) {
            return Dependence.same(shape, x.get(0));
        }
        int[] from = values.places(new Movement.BroadcastInDim(shape, dimensions), x.shape());
        return Dependence.of(shape, i -> x.get(from[i]));
    }

    /** The union over the given axes, repeated along them to the given sizes of all axes. */
    static Dependence smear(KnownValues values, Dependence x, Ints axes, Shape sizes) {
        return broadcast(values, over(values, x, axes), sizes, axes.complement(sizes.rank()));
    }
}
