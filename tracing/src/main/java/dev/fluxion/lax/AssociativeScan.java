package dev.fluxion.lax;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Tree;
import io.vavr.Function2;
import io.vavr.collection.Array;
import java.util.OptionalInt;

/**
 * Inclusive scans by halving (Blelloch, <i>Prefix sums and their applications</i>, 1990): neighbours are combined in pairs,
 * the half as long sequence of pairs is scanned, which gives the results at odd places, and those at even places are one
 * combination away.
 */
record AssociativeScan<A>(Function2<A, A, A> fn, Carry like, int axis) {
    static <A> A of(Function2<A, A, A> fn, A elems, boolean reverse, int axis) {
        String name = "associativeScan";
        Carry like = Carry.of(name, elems);
        if (like.size() == 0) {
            return elems;
        }
        int along = axis < 0 ? axis + like.leaves().get(0).ndim() : axis;
        if (along < 0) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.BAD_AXIS, name + ": axis " + axis + " is outside the first array")
                            .detail("it is " + like.leaves().get(0).type()));
        }
        Stacks stacks = new Stacks(name, Tree.flatten(name + ": elems", elems), along);
        stacks.length(OptionalInt.empty());
        AssociativeScan<A> scan = new AssociativeScan<>(fn, like, along);
        Array<NDArray> leaves = stacks.leaves();
        return like.tree(reverse ? scan.scan(leaves.map(scan::flip)).map(scan::flip) : scan.scan(leaves));
    }

    private Array<NDArray> scan(Array<NDArray> elems) {
        int count = size(elems.get(0));
        if (count < 2) {
            return elems;
        }
        Array<NDArray> odd =
                scan(combine(elems.map(x -> slice(x, 0, count - 1, 2)), elems.map(x -> slice(x, 1, count, 2))));
        Array<NDArray> before = count % 2 == 0 ? odd.map(x -> slice(x, 0, size(x) - 1, 1)) : odd;
        Array<NDArray> later = count == 2 ? elems.map(x -> slice(x, 0, 0, 1)) : combine(before, evenAfterFirst(elems));
        Array<NDArray> even =
                elems.zipWith(later, (x, rest) -> Lax.concatenate(Array.of(slice(x, 0, 1, 1), rest), axis));
        return even.zipWith(odd, this::interleave);
    }

    private Array<NDArray> evenAfterFirst(Array<NDArray> elems) {
        return elems.map(x -> slice(x, 2, size(x), 2));
    }

    /** fn of slices, which keeps structure and types. */
    private Array<NDArray> combine(Array<NDArray> a, Array<NDArray> b) {
        Carry slices = new Carry(like.loop(), Tree.flatten(like.loop() + ": elems", like.tree(a)));
        return slices.next(fn.apply(slices.tree(a), slices.tree(b)));
    }

    /** {@code even[0], odd[0], even[1], odd[1], ...}; there are as many of both, or one more that is even. */
    private NDArray interleave(NDArray even, NDArray odd) {
        int pairs = size(odd);
        Ints inside = Ints.of(axis + 1);
        NDArray stacked = Lax.concatenate(
                Array.of(Lax.expandDims(slice(even, 0, pairs, 1), inside), Lax.expandDims(odd, inside)), axis + 1);
        Shape flat = odd.shape().without(Ints.of(axis)).insert(axis, 2 * pairs);
        NDArray joined = Lax.reshape(stacked, flat);
        return size(even) == pairs ? joined : Lax.concatenate(Array.of(joined, slice(even, pairs, pairs + 1, 1)), axis);
    }

    private NDArray slice(NDArray x, int start, int limit, int stride) {
        return Lax.sliceInDim(x, start, limit, stride, axis);
    }

    private NDArray flip(NDArray x) {
        return Lax.rev(x, Ints.of(axis));
    }

    private int size(NDArray x) {
        return x.shape().dim(axis);
    }
}
