package dev.fluxion.ir;

import io.vavr.collection.Array;

/** Equations by operation and operands, those of commuting operations in either order. */
final class EquationTable {
    private static final int FEWEST_PLACES = 64;

    /** At most half of the places are taken. */
    private Equation[] table = new Equation[FEWEST_PLACES];

    private int[] hashes = new int[FEWEST_PLACES];
    private int size;

    /** The hash of an operation on operands: the same for both orders of the operands of a commuting operation. */
    static int hash(Primitive primitive, Array<Atom> operands) {
        boolean commutes = commutes(primitive);
        int hash = 0;
        for (int i = 0; i < operands.size(); i++) {
            int operand = operands.get(i).hashCode() * 0x9E3779B9;
            hash = commutes ? hash + operand : 31 * hash + operand;
        }
        return (31 * hash + primitive.hashCode()) * 0x85EBCA6B;
    }

    /** The equation of an equal operation on equal operands, or null. */
    Equation find(int hash, Primitive primitive, Array<Atom> operands) {
        for (int place = place(hash); table[place] != null; place = place + 1 & table.length - 1) {
            if (hashes[place] == hash && isLike(table[place], primitive, operands)) {
                return table[place];
            }
        }
        return null;
    }

    /** Adds an equation that is not there yet, with the hash of its operation and operands. */
    void add(int hash, Equation equation) {
        if (2 * size >= table.length) {
            grow();
        }
        put(hash, equation);
        size++;
    }

    private void grow() {
        Equation[] before = table;
        int[] hashesBefore = hashes;
        table = new Equation[2 * before.length];
        hashes = new int[table.length];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != null) {
                put(hashesBefore[i], before[i]);
            }
        }
    }

    private void put(int hash, Equation equation) {
        int place = place(hash);
        while (table[place] != null) {
            place = place + 1 & table.length - 1;
        }
        table[place] = equation;
        hashes[place] = hash;
    }

    private int place(int hash) {
        return (hash ^ hash >>> 16) & table.length - 1;
    }

    private static boolean commutes(Primitive primitive) {
        return primitive instanceof Elementwise.Binary binary && binary.op().isCommutative();
    }

    private static boolean isLike(Equation equation, Primitive primitive, Array<Atom> operands) {
        Array<Atom> others = equation.inputs();
        if (others.size() != operands.size() || !equation.primitive().equals(primitive)) {
            return false;
        }
        if (commutes(primitive)
                && operands.get(0).equals(others.get(1))
                && operands.get(1).equals(others.get(0))) {
            return true;
        }
        for (int i = 0; i < operands.size(); i++) {
            if (!operands.get(i).equals(others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
