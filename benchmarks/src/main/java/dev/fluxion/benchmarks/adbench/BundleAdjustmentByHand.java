package dev.fluxion.benchmarks.adbench;

import static dev.fluxion.numpy.Numpy.array;

import dev.fluxion.benchmarks.workloads.Figures;
import dev.fluxion.benchmarks.workloads.Workload;
import java.nio.file.Path;
import java.util.List;

/**
 * BA with a Jacobian that a person derived: plain Java, one observation at a time.
 *
 * <p>The derivative of a rotated point in the rotation r is {@code -R [x] (r r^T + (R^T - I) [r]) / |r|^2}, where {@code [v]}
 * is the matrix of the cross product with v (Gallego and Yezzi, 2015).
 */
public final class BundleAdjustmentByHand implements Workload {
    private static final int CAMERA = 11;
    private static final int ROW = 15;

    private final Path data;

    public BundleAdjustmentByHand(Path data) {
        this.data = data;
    }

    /** Cameras, points and features one after the other; weights. */
    private record Scene(int observations, double[] cameras, double[] points, double[] weights, double[] features) {
        static Scene read(Numbers in) {
            int n = in.nextInt();
            int m = in.nextInt();
            int p = in.nextInt();
            return new Scene(
                    p, copies(in.next(CAMERA), n), copies(in.next(3), m), copies(in.next(1), p), copies(in.next(2), p));
        }

        private static double[] copies(double[] values, int count) {
            double[] result = new double[values.length * count];
            for (int i = 0; i < result.length; i++) {
                result[i] = values[i % values.length];
            }
            return result;
        }
    }

    /** The matrices of one observation, used again and again. */
    private static final class Work {
        final double[] rotation = new double[9];
        final double[] inRotation = new double[9];
        final double[] seen = new double[3];

        void rotate(double r0, double r1, double r2, double x0, double x1, double x2) {
            double square = r0 * r0 + r1 * r1 + r2 * r2;
            double angle = Math.sqrt(square);
            double c = Math.cos(angle);
            double s = Math.sin(angle) / angle;
            double d = (1 - c) / square;
            double[] m = rotation;
            m[0] = c + d * r0 * r0;
            m[1] = d * r0 * r1 - s * r2;
            m[2] = d * r0 * r2 + s * r1;
            m[3] = d * r1 * r0 + s * r2;
            m[4] = c + d * r1 * r1;
            m[5] = d * r1 * r2 - s * r0;
            m[6] = d * r2 * r0 - s * r1;
            m[7] = d * r2 * r1 + s * r0;
            m[8] = c + d * r2 * r2;
            for (int i = 0; i < 3; i++) {
                double a = m[3 * i];
                double b = m[3 * i + 1];
                double e = m[3 * i + 2];
                seen[i] = a * x0 + b * x1 + e * x2;
                // Row i of -R [x].
                double t0 = e * x1 - b * x2;
                double t1 = a * x2 - e * x0;
                double t2 = b * x0 - a * x1;
                // Times (R^T - I) [r]: first v = t (R^T - I), then v [r].
                double v0 = t0 * m[0] + t1 * m[1] + t2 * m[2] - t0;
                double v1 = t0 * m[3] + t1 * m[4] + t2 * m[5] - t1;
                double v2 = t0 * m[6] + t1 * m[7] + t2 * m[8] - t2;
                double along = t0 * r0 + t1 * r1 + t2 * r2;
                inRotation[3 * i] = (along * r0 + v1 * r2 - v2 * r1) / square;
                inRotation[3 * i + 1] = (along * r1 + v2 * r0 - v0 * r2) / square;
                inRotation[3 * i + 2] = (along * r2 + v0 * r1 - v1 * r0) / square;
            }
        }
    }

    private static double[] jacobian(Scene scene, double[] out) {
        Work work = new Work();
        int p = scene.observations;
        int cameras = scene.cameras.length / CAMERA;
        int points = scene.points.length / 3;
        for (int i = 0; i < p; i++) {
            observation(scene, i, CAMERA * (i % cameras), 3 * (i % points), work, out);
            out[2 * ROW * p + i] = -2 * scene.weights[i];
        }
        return out;
    }

    private static void observation(Scene scene, int i, int camera, int point, Work work, double[] out) {
        double[] c = scene.cameras;
        double[] x = scene.points;
        work.rotate(
                c[camera],
                c[camera + 1],
                c[camera + 2],
                x[point] - c[camera + 3],
                x[point + 1] - c[camera + 4],
                x[point + 2] - c[camera + 5]);
        double depth = work.seen[2];
        double e0 = work.seen[0] / depth;
        double e1 = work.seen[1] / depth;
        double s = e0 * e0 + e1 * e1;
        double focal = c[camera + 6];
        double k1 = c[camera + 9];
        double k2 = c[camera + 10];
        double distortion = 1 + s * (k1 + s * k2);
        double slope = 2 * (k1 + 2 * k2 * s);
        double weight = scene.weights[i];
        for (int axis = 0; axis < 2; axis++) {
            double e = axis == 0 ? e0 : e1;
            int at = ROW * (2 * i + axis);
            double scale = weight * focal / depth;
            // The row of the derivative in the rotated point.
            double y0 = scale * (slope * e * e0 + (axis == 0 ? distortion : 0));
            double y1 = scale * (slope * e * e1 + (axis == 1 ? distortion : 0));
            double y2 = -(y0 * e0 + y1 * e1);
            for (int k = 0; k < 3; k++) {
                double inPoint = y0 * work.rotation[k] + y1 * work.rotation[3 + k] + y2 * work.rotation[6 + k];
                out[at + k] = y0 * work.inRotation[k] + y1 * work.inRotation[3 + k] + y2 * work.inRotation[6 + k];
                out[at + 3 + k] = -inPoint;
                out[at + CAMERA + k] = inPoint;
            }
            out[at + 6] = weight * distortion * e;
            out[at + 7] = axis == 0 ? weight : 0;
            out[at + 8] = axis == 1 ? weight : 0;
            out[at + 9] = weight * focal * s * e;
            out[at + 10] = weight * focal * s * s * e;
            out[at + 14] = focal * distortion * e + c[camera + 7 + axis] - scene.features[2 * i + axis];
        }
    }

    @Override
    public void run(Figures figures) {
        for (String file :
                List.of("ba/ba1_n49_m7776_p31843", "ba/ba2_n21_m11315_p36455", "ba/ba3_n161_m48126_p182072")) {
            Problem problem = new Problem(data, file);
            Scene scene = Scene.read(problem.numbers());
            double[] out = new double[(2 * ROW + 1) * scene.observations];
            problem.measureJacobian(figures, "ba", () -> jacobian(scene, out), () -> array(jacobian(scene, out)));
        }
    }
}
