package dev.fluxion.ir;

import java.util.concurrent.atomic.AtomicInteger;

/** A variable of a program: compared by identity, named only when printed. */
public final class Var implements Atom {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final ArrayType type;
    private final int number = MADE.getAndIncrement();

    /** The equation that gives it, and a mark of the builder that appended this; null for other variables. */
    private Equation definition;

    private Object builder;

    public Var(ArrayType type) {
        this.type = type;
    }

    @Override
    public ArrayType type() {
        return type;
    }

    /** Notes the equation that gives it. Only the builder with that mark asks for it again. */
    void define(Equation equation, Object mark) {
        definition = equation;
        builder = mark;
    }

    /** The equation that gives it in the program that the builder with that mark builds, or null. */
    Equation definition(Object mark) {
        return builder == mark ? definition : null;
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
