package dev.fluxion.ir;

/** A variable of a program: compared by identity, named only when printed. */
public final class Var implements Atom {
    private final ArrayType type;

    public Var(ArrayType type) {
        this.type = type;
    }

    @Override
    public ArrayType type() {
        return type;
    }

    @Override
    public String toString() {
        return "var:" + type;
    }
}
