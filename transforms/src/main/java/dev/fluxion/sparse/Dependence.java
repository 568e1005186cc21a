package dev.fluxion.sparse;

import dev.fluxion.ir.Shape;
import java.util.Arrays;
import java.util.function.IntFunction;

/** On which of the variables each element of an array depends: one set for each element, row-major. */
final class Dependence {
    private final Shape shape;
    private final IndexSet[] sets;

    private Dependence(Shape shape, IndexSet[] sets) {
        this.shape = shape;
        this.sets = sets;
    }

    static Dependence of(Shape shape, IntFunction<IndexSet> element) {
        IndexSet[] sets = new IndexSet[shape.size()];
        Arrays.setAll(sets, element);
        return new Dependence(shape, sets);
    }

    /** Element i depends on variable {@code first + i}. */
    static Dependence identity(Shape shape, int first) {
        return of(shape, i -> IndexSet.of(first + i));
    }

    /** Every element depends on the same variables. */
    static Dependence same(Shape shape, IndexSet set) {
        return of(shape, i -> set);
    }

    Shape shape() {
        return shape;
    }

    IndexSet get(int element) {
        return sets[element];
    }

    /** Element by element; null depends on nothing. */
    static Dependence union(Dependence a, Dependence b) {
        if (a == null || b == null || a == b) {
            return a == null ? b : a;
        }
        boolean same = true;
        IndexSet[] sets = new IndexSet[a.sets.length];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = a.sets[i].union(b.sets[i]);
            same &= sets[i] == a.sets[i];
        }
        return same ? a : new Dependence(a.shape, sets);
    }

    /** What all elements together depend on. */
    IndexSet all() {
        IndexSet.Union union = new IndexSet.Union();
        for (IndexSet set : sets) {
            union.add(set);
        }
        return union.get();
    }

    /** The same elements under another shape. */
    Dependence reshaped(Shape other) {
        return new Dependence(other, sets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dependence that && Arrays.equals(sets, that.sets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sets);
    }
}
