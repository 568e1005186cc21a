package dev.fluxion;

import dev.fluxion.transforms.ExportedProgram;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Function4;
import io.vavr.Function5;
import io.vavr.collection.Array;

/** Functions as programs that outlive the code they come from. */
abstract class Exporting extends Caching {
    /**
     * The program of f for arguments of the structure, shapes and dtypes of the given ones (whose values do not matter;
     * {@link #shapeOnly} will do). Derivative rules go along.
     *
     * @throws dev.fluxion.ir.FluxionException FX0704 when f closes over a value that is being traced
     */
    public static <A> Exported export(Function1<A, ?> f, A a) {
        return new Exported(ExportedProgram.of(TreeFunction.of(f), Array.of(a)));
    }

    /** As {@link #export(Function1, Object)}. */
    public static <A, B> Exported export(Function2<A, B, ?> f, A a, B b) {
        return new Exported(ExportedProgram.of(TreeFunction.of(f), Array.of(a, b)));
    }

    /** As {@link #export(Function1, Object)}. */
    public static <A, B, C> Exported export(Function3<A, B, C, ?> f, A a, B b, C c) {
        return new Exported(ExportedProgram.of(TreeFunction.of(f), Array.of(a, b, c)));
    }

    /** As {@link #export(Function1, Object)}. */
    public static <A, B, C, D> Exported export(Function4<A, B, C, D, ?> f, A a, B b, C c, D d) {
        return new Exported(ExportedProgram.of(TreeFunction.of(f), Array.of(a, b, c, d)));
    }

    /** As {@link #export(Function1, Object)}. */
    public static <A, B, C, D, E> Exported export(Function5<A, B, C, D, E, ?> f, A a, B b, C c, D d, E e) {
        return new Exported(ExportedProgram.of(TreeFunction.of(f), Array.of(a, b, c, d, e)));
    }
}
