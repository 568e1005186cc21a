package dev.fluxion.benchmarks.adbench;

import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.onesLike;
import static dev.fluxion.numpy.Numpy.ravel;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.swapaxes;
import static dev.fluxion.numpy.Numpy.transpose;

import dev.fluxion.benchmarks.workloads.Figures;
import dev.fluxion.benchmarks.workloads.Workload;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function3;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * HAND: how far the points of a scan are from a posed hand, and the Jacobian of that in the 26 pose parameters; in the
 * complicated problem also in two coordinates of each point within a triangle.
 *
 * <p>The correspondences are data, so only the vertices that correspond to a point are computed.
 */
public final class HandTracking implements Workload {
    private static final List<String> FILES = List.of("hand1_t26_c100", "hand4_t26_c400");
    private static final int PARAMETERS = 26;

    private final Path data;
    private final HandModel model;
    private final NDArray first;
    private final NDArray relative;

    public HandTracking(Path data) {
        this.data = data;
        this.model = HandModel.read(data.resolve("hand/model"));
        double[][] start = new double[Pose.FINGERS][];
        double[][] joints = new double[Pose.FINGERS * Pose.JOINTS][];
        for (int finger = 0; finger < Pose.FINGERS; finger++) {
            int bone = Pose.firstBone(finger);
            start[finger] = model.absolute(bone);
            for (int joint = 0; joint < Pose.JOINTS; joint++) {
                joints[finger * Pose.JOINTS + joint] = model.relative()[bone + 1 + joint];
            }
        }
        this.first = reshape(array(start), Pose.FINGERS, 4, 4);
        this.relative = reshape(array(joints), Pose.FINGERS, Pose.JOINTS, 4, 4);
    }

    /**
     * The hand and the points it should meet.
     *
     * @param points [3, n]
     * @param first [5, 4, 4]; relative [5, 3, 4, 4]; both as {@link Pose#finger} takes them
     */
    private record Hand(NDArray points, NDArray first, NDArray relative) {
        NDArray residuals(NDArray theta, Skin skin) {
            NDArray bones = vmap(Pose::finger).apply(Pose.angles(theta), first, relative);
            return points.minus(Pose.placed(Pose.whole(theta), skin.places(bones)));
        }

        /**
         * Column by column: [6, 3, n] for the hand as a whole, [5, 4, 3, n] for the fingers. The bones of a finger depend on its
         * own four angles alone, and the residuals on the bones linearly.
         */
        List<NDArray> jacobian(NDArray theta, Skin skin) {
            NDArray angles = Pose.angles(theta);
            NDArray whole = Pose.whole(theta);
            NDArray places = skin.places(vmap(Pose::finger).apply(angles, first, relative));
            NDArray bones = vmap((NDArray a, NDArray f, NDArray r) ->
                            jacfwd((NDArray z) -> Pose.finger(z, f, r)).apply(a))
                    .apply(angles, first, relative);
            NDArray inWhole = jacfwd((NDArray z) -> Pose.placed(z, places)).apply(whole);
            NDArray inAngles = skin.motions(bones, Pose.turn(whole));
            return List.of(transpose(inWhole, 2, 0, 1).unaryMinus(), inAngles.unaryMinus());
        }
    }

    /** Point i belongs to {@code u a + v b + (1 - u - v) c} of the triangle a, b, c. */
    private record InTriangles(Hand hand, List<Skin> corners) {
        /**
         * A weighted mean of vertices is what the mean of their coefficients gives.
         *
         * @param u [n]; v [n]
         */
        private Skin mean(NDArray u, NDArray v) {
            NDArray w = u.plus(v).unaryMinus().plus(1.0);
            return corners.get(0)
                    .times(u)
                    .plus(corners.get(1).times(v))
                    .plus(corners.get(2).times(w));
        }

        NDArray objective(NDArray theta, NDArray u, NDArray v) {
            return hand.residuals(theta, mean(u, v));
        }

        /** Column by column: u, v, then the 26 of theta. */
        List<NDArray> jacobian(NDArray theta, NDArray u, NDArray v) {
            NDArray ones = onesLike(u);
            List<NDArray> columns = new ArrayList<>();
            columns.add(jvp((NDArray s) -> objective(theta, s, v), u, ones).tangent());
            columns.add(jvp((NDArray s) -> objective(theta, u, s), v, ones).tangent());
            columns.addAll(hand.jacobian(theta, mean(u, v)));
            return columns;
        }
    }

    @Override
    public void run(Figures figures) {
        for (String file : FILES) {
            simple(figures, new Problem(data, "hand/simple_small/" + file));
        }
        for (String file : FILES) {
            complicated(figures, new Problem(data, "hand/complicated_small/" + file));
        }
    }

    private void simple(Figures figures, Problem problem) {
        Numbers in = problem.numbers();
        Correspondences pairs = Correspondences.read(in);
        NDArray theta = in.nextVector(PARAMETERS);
        Hand hand = new Hand(pairs.points(), first, relative);
        Skin vertices = Skin.of(model, pairs.indices());
        Function1<NDArray, NDArray> objective = jit((NDArray t) -> hand.residuals(t, vertices));
        Function1<NDArray, List<NDArray>> jacobian = jit((NDArray t) -> hand.jacobian(t, vertices));
        problem.measure(
                figures,
                "hand_simple",
                () -> objective.apply(theta),
                () -> jacobian.apply(theta),
                HandTracking::pointByPoint);
    }

    private void complicated(Figures figures, Problem problem) {
        Numbers in = problem.numbers();
        Correspondences pairs = Correspondences.read(in);
        NDArray inTriangle = in.nextMatrix(pairs.indices().length, 2);
        NDArray u = ravel(inTriangle.slice(1, 0, 1));
        NDArray v = ravel(inTriangle.slice(1, 1, 2));
        NDArray theta = in.nextVector(PARAMETERS);
        List<Skin> corners = List.of(corner(pairs, 0), corner(pairs, 1), corner(pairs, 2));
        InTriangles complicated = new InTriangles(new Hand(pairs.points(), first, relative), corners);
        Function3<NDArray, NDArray, NDArray, NDArray> objective = jit(complicated::objective);
        Function3<NDArray, NDArray, NDArray, List<NDArray>> jacobian = jit(complicated::jacobian);
        problem.measure(
                figures,
                "hand_complicated",
                () -> objective.apply(theta, u, v),
                () -> jacobian.apply(theta, u, v),
                HandTracking::pointByPoint);
    }

    /** ADBench has the coordinates of a point side by side. */
    private static NDArray pointByPoint(NDArray columns) {
        return swapaxes(columns, -1, -2);
    }

    private Skin corner(Correspondences pairs, int k) {
        return Skin.of(
                model,
                Arrays.stream(pairs.indices()).map(i -> model.triangles()[i][k]).toArray());
    }

    /** The vertex or triangle of each point, and the points [3, n]. */
    private record Correspondences(int[] indices, NDArray points) {
        static Correspondences read(Numbers in) {
            int n = in.nextInt();
            in.nextInt();
            int[] indices = new int[n];
            double[][] points = new double[n][];
            for (int i = 0; i < n; i++) {
                indices[i] = in.nextInt();
                points[i] = in.next(3);
            }
            return new Correspondences(indices, array(points).transpose());
        }
    }
}
