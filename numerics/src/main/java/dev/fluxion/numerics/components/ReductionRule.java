package dev.fluxion.numerics.components;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import io.vavr.collection.Array;

/**
 * Reductions of arrays with tiny axes: each component over the other axes first, then components one by one in row-major
 * order. The order is part of what the engine promises, so the rule applies by shape and axes alone, whatever is around it.
 */
final class ReductionRule {
    private ReductionRule() {}

    /** Where something is left and something tiny is involved; a whole array is one row of numbers. */
    static boolean applies(Shape shape, Ints axes) {
        return TinyAxes.of(shape) != null && shape.without(axes).size() > 1;
    }

    static Parts reduce(Reduction.Reduce p, Parts x, JaxprBuilder builder, SourceInfo source) {
        TinyAxes from = TinyAxes.of(x.shape());
        int leadRank = from.lead().rank();
        Ints big = Ints.of(p.axes().stream().filter(axis -> axis < leadRank));
        Ints keptTiny = Ints.of(p.axes().complement(x.shape().rank()).stream()
                .filter(axis -> axis >= leadRank)
                .map(axis -> axis - leadRank));
        TinyAxes to = new TinyAxes(from.lead().without(big), Shape.of(keptTiny.map(from.trail()::dim)));
        Primitive combine = new Elementwise.Binary(p.op().binary());
        Atom[] results = new Atom[to.count()];
        Array<Atom> components = x.components(from.trail().rank());
        for (int number = 0; number < components.size(); number++) {
            int[] index = from.index(number);
            int target = to.number(keptTiny.map(axis -> index[axis]).toArray());
            Atom part = big.isEmpty()
                    ? components.get(number)
                    : builder.append(new Reduction.Reduce(p.op(), big), Array.of(components.get(number)), source)
                            .get(0);
            results[target] = results[target] == null
                    ? part
                    : builder.append(combine, Array.of(results[target], part), source)
                            .get(0);
        }
        return Parts.of(builder, to, Array.of(results), source);
    }
}
