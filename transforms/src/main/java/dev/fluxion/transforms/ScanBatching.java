package dev.fluxion.transforms;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/** A scan over a batch stays a scan: each step does a step of every example. */
final class ScanBatching {
    private ScanBatching() {}

    static Lanes of(Control.Scan p, Lanes in) {
        Array<Boolean> consts = p.consts(in.marks());
        Array<Boolean> xs = p.xs(in.marks());
        // The carries that have a batch axis, in the beginning or after some step.
        Array<Boolean> carry = LoopDerivatives.fixpoint(
                p.carry(in.marks()),
                batched ->
                        p.carryOut(Batch.of(p.body(), consts.appendAll(batched).appendAll(xs), in.size())
                                .batched()));
        Array<Boolean> marks = consts.appendAll(carry).appendAll(xs);
        int ys = p.body().outputs().size() - p.carry();
        BatchedProgram body = Batch.of(p.body(), marks, in.size(), carry.appendAll(Leaves.none(ys)));
        Array<NDArray> operands = p.consts(in.arrays())
                .appendAll(p.carry(in.batchedAt(marks).arrays()))
                .appendAll(p.xs(in.arrays()).zipWith(xs, (x, batched) -> batched ? swap(x) : x));
        Array<NDArray> results = SubPrograms.bind(p.with(body.jaxpr(), p.consts(), p.carry()), operands);
        Array<Boolean> outputs = body.batched();
        return new Lanes(
                p.carryOut(results)
                        .appendAll(p.ys(results).zipWith(p.ys(outputs), (y, batched) -> batched ? swap(y) : y)),
                outputs,
                in.size());
    }

    /** Swaps the first two axes: the batch and the steps. */
    private static NDArray swap(NDArray x) {
        return Lax.transpose(x, Ints.range(2, x.ndim()).prepend(0).prepend(1));
    }
}
