package dev.fluxion.transforms;

import dev.fluxion.VmapMethod;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.function.Consumer;

/** Host code in programs. Outside every trace it simply runs. */
public final class Callbacks {
    private record Key(TreeDef arguments, TreeDef results) {}

    private Callbacks() {}

    /** {@code f(arguments)}, run when the program comes to it; see {@code Fluxion.pureCallback}. */
    public static <A> Object pure(Function1<A, ?> f, Object resultTypes, VmapMethod method, A arguments) {
        Flat in = Tree.flatten("pureCallback: the argument", arguments);
        Flat out = Tree.flatten("pureCallback: resultTypes", resultTypes);
        Array<ArrayType> results = out.leaves().map(NDArray::type);
        Key key = new Key(in.treeDef(), out.treeDef());
        HostCode code = FunctionMemo.get(f, key, g -> {
            String label = FunctionLabel.of(g);
            return new HostCode(
                    label, given -> leaves(label, g.apply(in.treeDef().unflatten(given)), out.treeDef()));
        });
        Array<NDArray> leaves = Trace.current() == null
                ? code.apply(in.leaves(), results)
                : Tracing.bindAll(
                        new PureCallback(code, in.leaves().map(NDArray::type), results, method, Array.empty()),
                        in.leaves());
        return out.treeDef().unflatten(leaves);
    }

    private static Array<NDArray> leaves(String label, Object result, TreeDef expected) {
        Flat given = Tree.flatten("pureCallback: the result of " + label, result);
        if (!given.treeDef().equals(expected)) {
            throw expected.mismatch(
                    "pureCallback: the result of " + label + " is not like resultTypes", given.treeDef());
        }
        return given.leaves();
    }

    /** Hands the values to {@code look} when the program comes to it; see {@code Fluxion.debugCallback}. */
    public static <A> void debug(String name, Consumer<A> look, A arguments) {
        Flat in = Tree.flatten(name + ": the argument", arguments);
        if (Trace.current() == null) {
            look.accept(arguments);
            return;
        }
        HostCode code = new HostCode(name, leaves -> {
            look.accept(in.treeDef().unflatten(leaves));
            return Array.empty();
        });
        Tracing.bindAll(new DebugCallback(code, in.leaves().map(NDArray::type), Array.empty()), in.leaves());
    }
}
