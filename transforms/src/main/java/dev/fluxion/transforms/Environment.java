package dev.fluxion.transforms;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Var;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/** The values of a program's variables while a transform walks over its equations inside a trace. */
final class Environment {
    private final Map<Var, NDArray> values = new IdentityHashMap<>();

    /** Constants and inputs; a null input has no value. */
    Environment(Jaxpr jaxpr, Array<NDArray> inputs) {
        jaxpr.constants().forEach(c -> values.put(c.var(), NDArray.of(c.value())));
        put(jaxpr.inputs(), inputs);
    }

    /** The value, or null when the variable has none. */
    NDArray get(Atom atom) {
        return switch (atom) {
            case Var var -> values.get(var);
            case Literal literal -> Tracing.literal(literal);
        };
    }

    Array<NDArray> get(Array<? extends Atom> atoms) {
        return Array.ofAll(atoms.toJavaStream().map(this::get));
    }

    void put(Array<Var> vars, Array<NDArray> arrays) {
        for (int i = 0; i < vars.size(); i++) {
            values.put(vars.get(i), arrays.get(i));
        }
    }
}
