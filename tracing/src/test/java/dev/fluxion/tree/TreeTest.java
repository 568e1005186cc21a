package dev.fluxion.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.Tuple0;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TreeTest {
    private static final NDArray X = scalar(1);
    private static final NDArray Y = scalar(2);
    private static final NDArray Z = scalar(3);

    record Params(NDArray w, NDArray b) {}

    private record Net(List<Params> layers, String name, double rate, Mode mode, Function1<NDArray, NDArray> act) {}

    record Nothing() {}

    record Sizes(NDArray x, List<Integer> sizes, Optional<String> note) {}

    enum Mode {
        TRAIN,
        TEST
    }

    /** A class that only its user knows how to take apart. */
    static final class Pair {
        private final NDArray first;
        private final NDArray second;
        private final String label;

        Pair(NDArray first, NDArray second, String label) {
            this.first = first;
            this.second = second;
            this.label = label;
        }
    }

    static NDArray scalar(double value) {
        return NDArray.of(Backend.get().array(ArrayType.scalar(DType.FLOAT64), new double[] {value}));
    }

    private static void comesBack(Object tree, String structure, NDArray... leaves) {
        Flat flat = Tree.flatten(tree);
        assertEquals(Array.of(leaves), flat.leaves());
        assertEquals(structure, flat.treeDef().toString());
        assertEquals(leaves.length, flat.treeDef().leafCount());
        Object rebuilt = flat.treeDef().unflatten(flat.leaves());
        assertEquals(tree, rebuilt);
        assertEquals(flat.treeDef(), Tree.structure(rebuilt));
    }

    @Test
    void everyKindOfTreeComesBack() {
        comesBack(X, "*", X);
        comesBack(null, "null");
        comesBack(new Params(X, Y), "Params(w=*, b=*)", X, Y);
        comesBack(new Params(X, null), "Params(w=*, b=null)", X);
        comesBack(new Nothing(), "Nothing()");
        comesBack(Tuple0.instance(), "()");
        comesBack(Tuple.of(X), "(*,)", X);
        comesBack(Tuple.of(X, Tuple.of(Y, X)), "(*, (*, *))", X, Y, X);
        comesBack(Tuple.of(X, X, X, X, X, X, X, Y), "(*, *, *, *, *, *, *, *)", X, X, X, X, X, X, X, Y);
        comesBack(List.of(X, Y), "[*, *]", X, Y);
        comesBack(new ArrayList<>(java.util.Arrays.asList(X, null)), "[*, null]", X);
        comesBack(Map.of("w", X, "b", Y), "{\"b\": *, \"w\": *}", Y, X);
        comesBack(Map.of(10, X, 9, Y), "{9: *, 10: *}", Y, X);
        comesBack(Optional.of(X), "Optional[*]", X);
        comesBack(Optional.empty(), "Optional[]");
        comesBack(Array.of(X, Y), "Array(*, *)", X, Y);
        comesBack(io.vavr.collection.List.of(X, Y), "List(*, *)", X, Y);
        comesBack(io.vavr.collection.Vector.of(X, Y), "Vector(*, *)", X, Y);
        comesBack(io.vavr.collection.HashMap.of("w", X, "b", Y), "{\"b\": *, \"w\": *}", Y, X);
        comesBack(Option.some(X), "Option(*)", X);
        comesBack(Option.none(), "Option()");
        comesBack(new Sizes(X, List.of(3, 4), Optional.of("n")), "Sizes(x=*, sizes=[3, 4], note=Optional[\"n\"])", X);
    }

    @Test
    void staticComponentsStayAndCount() {
        Function1<NDArray, NDArray> act = x -> x;
        Net net = new Net(List.of(new Params(X, Y)), "mlp", 0.5, Mode.TRAIN, act);
        comesBack(net, "Net(layers=[Params(w=*, b=*)], name=\"mlp\", rate=0.5, mode=TRAIN, act=<function>)", X, Y);
        TreeDef def = Tree.structure(net);
        assertEquals(def, Tree.structure(new Net(List.of(new Params(Z, Z)), "mlp", 0.5, Mode.TRAIN, act)));
        assertNotEquals(def, Tree.structure(new Net(List.of(new Params(X, Y)), "cnn", 0.5, Mode.TRAIN, act)));
        assertNotEquals(def, Tree.structure(new Net(List.of(new Params(X, Y)), "mlp", 0.5, Mode.TEST, act)));
        assertNotEquals(def, Tree.structure(new Net(List.of(new Params(X, Y)), "mlp", 0.5, Mode.TRAIN, x -> x)));
    }

    @Test
    void javaArraysKeepTheirComponentType() {
        Params[] rebuilt = Tree.map(x -> x, new Params[] {new Params(X, Y), new Params(Y, X)});
        assertArrayEquals(new Params[] {new Params(X, Y), new Params(Y, X)}, rebuilt);
        assertEquals("NDArray[]{*, *}", Tree.structure(new NDArray[] {X, Y}).toString());
    }

    @Test
    void localRecordsAreTrees() {
        record Local(NDArray a, int n) {}
        assertEquals(new Local(Y, 3), Tree.map(x -> Y, new Local(X, 3)));
    }

    @Test
    void immutablesValuesAreTrees() {
        Layer layer = ImmutableLayer.builder()
                .w(X)
                .b(Y)
                .addHistory(Z, X)
                .activation("relu")
                .build();
        comesBack(layer, "Layer(activation=\"relu\", b=*, history=[*, *], mask=Optional[], w=*)", Y, Z, X, X);
        Layer masked = Tree.map(x -> Z, ImmutableLayer.copyOf(layer).withMask(Y));
        assertEquals(Optional.of(Z), masked.mask());
        assertEquals(1, masked.units());
        assertEquals("relu", masked.activation());
    }

    @Test
    void registeredClassesAreTrees() {
        Tree.register(
                Pair.class,
                pair -> Tuple.of(Array.of(pair.first, pair.second), pair.label),
                (label, parts) -> new Pair((NDArray) parts.get(0), (NDArray) parts.get(1), (String) label));
        Pair swapped = Tree.map(x -> x == X ? Y : X, new Pair(X, Y, "p"));
        assertSame(Y, swapped.first);
        assertSame(X, swapped.second);
        assertEquals("Pair[\"p\"](*, *)", Tree.structure(swapped).toString());
        assertNotEquals(Tree.structure(swapped), Tree.structure(new Pair(X, Y, "q")));
    }

    @Test
    void mapsOfOneContentHaveOneStructure() {
        Map<String, NDArray> linked = new LinkedHashMap<>();
        linked.put("w", X);
        linked.put("b", Y);
        TreeDef def = Tree.structure(linked);
        assertEquals(def, Tree.structure(new HashMap<>(linked)));
        assertEquals(def, Tree.structure(new TreeMap<>(linked)));
        assertEquals(def.hashCode(), Tree.structure(new TreeMap<>(linked)).hashCode());
        assertNotEquals(def, Tree.structure(Map.of("w", X, "c", Y)));
    }

    @Test
    void pathsLeadToTheArrays() {
        Object tree = Tuple.of(
                new Net(List.of(new Params(X, Y), new Params(Z, X)), "n", 1, Mode.TEST, x -> x), Map.of("k", Y));
        assertEquals(
                Array.of("[0].layers[0].w", "[0].layers[0].b", "[0].layers[1].w", "[0].layers[1].b", "[1][\"k\"]"),
                Tree.flattenWithPath(tree).map(p -> p._1()));
        assertEquals(Array.of(""), Tree.structure(X).paths());
    }

    @Test
    void map2PairsTheArrays() {
        Params sum = Tree.map2(NDArray::plus, new Params(X, Y), new Params(Y, Z));
        assertEquals(3, sum.w().item());
        assertEquals(5, sum.b().item());
    }

    @Test
    void transposeTurnsInsideOut() {
        Object rows = List.of(Tuple.of(X, Y), Tuple.of(Z, X), Tuple.of(Y, Y));
        Object columns = Tree.transpose(Tree.structure(List.of(X, X, X)), Tree.structure(Tuple.of(X, X)), rows);
        assertEquals(Tuple.of(List.of(X, Z, Y), List.of(Y, X, Y)), columns);
    }

    @Test
    void ravelIsOneVector() {
        NDArray v = NDArray.of(Backend.get().array(ArrayType.of(DType.FLOAT32, 2), new float[] {5, 6}));
        var raveled = Ravel.ravel(Tuple.of(X, List.of(v, Y)));
        assertEquals(ArrayType.of(DType.FLOAT64, 4), raveled.flat().type());
        var back = raveled.unravel().apply(raveled.flat().times(2.0));
        assertEquals(2, back._1().item());
        assertEquals(ArrayType.of(DType.FLOAT32, 2), back._2().get(0).type());
        assertEquals(4, back._2().get(1).item());
        assertEquals(
                ArrayType.of(DType.FLOAT64, 0),
                Ravel.ravel(Tuple0.instance()).flat().type());
    }
}
