package dev.fluxion.ir;

import dev.fluxion.ir.text.JaxprPrinter;
import io.vavr.collection.Array;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A program: {@code inputs -> outputs} through {@code equations}, with the arrays it closes over as {@code constants}.
 *
 * <p>Immutable and in single-assignment form: every variable is a constant, an input or the output of one equation, and
 * stands before its uses. Built by {@link JaxprBuilder}. Compared by identity; {@link StructuralHash} tells whether two
 * programs are the same up to the names of variables. Serialisable; {@link dev.fluxion.ir.binary.JaxprFiles} writes files.
 */
public final class Jaxpr implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Array<Constant> constants;
    private final transient Array<Var> inputs;
    private final transient Array<Equation> equations;
    private final transient Array<Atom> outputs;
    private transient volatile StructuralHash hash;
    private transient volatile Boolean effects;

    public Jaxpr(Array<Constant> constants, Array<Var> inputs, Array<Equation> equations, Array<Atom> outputs) {
        this.constants = Objects.requireNonNull(constants, "constants");
        this.inputs = Objects.requireNonNull(inputs, "inputs");
        this.equations = Objects.requireNonNull(equations, "equations");
        this.outputs = Objects.requireNonNull(outputs, "outputs");
    }

    public Array<Constant> constants() {
        return constants;
    }

    public Array<Var> inputs() {
        return inputs;
    }

    public Array<Equation> equations() {
        return equations;
    }

    public Array<Atom> outputs() {
        return outputs;
    }

    public Array<ArrayType> inputTypes() {
        return inputs.map(Var::type);
    }

    public Array<ArrayType> outputTypes() {
        return outputs.map(Atom::type);
    }

    /** The variables that an equation or the result reads. */
    public Set<Var> reads() {
        return useCounts().keySet();
    }

    /** How often equations and outputs read each variable; those that nothing reads are missing. */
    public Map<Var, Integer> useCounts() {
        Map<Var, Integer> uses = HashMap.newHashMap(inputs.size() + equations.size());
        equations.forEach(equation -> count(uses, equation.inputs()));
        count(uses, outputs);
        return uses;
    }

    private static void count(Map<Var, Integer> uses, Array<Atom> atoms) {
        for (int i = 0; i < atoms.size(); i++) {
            if (atoms.get(i) instanceof Var var) {
                uses.merge(var, 1, Integer::sum);
            }
        }
    }

    /** The hash of the program up to renaming of variables; computed once. */
    public StructuralHash structuralHash() {
        StructuralHash known = hash;
        if (known == null) {
            known = StructuralHash.of(this);
            hash = known;
        }
        return known;
    }

    /** Whether running it does something besides giving results, see {@link Effects}; computed once. */
    public boolean hasEffects() {
        Boolean known = effects;
        if (known == null) {
            known = equations.exists(equation -> Effects.of(equation.primitive()));
            effects = known;
        }
        return known;
    }

    /** In a stream of objects a program is its binary file. */
    private Object writeReplace() {
        return new SerializedJaxpr(this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("programs come as " + SerializedJaxpr.class.getSimpleName());
    }

    /** The program in JAX's notation, see {@link JaxprPrinter}. */
    @Override
    public String toString() {
        return JaxprPrinter.print(this);
    }
}
