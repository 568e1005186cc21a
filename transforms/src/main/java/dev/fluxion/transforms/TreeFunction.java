package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Traced;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Function4;
import io.vavr.Function5;
import io.vavr.collection.Array;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/**
 * A user's function of one or more trees, traced once for each structure and types of its arguments. Traces that close
 * over values of an enclosing trace belong to that trace and are not kept.
 */
public final class TreeFunction implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The function object, and how many arguments it takes; null for what a transform makes for itself. */
    private record Origin(Object function, int arity) {}

    private final transient String label;
    private final transient Function1<Array<?>, ?> body;
    private final transient Ints statics;
    private final transient Origin origin;
    private final transient Retraces retraces;
    private final transient Traces traces = new Traces();

    private TreeFunction(String label, Function1<Array<?>, ?> body, Ints statics, Origin origin, Retraces retraces) {
        this.label = label;
        this.body = body;
        this.statics = statics;
        this.origin = origin;
        this.retraces = retraces;
    }

    private TreeFunction(Object function, int arity, Function1<Array<?>, ?> body) {
        this(
                FunctionLabel.of(function),
                body,
                StaticArguments.of(function),
                new Origin(function, arity),
                Retraces.of(function));
    }

    /** A function that a transform makes for itself; not kept. */
    public static TreeFunction internal(String label, Function1<Array<?>, ?> body) {
        return new TreeFunction(label, body, Ints.of(), null, Retraces.UNSEEN);
    }

    @SuppressWarnings("unchecked")
    public static <A> TreeFunction of(Function1<A, ?> f) {
        return FunctionMemo.get(f, 1, g -> new TreeFunction(g, 1, a -> g.apply((A) a.get(0))));
    }

    @SuppressWarnings("unchecked")
    public static <A, B> TreeFunction of(Function2<A, B, ?> f) {
        return FunctionMemo.get(f, 2, g -> new TreeFunction(g, 2, a -> g.apply((A) a.get(0), (B) a.get(1))));
    }

    @SuppressWarnings("unchecked")
    public static <A, B, C> TreeFunction of(Function3<A, B, C, ?> f) {
        return FunctionMemo.get(
                f, 3, g -> new TreeFunction(g, 3, a -> g.apply((A) a.get(0), (B) a.get(1), (C) a.get(2))));
    }

    @SuppressWarnings("unchecked")
    public static <A, B, C, D> TreeFunction of(Function4<A, B, C, D, ?> f) {
        return FunctionMemo.get(
                f,
                4,
                g -> new TreeFunction(g, 4, a -> g.apply((A) a.get(0), (B) a.get(1), (C) a.get(2), (D) a.get(3))));
    }

    @SuppressWarnings("unchecked")
    public static <A, B, C, D, E> TreeFunction of(Function5<A, B, C, D, E, ?> f) {
        return FunctionMemo.get(
                f,
                5,
                g -> new TreeFunction(
                        g, 5, a -> g.apply((A) a.get(0), (B) a.get(1), (C) a.get(2), (D) a.get(3), (E) a.get(4))));
    }

    /** The same function with further static arguments; its traces are its own. */
    public TreeFunction withStatics(Ints more) {
        return more.isEmpty() ? this : new TreeFunction(label, body, statics.concat(more), origin, retraces);
    }

    /** The arguments of a call taken apart; the static ones are part of the structure. */
    Flat flatten(String purpose, Array<?> arguments) {
        return statics.isEmpty()
                ? Tree.flatten(arguments)
                : Tree.flattenArguments(purpose + " of " + label, arguments, statics);
    }

    /**
     * Refuses derivatives with respect to static arguments.
     *
     * @throws FluxionException FX0402
     */
    void requireTraced(String purpose, Array<Integer> argnums) {
        for (int argnum : argnums) {
            if (statics.contains(argnum)) {
                throw Tracing.located(FluxionException.of(
                                ErrorCode.NON_FLOAT_GRAD,
                                purpose + " of " + label + ": argument " + argnum
                                        + " is static, which has no derivative")
                        .hint("differentiate with respect to other arguments, or take it out of staticArgnums"));
            }
        }
    }

    /** In a stream of objects: the function object, or how a transform made this one. */
    private Object writeReplace() {
        if (origin == null) {
            return new SerializedFunction.Internal(label, body);
        }
        Ints own = StaticArguments.of(origin.function());
        Ints more = Ints.of(statics.stream().filter(argnum -> !own.contains(argnum)));
        return new SerializedFunction(origin.function(), origin.arity(), own, more);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("functions come as " + SerializedFunction.class.getSimpleName());
    }

    /** The function's name, for programs and messages. */
    public String label() {
        return label;
    }

    /** Runs the function as it is. */
    public Object apply(Array<?> arguments) {
        return body.apply(arguments);
    }

    /** The program of the function for arguments of the given structure and types. */
    public TracedTree trace(String purpose, TreeDef structure, Array<ArrayType> types) {
        Signature signature = new Signature(structure, types);
        TracedTree known = traces.find(signature);
        return known != null ? known : traceAndKeep(purpose, signature);
    }

    /** The program of the function for arguments like the given ones. */
    public TracedTree trace(String purpose, Flat arguments) {
        TracedTree last = traces.latest(arguments);
        return last != null
                ? last
                : trace(purpose, arguments.treeDef(), arguments.leaves().map(NDArray::type));
    }

    private TracedTree traceAndKeep(String purpose, Signature signature) {
        Retrace retrace = retraces.explain(label, purpose, signature, traces.signatures());
        TracedTree fresh = traceNow(purpose, signature.structure(), signature.types());
        boolean keep = fresh.captures().isEmpty();
        retraces.report(retrace, keep);
        return keep ? traces.keep(signature, fresh) : fresh;
    }

    private TracedTree traceNow(String purpose, TreeDef structure, Array<ArrayType> types) {
        TreeDef[] result = new TreeDef[1];
        GradientCalls gradients = new GradientCalls();
        Traced traced = Trace.of("tracing " + label + " for " + purpose, types, leaves -> {
            Array<?> arguments = structure.unflatten(leaves);
            Flat flat = Tree.flatten(gradients.during(() -> body.apply(arguments)));
            result[0] = flat.treeDef();
            return flat.leaves();
        });
        gradients.keep(traced.jaxpr());
        return new TracedTree(label, traced.jaxpr(), traced.captures(), result[0]);
    }
}
