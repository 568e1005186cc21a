package dev.fluxion.transforms;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/** A scan over a batch stays a scan: each step does a step of every example. */
final class ScanBatching {
    private ScanBatching() {}

    static Lanes of(Control.Scan p, Lanes in) {
        Array<Boolean> consts = p.consts(in.marks());
        Array<Boolean> xs = p.xs(in.marks());
        Array<Boolean> carry = carryMarks(p, in);
        Array<Boolean> marks = consts.appendAll(carry).appendAll(xs);
        int ys = p.body().outputs().size() - p.carry();
        BatchedProgram body = Batch.of(p.body(), marks, in.size(), carry.appendAll(Array.fill(ys, false)));
        Array<NDArray> operands = p.consts(in.arrays())
                .appendAll(p.carry(in.batchedAt(marks).arrays()))
                .appendAll(p.xs(in.arrays()).zipWith(xs, (x, batched) -> batched ? swap(x) : x));
        Array<NDArray> results = SubPrograms.bind(withBody(p, body.jaxpr()), operands);
        Array<Boolean> outputs = body.batched();
        return new Lanes(
                p.carryOut(results)
                        .appendAll(p.ys(results).zipWith(p.ys(outputs), (y, batched) -> batched ? swap(y) : y)),
                outputs,
                in.size());
    }

    /** The carries that have a batch axis, in the beginning or after some step. */
    private static Array<Boolean> carryMarks(Control.Scan p, Lanes in) {
        Array<Boolean> carry = p.carry(in.marks());
        while (true) {
            Array<Boolean> marks = p.consts(in.marks()).appendAll(carry).appendAll(p.xs(in.marks()));
            Array<Boolean> after = Masks.or(
                    carry, p.carryOut(Batch.of(p.body(), marks, in.size()).batched()));
            if (after.equals(carry)) {
                return carry;
            }
            carry = after;
        }
    }

    private static Control.Scan withBody(Control.Scan p, Jaxpr body) {
        return new Control.Scan(body, p.length(), p.reverse(), p.unroll(), p.consts(), p.carry());
    }

    /** Swaps the first two axes: the batch and the steps. */
    private static NDArray swap(NDArray x) {
        return Lax.transpose(x, Ints.range(2, x.ndim()).prepend(0).prepend(1));
    }
}
