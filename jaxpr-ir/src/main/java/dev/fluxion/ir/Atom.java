package dev.fluxion.ir;

/** What an equation reads: a variable or a scalar literal. */
public sealed interface Atom permits Var, Literal {
    ArrayType type();

    default DType dtype() {
        return type().dtype();
    }

    default Shape shape() {
        return type().shape();
    }
}
