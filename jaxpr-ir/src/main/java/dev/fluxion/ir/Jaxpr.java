package dev.fluxion.ir;

import dev.fluxion.ir.text.JaxprPrinter;
import io.vavr.collection.Array;
import java.util.Objects;

/**
 * A program: {@code inputs -> outputs} through {@code equations}, with the arrays it closes over as {@code constants}.
 *
 * <p>Immutable and in single-assignment form: every variable is a constant, an input or the output of one equation, and
 * stands before its uses. Built by {@link JaxprBuilder}. Compared by identity; {@link StructuralHash} tells whether two
 * programs are the same up to the names of variables.
 */
public final class Jaxpr {
    private final Array<Constant> constants;
    private final Array<Var> inputs;
    private final Array<Equation> equations;
    private final Array<Atom> outputs;
    private volatile StructuralHash hash;
    private volatile Boolean effects;

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

    /** The program in JAX's notation, see {@link JaxprPrinter}. */
    @Override
    public String toString() {
        return JaxprPrinter.print(this);
    }
}
