package dev.fluxion.lax;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.collection.Array;

/**
 * A scan over segments, each a checkpoint of a scan over shorter segments, and so on down to a scan over checkpointed steps.
 * A derivative keeps the carries between the segments, and between those of one segment at a time.
 */
final class SegmentedScan {
    private final String name;
    private final Function1<Array<NDArray>, Array<NDArray>> step;
    private final ScanOptions options;
    private final Guard guard;
    private int carry;
    private SubProgram traced;

    /** Decides whether a segment or a step runs. */
    interface Guard {
        /** {@code run(leaves)}, or something else that costs less. */
        Array<NDArray> apply(Array<NDArray> leaves, Function1<Array<NDArray>, Array<NDArray>> run);
    }

    /** @param step (carry, x) to (carry, y) */
    SegmentedScan(String name, Function1<Array<NDArray>, Array<NDArray>> step, ScanOptions options) {
        this(name, step, options, (leaves, run) -> run.apply(leaves));
    }

    SegmentedScan(String name, Function1<Array<NDArray>, Array<NDArray>> step, ScanOptions options, Guard guard) {
        this.name = name;
        this.step = step;
        this.options = options;
        this.guard = guard;
    }

    /** The last carry, then the stacked ys. */
    Array<NDArray> run(Array<NDArray> init, Array<NDArray> xs, int length, Segments segments) {
        carry = init.size();
        Array<ArrayType> slices = xs.map(x -> x.type().withShape(x.shape().without(Ints.of(0))));
        traced = SubProgram.trace(
                "tracing the body of " + name, init.map(NDArray::type).appendAll(slices), step);
        return loop(init, xs, length, segments.counts(length));
    }

    /** @param counts into how many segments to cut, level by level */
    private Array<NDArray> loop(Array<NDArray> init, Array<NDArray> xs, int length, Array<Integer> counts) {
        if (counts.isEmpty() || counts.head() >= length) {
            return Loops.scan(
                    name, init, xs, length, options, leaves -> guard.apply(leaves, in -> checkpoint(traced, in)));
        }
        int count = counts.head();
        int steps = length / count;
        int rest = length - count * steps;
        Array<NDArray> segments =
                part(xs, 0, length - rest, length).map(x -> Lax.reshape(x, cut(x.shape(), count, steps)));
        ScanOptions outer = ScanOptions.DEFAULT.withReverse(options.reverse());
        Array<NDArray> results = Loops.scan(name, init, segments, count, outer, leaves -> {
            SubProgram segment = SubProgram.trace(
                    "tracing a segment of " + name,
                    leaves.map(NDArray::type),
                    in -> loop(in.take(carry), in.drop(carry), steps, counts.tail()));
            return guard.apply(leaves, in -> checkpoint(segment, in));
        });
        Array<NDArray> ys = results.drop(carry).map(y -> Lax.reshape(y, joined(y.shape())));
        if (rest == 0) {
            return results.take(carry).appendAll(ys);
        }
        Array<NDArray> last = loop(results.take(carry), part(xs, length - rest, length, length), rest, counts.tail());
        return last.take(carry).appendAll(ys.zipWith(last.drop(carry), this::join));
    }

    /** The results of a sub-program as a checkpoint; a result that is an argument is that argument. */
    private Array<NDArray> checkpoint(SubProgram program, Array<NDArray> leaves) {
        Control.Checkpoint checkpoint =
                new Control.Checkpoint(name, false, program.jaxpr(), new CheckpointPolicy.NothingSaveable(), false);
        Array<NDArray> results = Tracing.bindAll(checkpoint, leaves.appendAll(program.closure()));
        return program.jaxpr().outputs().zipWith(results, (out, result) -> {
            int argument = program.arguments().indexWhere(in -> in == out);
            return argument >= 0 ? leaves.get(argument) : result;
        });
    }

    /** The xs of the steps from {@code from} to {@code to}, counted in the order of the loop. */
    private Array<NDArray> part(Array<NDArray> xs, int from, int to, int length) {
        int start = options.reverse() ? length - to : from;
        int limit = options.reverse() ? length - from : to;
        return xs.map(x -> Lax.slice(
                x,
                Ints.fill(x.ndim() - 1, 0).prepend(start),
                x.shape().without(Ints.of(0)).dims().prepend(limit),
                Ints.fill(x.ndim(), 1)));
    }

    private static Shape cut(Shape stack, int count, int steps) {
        return stack.without(Ints.of(0)).insert(0, steps).insert(0, count);
    }

    private static Shape joined(Shape stacks) {
        return stacks.without(Ints.of(0, 1)).insert(0, stacks.dim(0) * stacks.dim(1));
    }

    private NDArray join(NDArray earlier, NDArray later) {
        return Lax.concatenate(options.reverse() ? Array.of(later, earlier) : Array.of(earlier, later), 0);
    }
}
