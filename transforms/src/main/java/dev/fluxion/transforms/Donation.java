package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tracing.Value;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.TreeDef;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/** Calls that give up arguments: the program may put its results into their buffers. */
final class Donation {
    private record Key(Ints arguments) {}

    private record Donating(Program program, Ints leaves) {}

    private Donation() {}

    /**
     * The results of the program outside of every trace. All checks come before anything is given up.
     *
     * @param donated the arguments to give up
     * @throws FluxionException FX0603 when an array was given up before, or stands in two places of this call
     */
    static Array<NDArray> call(TracedTree traced, Ints donated, Flat arguments) {
        Donating donating = donating(traced, donated, arguments.treeDef());
        Array<NDArray> leaves = arguments.leaves();
        requireUnshared(traced.label(), donating.leaves(), arguments);
        SourceInfo here = Tracing.caller();
        NDArray[] inputs = leaves.toJavaArray(NDArray[]::new);
        donating.leaves().stream()
                .forEach(i -> inputs[i] = NDArray.of(data(inputs[i]).donate(here)));
        return donating.program().call(Array.of(inputs).appendAll(traced.captures()));
    }

    /** The program that may take over the given arguments. */
    static Program program(TracedTree traced, Ints donated, TreeDef arguments) {
        return donating(traced, donated, arguments).program();
    }

    private static Donating donating(TracedTree traced, Ints donated, TreeDef arguments) {
        return traced.derive(new Key(donated), t -> {
            Ints leaves = leaves(arguments, donated);
            return new Donating(new Program(t.jaxpr(), leaves), leaves);
        });
    }

    /** The positions of the leaves of some arguments. */
    static Ints leaves(TreeDef structure, Ints arguments) {
        Ints leaves = Ints.of();
        int next = 0;
        for (int i = 0; i < structure.childCount(); i++) {
            int end = next + structure.child(i).leafCount();
            leaves = arguments.contains(i) ? leaves.concat(Ints.range(next, end)) : leaves;
            next = end;
        }
        return leaves;
    }

    private static void requireUnshared(String label, Ints donated, Flat arguments) {
        Map<ArrayData, Integer> places = new IdentityHashMap<>();
        Array<NDArray> leaves = arguments.leaves();
        for (int i = 0; i < leaves.size(); i++) {
            Integer before = places.putIfAbsent(data(leaves.get(i)), i);
            if (before != null && (donated.contains(i) || donated.contains(before))) {
                throw Tracing.located(
                        FluxionException.of(ErrorCode.DONATED, "jit of " + label + ": a donated array is passed twice")
                                .detail("arguments" + path(arguments, before) + " and" + path(arguments, i)
                                        + " are the same " + leaves.get(i).type())
                                .hint("pass a copy in one of the places, or donate neither"));
            }
        }
    }

    /** {@code  0.w}: the argument and the way to the leaf in it. */
    private static String path(Flat arguments, int leaf) {
        return " " + arguments.treeDef().paths().get(leaf).replaceFirst("^\\[(\\d+)]", "$1");
    }

    private static ArrayData data(NDArray leaf) {
        return switch (leaf.value()) {
            case Value.Concrete concrete -> concrete.read();
            case Value.Tracer tracer -> throw Tracing.leaked(tracer);
        };
    }
}
