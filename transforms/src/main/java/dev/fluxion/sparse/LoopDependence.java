package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.function.UnaryOperator;

/**
 * Dependence through loops: step by step where the number of steps is known and the work moderate, otherwise the sets that
 * no further step enlarges.
 */
final class LoopDependence {
    /** Elements of all steps together that are looked at one by one. */
    private static final long MOST_STEPWISE = 1L << 24;

    private static final int MOST_ROUNDS = 32;

    private final Propagation propagation;
    private final KnownValues values;

    LoopDependence(Propagation propagation, KnownValues values) {
        this.propagation = propagation;
        this.values = values;
    }

    Array<Fact> whileLoop(Control.While loop, Array<Fact> in) {
        Array<Fact> consts = loop.bodyConsts(in);
        return closure(loop.init(in), carry -> propagation.run(loop.body(), consts.appendAll(carry)));
    }

    Array<Fact> scan(Control.Scan scan, Array<Fact> in, Array<ArrayType> types) {
        if (!in.exists(Fact::isDependent)) {
            return types.map(Fact::independent);
        }
        return scan.length() * elements(scan.body()) <= MOST_STEPWISE
                ? stepwise(scan, in, types)
                : closed(scan, in, types);
    }

    private static long elements(Jaxpr body) {
        return body.equations()
                .flatMap(Equation::outputs)
                .map(Var::type)
                .map(ArrayType::size)
                .sum()
                .longValue();
    }

    private Array<Fact> stepwise(Control.Scan scan, Array<Fact> in, Array<ArrayType> types) {
        Array<Fact> carry = scan.carry(in);
        Fact[][] ys = new Fact[types.size() - scan.carry()][scan.length()];
        for (int step = 0; step < scan.length(); step++) {
            int t = scan.reverse() ? scan.length() - 1 - step : step;
            Array<Fact> xs = scan.xs(in).map(x -> slice(x, t));
            Array<Fact> out = propagation.run(
                    scan.body(), scan.consts(in).appendAll(carry).appendAll(xs));
            carry = scan.carryOut(out);
            for (int i = 0; i < ys.length; i++) {
                ys[i][t] = scan.ys(out).get(i);
            }
        }
        return carry.appendAll(scan.ys(types).zipWithIndex((type, i) -> stacked(type, Array.of(ys[i]))));
    }

    private static Fact stacked(ArrayType type, Array<Fact> steps) {
        if (!steps.isEmpty() && steps.forAll(Fact::isKnown)) {
            return new Fact(type, null, KnownValues.once(() -> KnownValues.joined(type, steps)));
        }
        int size = type.size() / Math.max(1, steps.size());
        return Fact.of(type, Dependence.of(type.shape(), i -> {
            Dependence of = steps.get(i / size).dependence();
            return of == null ? IndexSet.EMPTY : of.get(i % size);
        }));
    }

    private Fact slice(Fact x, int t) {
        Shape shape = x.type().shape().without(Ints.of(0));
        ArrayType type = x.type().withShape(shape);
        if (x.isDependent()) {
            int first = t * shape.size();
            return Fact.of(type, Dependence.of(shape, i -> x.dependence().get(first + i)));
        }
        return x.isKnown()
                ? new Fact(
                        type,
                        null,
                        KnownValues.once(() -> KnownValues.part(x.value().get(), type, t * shape.size())))
                : Fact.independent(type);
    }

    /** Every step as if it came after any number of others, and read any of the xs. */
    private Array<Fact> closed(Control.Scan scan, Array<Fact> in, Array<ArrayType> types) {
        Array<Fact> xs = scan.xs(in).map(x -> anySlice(x));
        UnaryOperator<Array<Fact>> step = carry ->
                propagation.run(scan.body(), scan.consts(in).appendAll(carry).appendAll(xs));
        Array<Fact> carry = closure(scan.carry(in), c -> scan.carryOut(step.apply(c)));
        Array<Fact> ys = scan.ys(step.apply(carry));
        return carry.appendAll(scan.ys(types).zipWith(ys, (type, y) -> repeated(type, y)));
    }

    private Fact anySlice(Fact x) {
        ArrayType type = x.type().withShape(x.type().shape().without(Ints.of(0)));
        return Fact.of(type, x.isDependent() ? Groups.over(values, x.dependence(), Ints.of(0)) : null);
    }

    private Fact repeated(ArrayType type, Fact y) {
        Ints inner = Ints.range(1, type.rank());
        return Fact.of(type, y.isDependent() ? Groups.broadcast(values, y.dependence(), type.shape(), inner) : null);
    }

    /** The least sets that hold those of {@code init} and that {@code step} does not enlarge; or all of them together. */
    private static Array<Fact> closure(Array<Fact> init, UnaryOperator<Array<Fact>> step) {
        Array<Fact> carry = init.map(fact -> Fact.of(fact.type(), fact.dependence()));
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Array<Fact> next = carry.zipWith(
                    step.apply(carry), (a, b) -> Fact.of(a.type(), Dependence.union(a.dependence(), b.dependence())));
            if (next.equals(carry)) {
                return carry;
            }
            carry = next;
        }
        return everywhere(carry, step);
    }

    /** Too many steps to wait for: each carry depends on all that any does. */
    private static Array<Fact> everywhere(Array<Fact> carry, UnaryOperator<Array<Fact>> step) {
        Array<Fact> wide = carry;
        while (true) {
            IndexSet all = wide.filter(Fact::isDependent)
                    .map(fact -> fact.dependence().all())
                    .foldLeft(IndexSet.EMPTY, IndexSet::union);
            Array<Fact> flooded = wide.map(fact -> fact.type().dtype().isFloating()
                    ? Fact.of(fact.type(), Dependence.same(fact.type().shape(), all))
                    : fact);
            Array<Fact> next = flooded.zipWith(
                    step.apply(flooded), (a, b) -> Fact.of(a.type(), Dependence.union(a.dependence(), b.dependence())));
            if (next.equals(flooded)) {
                return flooded;
            }
            wide = next;
        }
    }
}
