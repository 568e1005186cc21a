package dev.fluxion.lax;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.ProgramTransforms;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.collection.Array;

/** A function over the leading axis of arrays, a chunk at a time: a scan over chunks, each of which is computed together. */
record ChunkedMap(String name, SubProgram traced) {
    /** @param f from the slices of xs to those of ys */
    static Array<NDArray> of(
            String name, Function1<Array<NDArray>, Array<NDArray>> f, Array<NDArray> xs, int length, int chunk) {
        Array<ArrayType> slices = xs.map(x -> x.type().withShape(x.shape().without(Ints.of(0))));
        SubProgram traced = SubProgram.trace("tracing the body of " + name, slices, f);
        return new ChunkedMap(name, traced).run(xs, length, chunk);
    }

    private Array<NDArray> run(Array<NDArray> xs, int length, int chunk) {
        int whole = length / chunk * chunk;
        if (whole == 0 && length > 0) {
            return together(xs, length);
        }
        Array<NDArray> chunks = xs.map(x -> Lax.reshape(
                Lax.sliceInDim(x, 0, whole, 1, 0), x.shape().with(0, chunk).insert(0, whole / chunk)));
        Array<NDArray> ys = Loops.scan(
                        name, Array.empty(), chunks, whole / chunk, ScanOptions.DEFAULT, part -> together(part, chunk))
                .map(y -> Lax.reshape(y, y.shape().without(Ints.of(0, 1)).insert(0, whole)));
        if (whole == length) {
            return ys;
        }
        Array<NDArray> rest = together(xs.map(x -> Lax.sliceInDim(x, whole, length, 1, 0)), length - whole);
        return ys.zipWith(rest, (y, last) -> Lax.concatenate(Array.of(y, last), 0));
    }

    private Array<NDArray> together(Array<NDArray> xs, int size) {
        Array<NDArray> closure = traced.closure();
        Array<Boolean> batched = xs.map(x -> true).appendAll(closure.map(x -> false));
        Jaxpr program = ProgramTransforms.get().batch(traced.jaxpr(), batched, size);
        return Tracing.call(program, xs.appendAll(closure));
    }
}
