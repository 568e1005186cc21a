package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/**
 * A branch over a batch. Where all examples take the same branch it stays as it is; else the results of the branches are
 * selected example by example.
 *
 * <p>Then a branch computes for examples that do not take it, too, and what comes out of arguments it was not made for may be
 * infinite or NaN, whose product with a zero cotangent is NaN. So these examples get the arguments of one that does take the
 * branch, and a branch that no example takes does not run. Linear branches need neither ({@link Harmless}).
 */
final class CondBatching {
    private CondBatching() {}

    static Lanes of(Control.Cond p, Lanes in) {
        return in.isBatched(0) ? selected(p, in) : together(p, in);
    }

    private static Lanes together(Control.Cond p, Lanes in) {
        Array<Boolean> marks = in.marks().tail();
        Array<Boolean> outputs = p.branches()
                .map(branch -> Batch.of(branch, marks, in.size()).batched())
                .reduce(Masks::or);
        Array<Jaxpr> branches = p.branches()
                .map(branch -> Batch.of(branch, marks, in.size(), outputs).jaxpr());
        return new Lanes(SubPrograms.bind(new Control.Cond(branches), in.arrays()), outputs, in.size());
    }

    private static Lanes selected(Control.Cond p, Lanes in) {
        int last = p.branches().size() - 1;
        NDArray index = Lax.clamp(integer(0), in.get(0), integer(last));
        Lanes operands = new Lanes(in.arrays().tail(), in.marks().tail(), in.size());
        Array<NDArray> results = null;
        for (int i = 0; i <= last; i++) {
            NDArray taken = Lax.eq(index, integer(i));
            Array<NDArray> branch = run(p.branches().get(i), taken, operands);
            results = results == null
                    ? branch
                    : results.zipWith(branch, (other, own) -> Lax.select(WhileBatching.over(taken, own), own, other));
        }
        return Lanes.batched(results, in.size());
    }

    /** The results of a branch, right for the examples that take it. */
    private static Array<NDArray> run(Jaxpr branch, NDArray taken, Lanes operands) {
        Jaxpr batched = Batch.ofAllOutputs(branch, operands.marks(), operands.size());
        if (Harmless.is(branch)) {
            return Tracing.call(batched, operands.arrays());
        }
        Array<ArrayType> types = operands.arrays().map(NDArray::type).prepend(taken.type());
        Jaxpr guarded = Trace.of("batching", types, arguments -> {
                    NDArray here = arguments.get(0);
                    NDArray some = Lax.argmax(here, 0, DType.INT32);
                    Array<NDArray> safe = arguments
                            .tail()
                            .zipWith(operands.marks(), (x, isBatched) -> isBatched ? safe(x, here, some) : x);
                    return Tracing.call(batched, safe);
                })
                .jaxpr();
        Jaxpr nothing = Trace.of(
                        "batching", types, arguments -> batched.outputTypes().map(Scalars::zeros))
                .jaxpr();
        NDArray any = Lax.convertElementType(Lax.reduceOr(taken, Ints.of(0)), DType.INT32);
        return SubPrograms.bind(
                new Control.Cond(Array.of(nothing, guarded)),
                operands.arrays().prepend(taken).prepend(any));
    }

    /** x where {@code taken}, elsewhere the values of example {@code some}. */
    private static NDArray safe(NDArray x, NDArray taken, NDArray some) {
        Shape one = x.shape().with(0, 1);
        Array<NDArray> start = Array.fill(x.ndim() - 1, () -> integer(0)).prepend(some);
        NDArray values = Lax.stopGradient(Lax.dynamicSlice(x, start, one));
        NDArray everywhere = Lax.broadcastInDim(Lax.squeeze(values, Ints.of(0)), x.shape(), Ints.range(1, x.ndim()));
        return Lax.select(WhileBatching.over(taken, x), x, everywhere);
    }

    private static NDArray integer(int value) {
        return Tracing.literal(Literal.of(DType.INT32, (long) value));
    }
}
