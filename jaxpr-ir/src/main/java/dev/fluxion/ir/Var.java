package dev.fluxion.ir;

import java.util.concurrent.atomic.AtomicInteger;

/** A variable of a program: compared by identity, named only when printed. */
public final class Var implements Atom {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final ArrayType type;
    private final int number = MADE.getAndIncrement();

    public Var(ArrayType type) {
        this.type = type;
    }

    @Override
    public ArrayType type() {
        return type;
    }

    /** Variables made one after the other have numbers in a row, so that {@link VarMap} finds them beside each other. */
    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public String toString() {
        return "var:" + type;
    }
}
