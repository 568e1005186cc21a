package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Optional;

/**
 * A look at values while a program runs. It sees primal values, not tangents; over a batch it sees one example after the
 * other; it gives nothing, and stays though nothing depends on it.
 *
 * @param inputs the types of the values of one example
 * @param levels loops over batches, the innermost first
 */
record DebugCallback(HostCode code, Array<ArrayType> inputs, Array<HostCode.Level> levels) implements Custom {
    @Override
    public String name() {
        return "debug_callback";
    }

    @Override
    public boolean hasEffect() {
        return true;
    }

    @Override
    public Array<ArrayType> outputTypes(Array<ArrayType> types) {
        return Array.empty();
    }

    @Override
    public Optional<HostFunction> host() {
        return Optional.of(data -> {
            code.run(inputs, Array.empty(), levels, data);
            return Array.empty();
        });
    }

    @Override
    public Optional<Jaxpr> jvp(Array<ArrayType> types) {
        Array<ArrayType> tangents = types.filter(type -> type.dtype().isFloating());
        return Optional.of(Trace.of(
                        "debugging", types.appendAll(tangents), in -> Tracing.bindAll(this, in.take(types.size())))
                .jaxpr());
    }

    @Override
    public Optional<Jaxpr> batch(Array<ArrayType> types, Array<Boolean> batched, int size) {
        DebugCallback over = new DebugCallback(code, inputs, levels.append(new HostCode.Level(size, batched)));
        Array<ArrayType> all = types.zipWith(batched, (type, marked) -> marked ? Batch.over(type, size) : type);
        return Optional.of(
                Trace.of("debugging", all, in -> Tracing.bindAll(over, in)).jaxpr());
    }
}
