package dev.fluxion.transforms;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.VarMap;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** The values of a program's variables while a transform walks over its equations inside a trace. */
final class Environment {
    private final VarMap<NDArray> values;

    /** Constants and inputs; a null input has no value. */
    Environment(Jaxpr jaxpr, Array<NDArray> inputs) {
        values = new VarMap<>(jaxpr.inputs().size() + jaxpr.equations().size());
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
        NDArray[] found = new NDArray[atoms.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = get(atoms.get(i));
        }
        return Array.of(found);
    }

    void put(Array<Var> vars, Array<NDArray> arrays) {
        for (int i = 0; i < vars.size(); i++) {
            if (arrays.get(i) != null) {
                values.put(vars.get(i), arrays.get(i));
            }
        }
    }
}
