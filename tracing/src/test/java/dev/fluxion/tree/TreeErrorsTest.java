package dev.fluxion.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.TreeTest.Params;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TreeErrorsTest {
    private static final NDArray X = TreeTest.scalar(1);
    private static final String TREES =
            "trees are made of NDArray, records, tuples, lists, maps, Optional and Immutables values;"
                    + " Tree.register teaches Fluxion a class of your own";

    record Named(NDArray w, Object name) {}

    record Strict(ArrayList<NDArray> items) {}

    private static void fails(String message, Executable action) {
        assertEquals(message, assertThrows(FluxionException.class, action).getMessage());
    }

    @Test
    void saysWhereTheForeignValueStands() {
        fails(
                "FX0502 argument 0: .layers[1].name is a java.lang.Thread, not an array or tree\n  hint: " + TREES,
                () -> Tree.flatten("argument 0", new Model(List.of(new Named(X, "n"), new Named(X, new Thread())))));
        fails(
                "FX0502 the tree is a java.lang.String, not an array or tree\n  hint: " + TREES,
                () -> Tree.flatten("sin"));
    }

    record Model(List<Named> layers) {}

    @Test
    void plainNumbersOutsideRecordsAreRefused() {
        fails(
                "FX0502 the tree: [1] is a java.lang.Double, not an array or tree\n"
                    + "  hint: write scalar(2.5) for an array; as a component of a record it stays a plain Java value",
                () -> Tree.flatten(List.of(X, 2.5)));
        fails(
                "FX0502 the tree: [\"k\"] is an int[], not an array or tree\n  hint: write array(...) for an array",
                () -> Tree.flatten(Map.of("k", new int[3])));
    }

    @Test
    void valuesThatCannotBeComparedAreNotStatic() {
        fails(
                "FX0502 the tree: .name is a double[], not an array or tree\n  hint: write array(...) for an array",
                () -> Tree.flatten(new Named(X, new double[2])));
        fails(
                "FX0502 the tree: .name is a java.util.ImmutableCollections$SetN, not an array or tree\n"
                        + "  hint: its elements have no order; use a List",
                () -> Tree.flatten(new Named(X, Set.of())));
    }

    @Test
    void treesThatContainThemselvesAreRefused() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        fails(
                "FX0502 the tree: " + "[0]".repeat(40) + "... is nested more than 1000 levels deep\n"
                        + "  hint: a tree must not contain itself; long chains belong into a list",
                () -> Tree.flatten(self));
    }

    @Test
    void namesTheFirstDifference() {
        fails(
                """
                FX0501 map2: the trees differ in structure
                  at [1]: expected [*, *]
                  at [1]: given (*, *)
                  hint: trees must agree in everything but the values of their arrays: classes, lengths, keys, and the\
                 parts that are not arrays\
                """,
                () -> Tree.map2(
                        NDArray::plus,
                        Tuple.of(new Params(X, X), List.of(X, X)),
                        Tuple.of(new Params(X, X), Tuple.of(X, X))));
        fails("""
            FX0501 map2: the trees differ in structure
              at .name: expected "a"
              at .name: given "b"
              hint: trees must agree in everything but the values of their arrays: classes, lengths, keys, and the\
             parts that are not arrays\
            """, () -> Tree.map2(NDArray::plus, new Named(X, "a"), new Named(X, "b")));
    }

    @Test
    void countsTheArrays() {
        fails(
                "FX0501 unflatten: wrong number of arrays\n  expected 2 for Params(w=*, b=*)\n  given 1",
                () -> Tree.structure(new Params(X, X)).unflatten(Array.of(X)));
    }

    @Test
    void componentsThatCannotBeRebuiltAreNamed() {
        Flat flat = Tree.flatten(new Strict(new ArrayList<>(List.of(X))));
        fails(
                "FX0502 Strict.items cannot hold a java.util.Collections$UnmodifiableRandomAccessList\n"
                        + "  it is declared as java.util.ArrayList\n"
                        + "  hint: declare collections by their interface: List, Map; arrays as NDArray",
                () -> flat.treeDef().unflatten(flat.leaves()));
    }
}
