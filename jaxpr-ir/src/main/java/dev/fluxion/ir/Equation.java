package dev.fluxion.ir;

import io.vavr.collection.Array;

/** {@code outputs = primitive inputs}: one step of a program. */
public record Equation(Array<Var> outputs, Primitive primitive, Array<Atom> inputs, SourceInfo source) {
    /** The only output. */
    public Var output() {
        if (outputs.size() != 1) {
            throw new IllegalStateException(primitive.name() + " has " + outputs.size() + " outputs");
        }
        return outputs.get(0);
    }

    public Atom input(int i) {
        return inputs.get(i);
    }

    public Array<ArrayType> inputTypes() {
        return inputs.map(Atom::type);
    }
}
