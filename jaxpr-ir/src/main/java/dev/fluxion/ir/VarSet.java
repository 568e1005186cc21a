package dev.fluxion.ir;

import io.vavr.collection.Array;

/** A set of variables, see {@link VarMap}. */
public final class VarSet {
    private final VarMap<Boolean> marks;

    /** @param expected about how many variables will be added */
    public VarSet(int expected) {
        marks = new VarMap<>(expected);
    }

    public void add(Var var) {
        marks.put(var, true);
    }

    /** Adds those atoms that are variables. */
    public void addAll(Array<? extends Atom> atoms) {
        for (int i = 0; i < atoms.size(); i++) {
            if (atoms.get(i) instanceof Var var) {
                add(var);
            }
        }
    }

    public boolean contains(Var var) {
        return marks.contains(var);
    }

    public boolean containsAny(Array<Var> vars) {
        for (int i = 0; i < vars.size(); i++) {
            if (contains(vars.get(i))) {
                return true;
            }
        }
        return false;
    }
}
