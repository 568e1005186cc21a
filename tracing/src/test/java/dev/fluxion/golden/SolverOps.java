package dev.fluxion.golden;

import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.eye;
import static dev.fluxion.numpy.Numpy.scalar;

import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;

/** Solvers of equations as functions of one golden case each. */
final class SolverOps {
    private SolverOps() {}

    /** y with y^2 = x, by Newton's method. */
    static NDArray squareRoot(NDArray x) {
        return Lax.customRoot(
                y -> y.times(y).minus(x),
                scalar(1.0),
                (f, y0) -> {
                    NDArray y = y0;
                    for (int i = 0; i < 12; i++) {
                        y = y.minus(f.apply(y).div(y.times(2)));
                    }
                    return y;
                },
                (df, rhs) -> rhs.div(df.apply(scalar(1.0))));
    }

    /** x with {@code A x + 0.1 s x = b} for A = [[4, 1], [1, 3]], by the inverse of the matrix. */
    static NDArray symmetric(NDArray s, NDArray b) {
        NDArray a = array(new double[][] {{4, 1}, {1, 3}});
        NDArray shift = s.times(0.1);
        NDArray whole = a.plus(eye(2).times(shift));
        NDArray determinant =
                whole.get(0, 0).times(whole.get(1, 1)).minus(whole.get(0, 1).times(whole.get(1, 0)));
        NDArray adjugate = eye(2).times(whole.get(0, 0).plus(whole.get(1, 1))).minus(whole);
        return Lax.customLinearSolve(
                v -> a.matmul(v).plus(v.times(shift)),
                b,
                (matvec, y) -> adjugate.matmul(y).div(determinant),
                true);
    }
}
