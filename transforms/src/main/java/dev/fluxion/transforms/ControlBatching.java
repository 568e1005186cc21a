package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Optional;

/** Batching of sub-programs, of custom rules and of users' operations. A shared sub-program is batched once. */
final class ControlBatching {
    private ControlBatching() {}

    static Lanes of(Control p, Lanes in) {
        return switch (p) {
            case Control.Call call -> {
                BatchedProgram body = Batch.of(call.body(), in.marks(), in.size());
                Array<NDArray> results = SubPrograms.call(call.label(), body.jaxpr(), in.arrays());
                yield new Lanes(results, body.batched(), in.size());
            }
            case Control.Checkpoint call -> {
                BatchedProgram body = Batch.of(call.body(), in.marks(), in.size());
                Array<NDArray> results = SubPrograms.bind(call::withBody, body.jaxpr(), in.arrays());
                yield new Lanes(results, body.batched(), in.size());
            }
            case Control.CustomJvpCall call -> {
                Array<Boolean> tangents =
                        Masks.select(Leaves.floating(call.body().inputTypes()), in.marks());
                LazyJaxpr jvp = LazyJaxpr.of(
                        () -> Batch.ofAllOutputs(call.jvp().get(), in.marks().appendAll(tangents), in.size()));
                yield bind(new Control.CustomJvpCall(call.label(), body(call, in), jvp), in);
            }
            case Control.CustomVjpCall call -> customVjp(call, in);
            case Control.CustomLinear call -> {
                Array<Boolean> residuals = in.marks().take(call.residuals());
                LazyJaxpr bwd = LazyJaxpr.of(
                        () -> pullback(call.bwd().get(), residuals, in.marks().drop(call.residuals()), in.size()));
                yield bind(
                        new Control.CustomLinear(call.label(), body(call, in), bwd, call.residuals(), call.runs()), in);
            }
            case Control.LinearSolve solve -> LinearSolveRules.batch(solve, in);
            case Control.Cond cond -> CondBatching.of(cond, in);
            case Control.While loop -> WhileBatching.of(loop, in);
            case Control.Scan scan -> ScanBatching.of(scan, in);
        };
    }

    private static Lanes customVjp(Control.CustomVjpCall call, Lanes in) {
        LazyJaxpr fwd = LazyJaxpr.of(() -> Batch.ofAllOutputs(call.fwd().get(), in.marks(), in.size()));
        int arguments = in.arrays().size() - call.captured();
        Array<Boolean> floating = Leaves.floating(call.body().inputTypes().take(arguments));
        Array<Boolean> cotangents = Masks.select(floating, in.marks().take(arguments));
        LazyJaxpr bwd = LazyJaxpr.of(() -> {
            int residuals =
                    call.fwd().get().outputs().size() - call.body().outputs().size();
            return pullback(call.bwd().get(), Array.fill(residuals, true), cotangents, in.size());
        });
        return bind(new Control.CustomVjpCall(call.label(), body(call, in), fwd, bwd, call.captured()), in);
    }

    /**
     * A backward rule over the batch: all cotangents of results are batched; the cotangent of a value that all examples
     * share is the sum over them.
     */
    private static Jaxpr pullback(Jaxpr bwd, Array<Boolean> residuals, Array<Boolean> batchedResults, int size) {
        Array<Boolean> marks = residuals.appendAll(Array.fill(bwd.inputs().size() - residuals.size(), true));
        Program batched = new Program(Batch.ofAllOutputs(bwd, marks, size));
        Array<ArrayType> types = batched.jaxpr().inputTypes();
        return Trace.of(
                        "vmap",
                        types,
                        inputs -> batched.call(inputs)
                                .zipWith(batchedResults, (ct, own) -> own ? ct : Batch.sumOverBatch(ct)))
                .jaxpr();
    }

    private static Jaxpr body(Control.Calling call, Lanes in) {
        return Batch.ofAllOutputs(call.body(), in.marks(), in.size());
    }

    private static Lanes bind(Control batched, Lanes in) {
        return Lanes.batched(Tracing.bindAll(batched, in.arrays()), in.size());
    }

    /** A user's operation: its own batching rule, or that of its body. */
    static Lanes custom(Custom p, Lanes in) {
        Array<ArrayType> types = Array.range(0, in.arrays().size()).map(in::exampleType);
        Optional<Jaxpr> rule = p.batch(types, in.marks(), in.size());
        if (rule.isPresent()) {
            return Lanes.batched(new Program(rule.get()).call(in.arrays()), in.size());
        }
        Jaxpr body = p.body(types)
                .orElseThrow(
                        () -> FluxionException.of(ErrorCode.MISSING_RULE, "vmap: " + p.name() + " has no batching rule")
                                .hint("implement Custom.batch or Custom.body"));
        return Batch.push(body, in);
    }
}
