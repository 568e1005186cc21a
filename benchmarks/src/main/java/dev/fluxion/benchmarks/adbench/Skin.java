package dev.fluxion.benchmarks.adbench;

import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.einsum;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.transpose;

import dev.fluxion.numpy.NDArray;

/**
 * n places on the skin as functions of the bones: {@code posed bones + rest}, coordinate
 * by coordinate.
 *
 * @param posed [5, 12, n], what a place takes of the columns of each finger's posed bones
 * @param rest [3, n], what the bones that never move contribute
 */
record Skin(NDArray posed, NDArray rest) {
    /** Columns of the posed bones of a finger. */
    private static final int COLUMNS = 4 * Pose.JOINTS;

    static Skin of(HandModel model, int[] vertices) {
        double[][][] posed = new double[Pose.FINGERS][COLUMNS][vertices.length];
        double[][] rest = new double[3][vertices.length];
        for (int i = 0; i < vertices.length; i++) {
            int next = 0;
            for (int bone = 0; bone < model.parents().length; bone++) {
                double[] c = model.coefficients(vertices[i], bone);
                if (Pose.isPosed(bone)) {
                    for (int k = 0; k < 4; k++) {
                        posed[next / COLUMNS][next % COLUMNS][i] = c[k];
                        next++;
                    }
                } else {
                    addTo(rest, i, model.absolute(bone), c);
                }
            }
        }
        return new Skin(array(posed), array(rest));
    }

    private static void addTo(double[][] sums, int i, double[] transformation, double[] c) {
        for (int axis = 0; axis < 3; axis++) {
            for (int k = 0; k < 4; k++) {
                sums[axis][i] += transformation[4 * axis + k] * c[k];
            }
        }
    }

    Skin times(NDArray factors) {
        return new Skin(posed.times(factors), rest.times(factors));
    }

    Skin plus(Skin other) {
        return new Skin(posed.plus(other.posed), rest.plus(other.rest));
    }

    /**
     * Where the places are: [3, n].
     *
     * @param bones [5, 3, 4, 4]
     */
    NDArray places(NDArray bones) {
        NDArray columns = reshape(transpose(bones, 0, 1, 3, 2), Pose.FINGERS, COLUMNS, 4);
        return einsum("fkn,fkr->rn", posed, columns.slice(2, 0, 3)).plus(rest);
    }

    /**
     * How the places move when the bones do, turned: [5, 4, 3, n].
     *
     * @param bones their derivative in the four angles of each finger: [5, 3, 4, 4, 4]
     * @param turn [3, 3]
     */
    NDArray motions(NDArray bones, NDArray turn) {
        NDArray columns = reshape(transpose(bones, 0, 4, 1, 3, 2), Pose.FINGERS, 4, COLUMNS, 4);
        NDArray turned = matmul(columns.slice(3, 0, 3), turn.transpose());
        return einsum("fkn,fpkr->fprn", posed, turned);
    }
}
