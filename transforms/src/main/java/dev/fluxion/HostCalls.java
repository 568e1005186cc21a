package dev.fluxion;

import dev.fluxion.transforms.Callbacks;
import dev.fluxion.transforms.DebugFormat;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.function.Consumer;

/** Java code that runs when a program comes to it. */
abstract class HostCalls extends CustomBatchings {
    /**
     * {@code f(arguments)}, computed by Java code on concrete arrays when the program comes to it, within transformed
     * functions, loops and branches too. f must be pure and safe to call from many threads: it may be called more or less
     * often than it is written. It has no derivative but one given with {@link #customJvp(Function1)} around it, and under
     * {@code vmap} it is refused; see {@link #pureCallback(Function1, Object, Object, VmapMethod)}.
     *
     * @param resultTypes a tree like the result, of which only structure, shapes and dtypes count; see {@link #shapeOnly}
     * @throws dev.fluxion.ir.FluxionException when it runs, if f gives other types (FX0602) or another structure (FX0501)
     */
    public static <A, R> R pureCallback(Function1<A, R> f, R resultTypes, A arguments) {
        return cast(Callbacks.pure(f, resultTypes, null, arguments));
    }

    /** As {@link #pureCallback(Function1, Object, Object)}; {@code method} says what becomes of it under {@code vmap}. */
    public static <A, R> R pureCallback(Function1<A, R> f, R resultTypes, A arguments, VmapMethod method) {
        return cast(Callbacks.pure(f, resultTypes, method, arguments));
    }

    /**
     * Hands values to Java code when the program comes to it: in the order in which calls are written, once for each step
     * of a loop, in a branch only when it is taken, under {@code vmap} once for each example of values that depend on the
     * batch. Under derivatives it sees the values themselves, once; values that only a transposed linear function has are not
     * shown. What {@code checkpoint} computes again is not shown again. Branches and loops that a batch runs for all examples
     * together show all of them.
     */
    public static <A> void debugCallback(Consumer<A> look, A values) {
        Callbacks.debug("debugCallback", look, values);
    }

    /**
     * Prints a line to {@code System.out} when the program comes to it; when that is, {@link #debugCallback} says.
     *
     * @param format a text with {@code {}} in the place of each value
     * @param values trees of arrays
     * @throws dev.fluxion.ir.FluxionException FX0104 when the format does not fit the values
     */
    public static void debugPrint(String format, Object... values) {
        DebugFormat text = DebugFormat.of(format, values.length);
        Callbacks.debug("debugPrint", (Array<Object> all) -> System.out.println(text.text(all)), Array.of(values));
    }
}
