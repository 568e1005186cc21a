package dev.fluxion.sparse;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;

/** A result depends on what the elements that it combines depend on. */
final class ReductionDependence {
    private ReductionDependence() {}

    static Dependence of(KnownValues values, Reduction p, Dependence x) {
        return switch (p) {
            case Reduction.Reduce(var _, Ints axes) -> Groups.over(values, x, axes);
            case Reduction.ArgReduce _ -> null;
            case Reduction.Cumulative(var _, int axis, boolean reverse) -> cumulative(x, axis, reverse);
        };
    }

    private static Dependence cumulative(Dependence x, int axis, boolean reverse) {
        Shape shape = x.shape();
        int size = shape.dim(axis);
        int stride = shape.strides().get(axis);
        IndexSet[] prefixes = new IndexSet[shape.size()];
        for (int step = 0; step < size; step++) {
            int here = reverse ? size - 1 - step : step;
            int before = reverse ? here + 1 : here - 1;
            for (int line = 0; line < prefixes.length / size; line++) {
                int first = line / stride * stride * size + line % stride;
                IndexSet own = x.get(first + here * stride);
                prefixes[first + here * stride] = step == 0 ? own : prefixes[first + before * stride].union(own);
            }
        }
        return Dependence.of(shape, i -> prefixes[i]);
    }
}
