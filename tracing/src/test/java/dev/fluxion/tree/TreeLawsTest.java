package dev.fluxion.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.TreeTest.Params;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TreeLawsTest {
    record Box(Object content, String label, int count) {}

    @Property
    void flattenThenUnflattenIsTheTree(@ForAll("trees") Object tree) {
        Flat flat = Tree.flatten(tree);
        Object rebuilt = flat.treeDef().unflatten(flat.leaves());
        assertEquals(tree, rebuilt);
        assertEquals(flat.treeDef(), Tree.structure(rebuilt));
        assertEquals(flat.treeDef().hashCode(), Tree.structure(rebuilt).hashCode());
        assertEquals(flat.treeDef().toString(), Tree.structure(rebuilt).toString());
    }

    @Property
    void unflattenThenFlattenIsTheArrays(@ForAll("trees") Object tree) {
        Array<NDArray> fresh = Tree.leaves(tree).map(x -> TreeTest.scalar(0));
        assertEquals(fresh, Tree.leaves(Tree.structure(tree).unflatten(fresh)));
    }

    @Property
    void pathsAndPrefixesHaveOneEntryPerArray(@ForAll("trees") Object tree) {
        TreeDef def = Tree.structure(tree);
        assertEquals(def.leafCount(), def.paths().distinct().size());
        assertEquals(Array.fill(def.leafCount(), () -> "v"), def.broadcastPrefix("prefix", "v"));
    }

    @Property
    void mapKeepsTheStructureAndComposes(@ForAll("trees") Object tree) {
        NDArray mark = TreeTest.scalar(7);
        Object marked = Tree.map(x -> mark, tree);
        assertEquals(Tree.structure(tree), Tree.structure(marked));
        Tree.leaves(marked).forEach(leaf -> assertSame(mark, leaf));
    }

    @Provide
    Arbitrary<Object> trees() {
        Arbitrary<Object> leaf = Arbitraries.of(1.0, 2.0).map(TreeTest::scalar).map(x -> (Object) x);
        return Arbitraries.recursive(() -> leaf, TreeLawsTest::grow, 0, 4);
    }

    private static Arbitrary<Object> grow(Arbitrary<Object> child) {
        Arbitrary<String> keys = Arbitraries.strings().alpha().ofMaxLength(3);
        Arbitrary<NDArray> array = Arbitraries.of(1.0, 2.0).map(TreeTest::scalar);
        return Arbitraries.oneOf(
                child.list().ofMaxSize(3).map(x -> x),
                child.list().ofMaxSize(3).map(Array::ofAll),
                child.list().ofMaxSize(3).map(io.vavr.collection.Vector::ofAll),
                child.list().ofMaxSize(3).map(io.vavr.collection.List::ofAll),
                Arbitraries.maps(keys, child).ofMaxSize(3).map(x -> x),
                Arbitraries.maps(keys, child).ofMaxSize(3).map(io.vavr.collection.LinkedHashMap::ofAll),
                child.map(Tuple::of),
                child.tuple2().map(t -> Tuple.of(t.get1(), t.get2())),
                child.tuple3().map(t -> Tuple.of(t.get1(), t.get2(), t.get3())),
                child.map(Optional::of),
                child.map(Option::some),
                Arbitraries.of(Optional.empty(), Option.none()),
                array.tuple2().map(t -> new Params(t.get1(), t.get2())),
                child.tuple2().map(t -> new Box(t.get1(), "b", 1)),
                child.injectNull(0.5).map(c -> new Box(c, "n", 0)));
    }
}
