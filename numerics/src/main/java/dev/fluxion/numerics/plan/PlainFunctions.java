package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.codegen.ScalarCall;
import dev.fluxion.numerics.codegen.ScalarProgram;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Programs on a few FLOAT64 scalars as instances of Java's functional interfaces. */
public final class PlainFunctions {
    private PlainFunctions() {}

    /** The program as an instance of {@code type}; none when it is not made of a few scalars. */
    public static <F> Option<F> of(Jaxpr jaxpr, Class<F> type) {
        Array<Literal> constants = jaxpr.constants().flatMap(c -> {
            HostArray value = HostArray.of(c.value());
            return Array.range(0, value.type().size()).map(value::literalAt);
        });
        return Scalarization.program(Planner.program(jaxpr))
                .flatMap(ScalarProgram::of)
                .map(program -> type.cast(program.define(call(jaxpr, type), constants)));
    }

    private static ScalarCall call(Jaxpr jaxpr, Class<?> type) {
        if (type == DoubleUnaryOperator.class || type == DoubleBinaryOperator.class) {
            return new ScalarCall.Doubles(type, "applyAsDouble", jaxpr.inputs().size());
        }
        if (type == ToDoubleFunction.class) {
            return new ScalarCall.Vector(type, "applyAsDouble", ScalarCall.Vector.ITSELF);
        }
        if (type == UnaryOperator.class) {
            return new ScalarCall.Vector(
                    type, "apply", jaxpr.outputs().get(0).type().size());
        }
        throw new IllegalArgumentException("no code for " + type);
    }
}
