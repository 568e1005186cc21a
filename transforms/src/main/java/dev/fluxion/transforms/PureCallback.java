package dev.fluxion.transforms;

import dev.fluxion.VmapMethod;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Optional;

/**
 * A host function whose results depend on nothing but its arguments.
 *
 * @param inputs the types of the arguments of one call
 * @param results the types of the results of one call
 * @param method what becomes of it over a batch; null: that is refused
 * @param levels loops over batches, the innermost first
 */
record PureCallback(
        HostCode code,
        Array<ArrayType> inputs,
        Array<ArrayType> results,
        VmapMethod method,
        Array<HostCode.Level> levels)
        implements Custom {

    @Override
    public String name() {
        return "pure_callback";
    }

    @Override
    public Array<ArrayType> outputTypes(Array<ArrayType> types) {
        return results.map(type -> {
            ArrayType over = type;
            for (HostCode.Level level : levels) {
                over = Batch.over(over, level.size());
            }
            return over;
        });
    }

    @Override
    public Optional<HostFunction> host() {
        return Optional.of(data -> code.run(inputs, results, levels, data));
    }

    /** @throws FluxionException always: FX0406 */
    @Override
    public Optional<Jaxpr> jvp(Array<ArrayType> types) {
        throw FluxionException.of(
                        ErrorCode.MISSING_RULE,
                        "pureCallback: " + code.label() + " is host code, which has no derivative")
                .hint("give one: customJvp(x -> pureCallback(...)).defjvp(rule)");
    }

    @Override
    public Optional<Jaxpr> batch(Array<ArrayType> types, Array<Boolean> batched, int size) {
        if (method == null) {
            throw FluxionException.of(
                            ErrorCode.MISSING_RULE, "pureCallback: nobody said how " + code.label() + " is batched")
                    .hint("give pureCallback a VmapMethod: SEQUENTIAL, EXPAND_DIMS or BROADCAST_ALL");
        }
        Array<ArrayType> all = types.zipWith(batched, (type, marked) -> marked ? Batch.over(type, size) : type);
        return Optional.of(Trace.of("batching", all, in -> switch (method) {
                    case SEQUENTIAL ->
                        Tracing.bindAll(
                                new PureCallback(
                                        code,
                                        inputs,
                                        results,
                                        method,
                                        levels.append(new HostCode.Level(size, batched))),
                                in);
                    case EXPAND_DIMS -> whole(in.zipWith(batched, (x, marked) -> marked ? x : expanded(x)), size);
                    case BROADCAST_ALL -> whole(new Lanes(in, batched, size).fronts(), size);
                })
                .jaxpr());
    }

    /** One call for all examples, whose axis is in front. */
    private Array<NDArray> whole(Array<NDArray> in, int size) {
        return Tracing.bindAll(
                new PureCallback(
                        code, in.map(NDArray::type), results.map(type -> Batch.over(type, size)), method, levels),
                in);
    }

    private static NDArray expanded(NDArray x) {
        return Lax.reshape(x, Shape.of(x.shape().dims().prepend(1)));
    }
}
