package dev.fluxion.lax;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function0;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.List;

/**
 * Choices between functions. The functions are traced, all of them; only the chosen one runs. Operands and results are any
 * trees; arrays that the functions close over are as good as operands, and so are their derivatives.
 */
abstract class LaxBranches extends LaxArrays {
    /**
     * {@code pred ? onTrue(operand) : onFalse(operand)}.
     *
     * <p>To choose element by element take {@code where}. Under {@code vmap} over the predicate both functions run.
     *
     * @param pred one truth value, or one number: whether it is not zero
     * @throws FluxionException FX0306 when the predicate is not a scalar, FX0305 when the functions give results of different
     *     structures or types
     */
    public static <A, R> R cond(NDArray pred, Function1<A, R> onTrue, Function1<A, R> onFalse, A operand) {
        NDArray index = convertElementType(Predicate.truth("cond", pred), DType.INT32);
        return Branches.choose("cond", index, List.of(onFalse, onTrue), operand);
    }

    /** {@code pred ? onTrue(x, y) : onFalse(x, y)}, see {@link #cond(NDArray, Function1, Function1, Object)}. */
    public static <A, B, R> R cond(NDArray pred, Function2<A, B, R> onTrue, Function2<A, B, R> onFalse, A x, B y) {
        Function1<Tuple2<A, B>, R> ifTrue = p -> onTrue.apply(p._1, p._2);
        return cond(pred, ifTrue, p -> onFalse.apply(p._1, p._2), Tuple.of(x, y));
    }

    /** {@code pred ? onTrue() : onFalse()}, see {@link #cond(NDArray, Function1, Function1, Object)}. */
    public static <R> R cond(NDArray pred, Function0<R> onTrue, Function0<R> onFalse) {
        Function1<Object, R> ifTrue = none -> onTrue.apply();
        return cond(pred, ifTrue, none -> onFalse.apply(), null);
    }

    /**
     * {@code branches[clamp(index, 0, n - 1)](operand)}.
     *
     * @param index one integer
     * @throws FluxionException FX0104 when there are no branches, FX0306 when the index is not an integer scalar, FX0305 when
     *     the branches give results of different structures or types
     */
    public static <A, R> R switchCase(NDArray index, List<? extends Function1<A, R>> branches, A operand) {
        if (branches.isEmpty()) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_PARAMETER, "switchCase: there are no branches")
                    .hint("give at least one"));
        }
        NDArray which = Predicate.index("switchCase", index, branches.size());
        return branches.size() == 1
                ? branches.get(0).apply(operand)
                : Branches.choose("switchCase", which, List.copyOf(branches), operand);
    }
}
