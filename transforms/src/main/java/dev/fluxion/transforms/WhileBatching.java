package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/**
 * A while loop over a batch. Where all examples end together it stays as it is; else it goes on until the last one has
 * ended, and those that have ended keep their carry.
 */
final class WhileBatching {
    private WhileBatching() {}

    static Lanes of(Control.While p, Lanes in) {
        // The carries that have a batch axis, in the beginning or after some step, while examples end together.
        Array<Boolean> bodyConsts = p.bodyConsts(in.marks());
        Array<Boolean> carry = LoopDerivatives.fixpoint(
                p.init(in.marks()),
                batched -> Batch.of(p.body(), bodyConsts.appendAll(batched), in.size())
                        .batched());
        boolean together = !condMarks(p, in, carry);
        return together ? together(p, in, carry) : masked(p, in);
    }

    private static Lanes together(Control.While p, Lanes in, Array<Boolean> carry) {
        Jaxpr cond = Batch.of(p.cond(), p.condConsts(in.marks()).appendAll(carry), in.size())
                .jaxpr();
        Jaxpr body = Batch.of(p.body(), p.bodyConsts(in.marks()).appendAll(carry), in.size(), carry)
                .jaxpr();
        Array<Boolean> marks =
                p.condConsts(in.marks()).appendAll(p.bodyConsts(in.marks())).appendAll(carry);
        Array<NDArray> operands = in.batchedAt(marks).arrays();
        Control.While batched = new Control.While(cond, p.condConsts(), body, p.bodyConsts());
        return new Lanes(SubPrograms.bind(batched, operands), carry, in.size());
    }

    /** The carry is (which examples go on, carry of all examples). */
    private static Lanes masked(Control.While p, Lanes in) {
        Array<Boolean> all = Array.fill(p.body().outputs().size(), true);
        Jaxpr cond = Batch.ofAllOutputs(p.cond(), p.condConsts(in.marks()).appendAll(all), in.size());
        Jaxpr body = Batch.ofAllOutputs(p.body(), p.bodyConsts(in.marks()).appendAll(all), in.size());
        Array<NDArray> consts = in.arrays().take(p.condConsts() + p.bodyConsts());
        Array<NDArray> init = p.init(in.fronts());
        NDArray running =
                Tracing.call(cond, p.condConsts(consts).appendAll(init)).get(0);
        Array<NDArray> carry = init.prepend(running);
        Array<ArrayType> carryTypes = carry.map(NDArray::type);
        Jaxpr any = Trace.of("batching", carryTypes, c -> Array.of(Lax.reduceOr(c.get(0), Ints.of(0))))
                .jaxpr();
        Jaxpr step = Trace.of("batching", consts.map(NDArray::type).appendAll(carryTypes), arguments -> {
                    NDArray goesOn = arguments.get(consts.size());
                    Array<NDArray> before = arguments.drop(consts.size() + 1);
                    Array<NDArray> after = Tracing.call(
                                    body, p.bodyConsts(arguments).appendAll(before))
                            .zipWith(before, (next, now) -> Lax.select(over(goesOn, next), next, now));
                    NDArray more = Tracing.call(cond, p.condConsts(arguments).appendAll(after))
                            .get(0);
                    return after.prepend(Lax.bitwiseAnd(goesOn, more));
                })
                .jaxpr();
        Control.While batched = new Control.While(any, 0, step, consts.size());
        return Lanes.batched(SubPrograms.bind(batched, consts.appendAll(carry)).tail(), in.size());
    }

    private static boolean condMarks(Control.While p, Lanes in, Array<Boolean> carry) {
        return Batch.of(p.cond(), p.condConsts(in.marks()).appendAll(carry), in.size())
                .batched()
                .get(0);
    }

    /** One truth value for each example, in the shape of x. */
    static NDArray over(NDArray truths, NDArray x) {
        return Lax.broadcastInDim(truths, x.shape(), Ints.of(0));
    }
}
