package dev.fluxion.benchmarks.adbench;

import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.transpose;

import dev.fluxion.numpy.NDArray;

/**
 * n places on the skin as functions of the bones: {@code posed bones + rest}.
 *
 * @param posed [n, 60], what a place takes of the columns of the posed bones
 * @param rest [n, 3], what the bones that never move contribute
 */
record Skin(NDArray posed, NDArray rest) {
    private static final int POSED = Pose.FINGERS * Pose.JOINTS;

    static Skin of(HandModel model, int[] vertices) {
        double[][] posed = new double[vertices.length][4 * POSED];
        double[][] rest = new double[vertices.length][3];
        for (int i = 0; i < vertices.length; i++) {
            int next = 0;
            for (int bone = 0; bone < model.parents().length; bone++) {
                double[] c = model.coefficients(vertices[i], bone);
                if (Pose.isPosed(bone)) {
                    System.arraycopy(c, 0, posed[i], next, 4);
                    next += 4;
                } else {
                    addTo(rest[i], model.absolute(bone), c);
                }
            }
        }
        return new Skin(array(posed), array(rest));
    }

    private static void addTo(double[] sum, double[] transformation, double[] c) {
        for (int axis = 0; axis < 3; axis++) {
            for (int k = 0; k < 4; k++) {
                sum[axis] += transformation[4 * axis + k] * c[k];
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
     * Where the places are: [n, 3].
     *
     * @param bones [15, 4, 4]
     */
    NDArray vertices(NDArray bones) {
        NDArray columns = reshape(transpose(bones, 0, 2, 1), 4 * POSED, 4);
        return matmul(posed, columns.slice(1, 0, 3)).plus(rest);
    }
}
