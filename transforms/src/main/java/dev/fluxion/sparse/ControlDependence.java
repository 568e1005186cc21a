package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Jaxpr;
import io.vavr.collection.Array;
import java.util.Arrays;
import java.util.Optional;

/** Dependence through operations that run programs, and through users' operations. */
final class ControlDependence {
    private final Propagation propagation;
    private final LoopDependence loops;

    ControlDependence(Propagation propagation, KnownValues values) {
        this.propagation = propagation;
        this.loops = new LoopDependence(propagation, values);
    }

    Array<Fact> of(Control p, Array<Fact> in, Array<ArrayType> types) {
        return switch (p) {
            case Control.Call call -> propagation.run(call.body(), in);
            case Control.CustomJvpCall call -> propagation.run(call.body(), in);
            case Control.CustomVjpCall call -> propagation.run(call.body(), in);
            case Control.CustomLinear call ->
                call.runs() ? propagation.run(call.body(), in) : transposed(call, in, types);
            case Control.Checkpoint call -> propagation.run(call.body(), in);
            case Control.LinearSolve call -> propagation.run(call.body(), in);
            case Control.Cond cond -> branches(cond, in);
            case Control.While loop -> loops.whileLoop(loop, in);
            case Control.Scan scan -> loops.scan(scan, in, types);
        };
    }

    /** Where it is not known which branch is taken, what any of them does. */
    private Array<Fact> branches(Control.Cond cond, Array<Fact> in) {
        Fact index = in.get(0);
        if (index.isKnown()) {
            long chosen = Math.max(
                    0, Math.min(cond.branches().size() - 1L, index.value().get().longAt(0)));
            return propagation.run(cond.branches().get((int) chosen), in.drop(1));
        }
        return cond.branches()
                .map(branch -> propagation.run(branch, in.drop(1)))
                .reduce(ControlDependence::either);
    }

    private static Array<Fact> either(Array<Fact> a, Array<Fact> b) {
        return a.zipWith(b, (x, y) -> Fact.of(x.type(), Dependence.union(x.dependence(), y.dependence())));
    }

    /** A linear map known by its transpose: result o depends on the tangents whose cotangent depends on that of o. */
    private Array<Fact> transposed(Control.CustomLinear call, Array<Fact> in, Array<ArrayType> types) {
        int[] first = {0};
        Array<Fact> cotangents = types.map(type -> {
            Fact fact = Fact.of(type, Dependence.identity(type.shape(), first[0]));
            first[0] += type.size();
            return fact;
        });
        Array<Fact> pulled =
                propagation.run(call.bwd().get(), in.take(call.residuals()).appendAll(cotangents));
        IndexSet.Union[] unions = new IndexSet.Union[first[0]];
        Arrays.setAll(unions, i -> new IndexSet.Union());
        Array<Fact> tangents = in.drop(call.residuals());
        for (int i = 0; i < tangents.size(); i++) {
            Dependence of = tangents.get(i).dependence();
            Dependence back = pulled.get(i).dependence();
            for (int e = 0; of != null && back != null && e < of.shape().size(); e++) {
                IndexSet set = of.get(e);
                back.get(e).forEach(o -> unions[o].add(set));
            }
        }
        int[] at = {0};
        return types.map(type -> {
            int from = at[0];
            at[0] += type.size();
            return Fact.of(type, Dependence.of(type.shape(), i -> unions[from + i].get()));
        });
    }

    /** Through the operation's program; without one every result depends on all that the operands do. */
    Array<Fact> custom(Custom p, Array<Fact> in, Array<ArrayType> types) {
        if (!in.exists(Fact::isDependent)) {
            return types.map(Fact::independent);
        }
        if (p instanceof TakeElements || p instanceof AddElements) {
            return Array.of(Fact.of(types.get(0), ElementMaps.dependence(p, in, types.get(0))));
        }
        Optional<Jaxpr> body = p.body(in.map(Fact::type));
        return body.isPresent() ? propagation.run(body.get(), in) : types.map(type -> everything(type, in));
    }

    private static Fact everything(ArrayType type, Array<Fact> in) {
        IndexSet all = in.filter(Fact::isDependent)
                .map(fact -> fact.dependence().all())
                .foldLeft(IndexSet.EMPTY, IndexSet::union);
        return Fact.of(type, type.dtype().isFloating() ? Dependence.same(type.shape(), all) : null);
    }
}
