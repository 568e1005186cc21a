package dev.fluxion.lax;

import io.vavr.Function1;
import io.vavr.Function2;

/**
 * Solutions of equations, whose derivatives follow from the equation and not from the steps of the solver. The solver may be
 * anything: a direct method, a loop of its own, a host function.
 */
abstract class LaxSolvers extends LaxCheckpoints {
    /**
     * {@code x} with {@code matvec(x) = b}, found by {@code solve(matvec, b)}; {@code dx = solve(matvec, db - dA x)}, where
     * {@code dA} is what changes in {@code matvec} through the arrays that it closes over.
     *
     * <p>b is a tree of floats; x, and what {@code matvec} makes of it, have its structure and types. Forward mode goes
     * through and {@code vmap}; for reverse mode give a {@code transposeSolve}, or say that {@code matvec} is symmetric.
     *
     * @param matvec a linear function
     * @param solve (matvec, b) to x; not differentiated
     * @throws dev.fluxion.ir.FluxionException FX0308 when matvec or solve give another structure or types than b has
     */
    public static <X> X customLinearSolve(Function1<X, X> matvec, X b, Function2<Function1<X, X>, X, X> solve) {
        return LinearSolves.solve(matvec, b, solve, null, false);
    }

    /**
     * As {@link #customLinearSolve(Function1, Object, Function2)}, with reverse mode: cotangents go through {@code
     * transposeSolve(vecmat, ct)}, where {@code vecmat} is the transpose of {@code matvec}, made from it.
     */
    public static <X> X customLinearSolve(
            Function1<X, X> matvec,
            X b,
            Function2<Function1<X, X>, X, X> solve,
            Function2<Function1<X, X>, X, X> transposeSolve) {
        return LinearSolves.solve(matvec, b, solve, transposeSolve, false);
    }

    /**
     * As {@link #customLinearSolve(Function1, Object, Function2)}; a symmetric {@code matvec} is its own transpose, and
     * reverse mode solves with it.
     */
    public static <X> X customLinearSolve(
            Function1<X, X> matvec, X b, Function2<Function1<X, X>, X, X> solve, boolean symmetric) {
        return LinearSolves.solve(matvec, b, solve, null, symmetric);
    }

    /**
     * {@code x} with {@code f(x) = 0}, found by {@code solve(f, initialGuess)}; with respect to the arrays p that f closes
     * over, {@code df/dx dx = -df/dp dp}, solved by {@code tangentSolve(t -> df/dx t, rhs)}.
     *
     * <p>All modes go through when {@code tangentSolve} can be differentiated and transposed: for a scalar x
     * {@code (g, y) -> y.div(g.apply(ones))}, otherwise often a {@code customLinearSolve}. The initial guess has no
     * derivative.
     *
     * @param initialGuess a tree of floats; f gives its structure and types
     * @param solve (f, initialGuess) to x; not differentiated
     * @param tangentSolve (linear function, right-hand side) to its solution
     * @throws dev.fluxion.ir.FluxionException FX0308 when f, solve or tangentSolve give another structure or types than
     *     initialGuess has
     */
    public static <X> X customRoot(
            Function1<X, X> f,
            X initialGuess,
            Function2<Function1<X, X>, X, X> solve,
            Function2<Function1<X, X>, X, X> tangentSolve) {
        return Roots.find(f, initialGuess, solve, tangentSolve);
    }
}
