package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import io.vavr.collection.Array;

/** vmap of functions of trees: settles axes at the border, so that inside every batch axis is axis 0. */
public final class Vectorization {
    /** The mark of an argument without batch axis. */
    public enum NotBatched {
        NONE
    }

    /** The axes of one vmap, for finding it again. */
    public record Key(Array<Object> inAxes, Object outAxis) {}

    private record Sizes(int size, Array<Boolean> batched) {}

    private record Batched(Program program) {}

    private Vectorization() {}

    /** f over the batch axes of its arguments. */
    public static Object vmap(TreeFunction f, Array<Object> inAxes, Object outAxis, Array<?> arguments) {
        Flat flat = f.flatten("vmap", arguments);
        Array<Object> axes = flat.treeDef().broadcastPrefix("inAxes", inAxes);
        Array<NDArray> leaves = flat.leaves();
        Ints positions = positions(f, axes, leaves);
        Sizes batch = batch(f, positions, leaves);
        Array<ArrayType> exampleTypes = leaves.zipWithIndex()
                .map(p -> batch.batched().get(p._2) ? without(p._1.type(), positions.get(p._2)) : p._1.type());
        TracedTree traced = f.trace("vmap", flat.treeDef(), exampleTypes);
        record DerivedKey(Ints positions, int size, Object outAxis) {}
        Batched batched = traced.derive(
                new DerivedKey(positions, batch.size(), outAxis),
                t -> new Batched(new Program(program(t, positions, batch, outAxis))));
        return traced.result().unflatten(batched.program().call(leaves.appendAll(traced.captures())));
    }

    /** The batched program with the axes of the caller at its border. */
    private static Jaxpr program(TracedTree traced, Ints positions, Sizes batch, Object outAxis) {
        Array<Boolean> marks =
                batch.batched().appendAll(Leaves.none(traced.captures().size()));
        BatchedProgram inner = Batch.of(traced.jaxpr(), marks, batch.size());
        Program program = new Program(inner.jaxpr());
        Array<Object> outAxes = traced.result().broadcastPrefix("outAxis", outAxis);
        Array<ArrayType> types = traced.jaxpr()
                .inputs()
                .zipWithIndex()
                .map(p -> marks.get(p._2)
                        ? p._1.type().withShape(p._1.shape().insert(positions.get(p._2), batch.size()))
                        : p._1.type());
        return Trace.of("batching " + traced.label(), types, inputs -> {
                    Array<NDArray> fronted = inputs.zipWithIndex()
                            .map(p -> marks.get(p._2) ? moveAxis(p._1, positions.get(p._2), 0) : p._1);
                    return program.call(fronted)
                            .zipWithIndex()
                            .map(p -> settle(traced, p._1, inner.batched().get(p._2), outAxes.get(p._2), batch.size()));
                })
                .jaxpr();
    }

    /** A result with its batch axis where the caller wants it. */
    private static NDArray settle(TracedTree traced, NDArray out, boolean batched, Object axis, int size) {
        if (axis == NotBatched.NONE) {
            if (batched) {
                throw Tracing.located(FluxionException.of(
                                ErrorCode.BATCH_MISMATCH,
                                "vmap of " + traced.label() + ": out axis NONE, but the result depends on the batch")
                        .hint("give the axis the batch shall have in the result, 0 for the first"));
            }
            return out;
        }
        int rank = batched ? out.ndim() : out.ndim() + 1;
        int position = normalize("out axis of vmap of " + traced.label(), axis, rank);
        NDArray fronted =
                batched ? out : Lax.broadcastInDim(out, out.shape().insert(0, size), Ints.range(1, out.ndim() + 1));
        return moveAxis(fronted, 0, position);
    }

    private static NDArray moveAxis(NDArray x, int from, int to) {
        Ints rest = Ints.of(from).complement(x.ndim());
        int[] permutation = new int[x.ndim()];
        for (int i = 0, next = 0; i < permutation.length; i++) {
            permutation[i] = i == to ? from : rest.get(next++);
        }
        return Lax.transpose(x, Ints.of(permutation));
    }

    /** The batch axis of each leaf, -1 where there is none. */
    private static Ints positions(TreeFunction f, Array<Object> axes, Array<NDArray> leaves) {
        int[] positions = new int[leaves.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = axes.get(i) == NotBatched.NONE
                    ? -1
                    : normalize(
                            "in axis of vmap of " + f.label() + ", leaf " + i,
                            axes.get(i),
                            leaves.get(i).ndim());
        }
        return Ints.of(positions);
    }

    private static int normalize(String what, Object axis, int rank) {
        if (!(axis instanceof Integer given)) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_AXIS, what + ": " + axis + " is not an axis")
                    .hint("an entry is an Integer, NONE, or a tree prefix of them"));
        }
        int position = given < 0 ? given + rank : given;
        if (position < 0 || position >= rank) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.BAD_AXIS, what + ": axis " + given + " is outside an array of rank " + rank)
                    .hint("mark arguments without batch axis with NONE"));
        }
        return position;
    }

    private static Sizes batch(TreeFunction f, Ints positions, Array<NDArray> leaves) {
        int size = -1;
        for (int i = 0; i < leaves.size(); i++) {
            if (positions.get(i) >= 0) {
                int here = leaves.get(i).shape().dim(positions.get(i));
                if (size >= 0 && here != size) {
                    throw Tracing.located(FluxionException.of(
                                    ErrorCode.BATCH_MISMATCH, "vmap of " + f.label() + ": batch sizes differ")
                            .detail("leaves are " + leaves.map(NDArray::type).mkString(", "))
                            .detail("batch axes are " + positions + " (-1: none)")
                            .hint("every batched leaf needs the same size along its batch axis"));
                }
                size = here;
            }
        }
        if (size < 0) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.BATCH_MISMATCH, "vmap of " + f.label() + ": no argument is batched")
                            .hint("give at least one argument an axis with inAxes"));
        }
        return new Sizes(size, Array.ofAll(positions.stream().boxed()).map(p -> p >= 0));
    }

    private static ArrayType without(ArrayType type, int axis) {
        return type.withShape(type.shape().without(Ints.of(axis)));
    }
}
