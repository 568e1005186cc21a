package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program with a batching rule of its own. Its derivative is such a program again: the derivative of the body, batched by
 * the derivative of the rule. Reverse mode transposes the body. Two are equal when they are the same object.
 */
final class VmapFunction implements Custom {
    /** (batch size, which inputs are batched) to a program all of whose outputs are batched. */
    @FunctionalInterface
    interface Rule {
        Jaxpr of(int size, Array<Boolean> marks);
    }

    private static final AtomicLong COUNT = new AtomicLong();

    private final String label;
    private final Jaxpr body;
    private final Rule rule;
    private final long number = COUNT.incrementAndGet();
    private VmapFunction tangent;

    VmapFunction(String label, Jaxpr body, Rule rule) {
        this.label = label;
        this.body = body;
        this.rule = rule;
    }

    @Override
    public String name() {
        return "custom_vmap_call";
    }

    /** No other operation has the same text, so that plans of programs with it are told apart. */
    @Override
    public String toString() {
        return label + "#" + number;
    }

    @Override
    public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
        return body.outputTypes();
    }

    @Override
    public Optional<Jaxpr> body(Array<ArrayType> inputs) {
        return Optional.of(body);
    }

    @Override
    public Optional<Jaxpr> batch(Array<ArrayType> inputs, Array<Boolean> batched, int size) {
        return Optional.of(rule.of(size, batched));
    }

    /** The results are those of the operation itself, so that only the tangents depend on tangents. */
    @Override
    public Optional<Jaxpr> jvp(Array<ArrayType> inputs) {
        VmapFunction linear = tangent();
        return Optional.of(Trace.of(
                        "taking a jvp",
                        linear.body.inputTypes(),
                        in -> Tracing.bindAll(this, in.take(inputs.size())).appendAll(Tracing.bindAll(linear, in)))
                .jaxpr());
    }

    /** (inputs, tangents of the floating ones) to tangents of the floating results. */
    private synchronized VmapFunction tangent() {
        if (tangent == null) {
            Array<Boolean> floating = Leaves.floating(body.inputTypes());
            tangent = new VmapFunction("jvp of " + label, pushed(body), (size, marks) -> {
                int inputs = body.inputs().size();
                Array<Boolean> tangents = marks.drop(inputs);
                // the rule sees an argument as batched when it or its tangent is
                Array<Boolean> either =
                        Masks.spread(floating, tangents).zipWith(marks.take(inputs), (t, x) -> x || (t != null && t));
                Array<Boolean> all = either.appendAll(Masks.select(floating, either));
                Jaxpr pushedRule = pushed(rule.of(size, either));
                Array<ArrayType> types = body.inputTypes()
                        .appendAll(Masks.select(floating, body.inputTypes()))
                        .zipWith(marks, (type, marked) -> marked ? Batch.over(type, size) : type);
                return Trace.of("batching", types, in -> {
                            Lanes given = new Lanes(in, marks, size);
                            Array<NDArray> operands =
                                    Array.range(0, in.size()).map(i -> all.get(i) ? given.front(i) : in.get(i));
                            return Tracing.call(pushedRule, operands);
                        })
                        .jaxpr();
            });
        }
        return tangent;
    }

    /** (inputs, tangents of the floating ones) to tangents of the floating outputs, zeros included. */
    private static Jaxpr pushed(Jaxpr jaxpr) {
        JvpProgram program = Jvp.of(jaxpr, Leaves.floating(jaxpr.inputTypes()));
        return Trace.of("taking a jvp", program.jaxpr().inputTypes(), in -> {
                    Array<NDArray> results = Tracing.call(program.jaxpr(), in);
                    Array<NDArray> tangents = Masks.spread(
                            program.activeOutputs(),
                            results.drop(jaxpr.outputs().size()),
                            jaxpr.outputTypes());
                    return Masks.select(Leaves.floating(jaxpr.outputTypes()), tangents);
                })
                .jaxpr();
    }
}
