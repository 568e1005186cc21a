package dev.fluxion.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** In a package that is not Fluxion's own: errors name the line here. */
class TreeErrorsTest {
    private static final NDArray X = NDArray.of(Backend.get().array(ArrayType.scalar(DType.FLOAT64), new double[] {1}));
    private static final String TREES =
            "trees are made of NDArray, records, tuples, lists, maps, Optional and Immutables values;"
                    + " Tree.register teaches Fluxion a class of your own";

    record Params(NDArray w, NDArray b) {}

    record Named(NDArray w, Object name) {}

    record Strict(ArrayList<NDArray> items) {}

    private static void fails(String message, Executable action) {
        String given = assertThrows(FluxionException.class, action).getMessage();
        assertEquals(message, given.replaceAll("TreeErrorsTest.java:\\d+", "HERE"));
    }

    @Test
    void saysWhereTheForeignValueStands() {
        fails(
                "FX0502 argument 0: .layers[1].name is a java.lang.Thread, not an array or tree\n  at HERE\n  hint: "
                        + TREES,
                () -> Tree.flatten("argument 0", new Model(List.of(new Named(X, "n"), new Named(X, new Thread())))));
        fails(
                "FX0502 the tree is a java.lang.String, not an array or tree\n  at HERE\n  hint: " + TREES,
                () -> Tree.flatten("sin"));
    }

    record Model(List<Named> layers) {}

    @Test
    void plainNumbersOutsideRecordsAreRefused() {
        fails(
                "FX0502 the tree: [1] is a java.lang.Double, not an array or tree\n"
                    + "  at HERE\n"
                    + "  hint: write scalar(2.5) for an array; as a component of a record it stays a plain Java value",
                () -> Tree.flatten(List.of(X, 2.5)));
        fails(
                "FX0502 the tree: [\"k\"] is an int[], not an array or tree\n"
                        + "  at HERE\n"
                        + "  hint: write array(...) for an array",
                () -> Tree.flatten(Map.of("k", new int[3])));
    }

    @Test
    void valuesThatCannotBeComparedAreNotStatic() {
        fails(
                "FX0502 the tree: .name is a double[], not an array or tree\n"
                        + "  at HERE\n"
                        + "  hint: write array(...) for an array",
                () -> Tree.flatten(new Named(X, new double[2])));
        fails(
                "FX0502 the tree: .name is a java.util.ImmutableCollections$SetN, not an array or tree\n"
                        + "  at HERE\n  hint: its elements have no order; use a List",
                () -> Tree.flatten(new Named(X, Set.of())));
    }

    @Test
    void treesThatContainThemselvesAreRefused() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        fails(
                "FX0502 the tree: " + "[0]".repeat(40) + "... is nested more than 1000 levels deep\n"
                        + "  at HERE\n  hint: a tree must not contain itself; long chains belong into a list",
                () -> Tree.flatten(self));
    }

    @Test
    void namesTheFirstDifference() {
        fails(
                """
                FX0501 map2: the trees differ in structure
                  at [1]: expected [*, *]
                  at [1]: given (*, *)
                  at HERE
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
              at HERE
              hint: trees must agree in everything but the values of their arrays: classes, lengths, keys, and the\
             parts that are not arrays\
            """, () -> Tree.map2(NDArray::plus, new Named(X, "a"), new Named(X, "b")));
    }

    @Test
    void countsTheArrays() {
        fails(
                "FX0501 unflatten: wrong number of arrays\n  expected 2 for Params(w=*, b=*)\n  given 1\n  at HERE",
                () -> Tree.structure(new Params(X, X)).unflatten(Array.of(X)));
    }

    @Test
    void componentsThatCannotBeRebuiltAreNamed() {
        Flat flat = Tree.flatten(new Strict(new ArrayList<>(List.of(X))));
        fails(
                "FX0502 Strict.items cannot hold a java.util.Collections$UnmodifiableRandomAccessList\n"
                        + "  it is declared as java.util.ArrayList\n"
                        + "  at HERE\n  hint: declare collections by their interface: List, Map; arrays as NDArray",
                () -> flat.treeDef().unflatten(flat.leaves()));
    }

    @Test
    void prefixesThatDoNotFit() {
        failsPrefix("expected 2 entries, given 3", List.of(1, 2, 3));
        failsPrefix("at [0]: expected 2 entries, given 1", List.of(List.of(0), 2));
        failsPrefix("at [0]: no entry for .w in {v=0}", List.of(Map.of("v", 0), 2));
        failsPrefix(
                "at [1][2]: an array stands here, the prefix goes on with [1]", List.of(0, List.of(0, 0, List.of(1))));
    }

    private static void failsPrefix(String difference, Object prefix) {
        TreeDef def = Tree.structure(Tuple.of(new Params(X, X), List.of(X, X, X)));
        fails(
                "FX0501 inAxes: not a prefix of the tree\n  tree (Params(w=*, b=*), [*, *, *])\n  prefix " + prefix
                        + "\n  " + difference
                        + "\n  at HERE\n  hint: give one value for a whole subtree, or one entry for each of its parts",
                () -> def.broadcastPrefix("inAxes", prefix));
    }
}
