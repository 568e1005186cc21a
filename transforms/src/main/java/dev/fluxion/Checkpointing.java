package dev.fluxion;

import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.transforms.Checkpoint;
import dev.fluxion.transforms.Derived;
import dev.fluxion.transforms.Residuals;
import dev.fluxion.transforms.TreeFunction;
import dev.fluxion.tree.Tree;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Function4;
import io.vavr.Function5;
import io.vavr.collection.Array;

/** Derivatives that compute again instead of keeping. */
abstract class Checkpointing extends Customization {
    /**
     * f, of which derivatives keep only the arguments: reverse mode computes the values inside again when it needs them. It
     * saves memory and costs about one more evaluation of f. The values and derivatives are those of f.
     */
    public static <A, R> Function1<A, R> checkpoint(Function1<A, R> f) {
        return checkpoint(f, CheckpointPolicies.NOTHING_SAVEABLE);
    }

    /** f, of which derivatives keep the arguments and what {@code policy} says: see {@link CheckpointPolicies}. */
    public static <A, R> Function1<A, R> checkpoint(Function1<A, R> f, CheckpointPolicy policy) {
        return checkpoint(f, policy, true);
    }

    /**
     * f, of which derivatives keep the arguments and what {@code policy} says.
     *
     * @param preventCse whether the engine must keep apart what is computed again and what was computed before; if not, it
     *     may notice that they are equal and keep the values after all. It is not needed where f is the body of a loop
     */
    public static <A, R> Function1<A, R> checkpoint(Function1<A, R> f, CheckpointPolicy policy, boolean preventCse) {
        Checkpoint checkpoint = new Checkpoint(policy, preventCse);
        return Derived.of(f, checkpoint, g -> {
            TreeFunction function = TreeFunction.of(g);
            return a -> cast(checkpoint.apply(function, Array.of(a)));
        });
    }

    /** As {@link #checkpoint(Function1)}. */
    public static <A, B, R> Function2<A, B, R> checkpoint(Function2<A, B, R> f) {
        return checkpoint(f, CheckpointPolicies.NOTHING_SAVEABLE);
    }

    /** As {@link #checkpoint(Function1, CheckpointPolicy)}. */
    public static <A, B, R> Function2<A, B, R> checkpoint(Function2<A, B, R> f, CheckpointPolicy policy) {
        return checkpoint(f, policy, true);
    }

    /** As {@link #checkpoint(Function1, CheckpointPolicy, boolean)}. */
    public static <A, B, R> Function2<A, B, R> checkpoint(
            Function2<A, B, R> f, CheckpointPolicy policy, boolean preventCse) {
        Checkpoint checkpoint = new Checkpoint(policy, preventCse);
        return Derived.of(f, checkpoint, g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b) -> cast(checkpoint.apply(function, Array.of(a, b)));
        });
    }

    /** As {@link #checkpoint(Function1)}. */
    public static <A, B, C, R> Function3<A, B, C, R> checkpoint(Function3<A, B, C, R> f) {
        return checkpoint(f, CheckpointPolicies.NOTHING_SAVEABLE);
    }

    /** As {@link #checkpoint(Function1, CheckpointPolicy)}. */
    public static <A, B, C, R> Function3<A, B, C, R> checkpoint(Function3<A, B, C, R> f, CheckpointPolicy policy) {
        return checkpoint(f, policy, true);
    }

    /** As {@link #checkpoint(Function1, CheckpointPolicy, boolean)}. */
    public static <A, B, C, R> Function3<A, B, C, R> checkpoint(
            Function3<A, B, C, R> f, CheckpointPolicy policy, boolean preventCse) {
        Checkpoint checkpoint = new Checkpoint(policy, preventCse);
        return Derived.of(f, checkpoint, g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b, c) -> cast(checkpoint.apply(function, Array.of(a, b, c)));
        });
    }

    /** As {@link #checkpoint(Function1)}. */
    public static <A, B, C, D, R> Function4<A, B, C, D, R> checkpoint(Function4<A, B, C, D, R> f) {
        return checkpoint(f, CheckpointPolicies.NOTHING_SAVEABLE);
    }

    /** As {@link #checkpoint(Function1, CheckpointPolicy)}. */
    public static <A, B, C, D, R> Function4<A, B, C, D, R> checkpoint(
            Function4<A, B, C, D, R> f, CheckpointPolicy policy) {
        return checkpoint(f, policy, true);
    }

    /** As {@link #checkpoint(Function1, CheckpointPolicy, boolean)}. */
    public static <A, B, C, D, R> Function4<A, B, C, D, R> checkpoint(
            Function4<A, B, C, D, R> f, CheckpointPolicy policy, boolean preventCse) {
        Checkpoint checkpoint = new Checkpoint(policy, preventCse);
        return Derived.of(f, checkpoint, g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b, c, d) -> cast(checkpoint.apply(function, Array.of(a, b, c, d)));
        });
    }

    /** As {@link #checkpoint(Function1)}. */
    public static <A, B, C, D, E, R> Function5<A, B, C, D, E, R> checkpoint(Function5<A, B, C, D, E, R> f) {
        return checkpoint(f, CheckpointPolicies.NOTHING_SAVEABLE);
    }

    /** As {@link #checkpoint(Function1, CheckpointPolicy)}. */
    public static <A, B, C, D, E, R> Function5<A, B, C, D, E, R> checkpoint(
            Function5<A, B, C, D, E, R> f, CheckpointPolicy policy) {
        return checkpoint(f, policy, true);
    }

    /** As {@link #checkpoint(Function1, CheckpointPolicy, boolean)}. */
    public static <A, B, C, D, E, R> Function5<A, B, C, D, E, R> checkpoint(
            Function5<A, B, C, D, E, R> f, CheckpointPolicy policy, boolean preventCse) {
        Checkpoint checkpoint = new Checkpoint(policy, preventCse);
        return Derived.of(f, checkpoint, g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b, c, d, e) -> cast(checkpoint.apply(function, Array.of(a, b, c, d, e)));
        });
    }

    /** x, under a name for {@link CheckpointPolicies#saveOnlyTheseNames} and {@link CheckpointPolicies#saveAnyNamesButThese}. */
    public static <A> A checkpointName(A x, String name) {
        Elementwise.Named named = new Elementwise.Named(name);
        return Trace.current() == null ? x : cast(Tree.map(leaf -> Tracing.bind(named, leaf), x));
    }

    /**
     * What {@code vjp(f, a)} keeps for the backward pass, with bytes and the lines of the program that make it. Nothing is
     * computed.
     */
    public static <A> SavedResiduals savedResiduals(Function1<A, ?> f, A a) {
        return Residuals.of(TreeFunction.of(f), Array.of(a));
    }

    /** As {@link #savedResiduals(Function1, Object)}. */
    public static <A, B> SavedResiduals savedResiduals(Function2<A, B, ?> f, A a, B b) {
        return Residuals.of(TreeFunction.of(f), Array.of(a, b));
    }

    /** As {@link #savedResiduals(Function1, Object)}. */
    public static <A, B, C> SavedResiduals savedResiduals(Function3<A, B, C, ?> f, A a, B b, C c) {
        return Residuals.of(TreeFunction.of(f), Array.of(a, b, c));
    }

    /** As {@link #savedResiduals(Function1, Object)}. */
    public static <A, B, C, D> SavedResiduals savedResiduals(Function4<A, B, C, D, ?> f, A a, B b, C c, D d) {
        return Residuals.of(TreeFunction.of(f), Array.of(a, b, c, d));
    }

    /** As {@link #savedResiduals(Function1, Object)}. */
    public static <A, B, C, D, E> SavedResiduals savedResiduals(
            Function5<A, B, C, D, E, ?> f, A a, B b, C c, D d, E e) {
        return Residuals.of(TreeFunction.of(f), Array.of(a, b, c, d, e));
    }
}
