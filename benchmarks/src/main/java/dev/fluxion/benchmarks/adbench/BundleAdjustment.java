package dev.fluxion.benchmarks.adbench;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.tile;
import static dev.fluxion.numpy.Numpy.unstack;

import dev.fluxion.benchmarks.workloads.Figures;
import dev.fluxion.benchmarks.workloads.Workload;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * BA: the reprojection errors of a scene seen by many cameras, and the entries of their Jacobian that are not zero.
 *
 * <p>Coordinates are rows, so that one SIMD lane is one observation. Observation i is made by camera i mod n and sees point i
 * mod m. The derivatives of an observation are written for its numbers alone; {@code Lax.map} takes a block of observations
 * at a time.
 */
public final class BundleAdjustment implements Workload {
    private static final List<String> FILES = List.of(
            "ba/ba1_n49_m7776_p31843",
            "ba/ba2_n21_m11315_p36455",
            "ba/ba3_n161_m48126_p182072",
            "ba/ba5_n257_m65132_p225911");

    /** Observations that are computed together: their intermediates stay in the cache. */
    private static final int BLOCK = 512;

    private static final int CAMERA = 11;

    private final Path data;

    public BundleAdjustment(Path data) {
        this.data = data;
    }

    /** @param cameras [11, n]; points [3, m]; weights [p]; features [2, p] */
    record Scene(NDArray cameras, NDArray points, NDArray weights, NDArray features) {
        static Scene read(Numbers in) {
            int n = in.nextInt();
            int m = in.nextInt();
            int p = in.nextInt();
            double[] camera = in.next(CAMERA);
            double[] point = in.next(3);
            double[] weight = in.next(1);
            double[] feature = in.next(2);
            return new Scene(copies(camera, n), copies(point, m), reshape(copies(weight, p), p), copies(feature, p));
        }

        private static NDArray copies(double[] column, int count) {
            return tile(reshape(array(column), column.length, 1), 1, count);
        }

        /** What each observation depends on: eleven numbers of its camera, three of its point, its weight. */
        List<NDArray> variables() {
            List<NDArray> rows = new ArrayList<>(observed(cameras));
            rows.addAll(observed(points));
            rows.add(weights);
            return rows;
        }

        private List<NDArray> observed(NDArray x) {
            int count = weights.size();
            int repetitions = Math.ceilDiv(count, x.shape().dim(1));
            return unstack(Lax.sliceInDim(tile(x, 1, repetitions), 0, count, 1, 1));
        }

        NDArray weightErrors() {
            return square(weights).unaryMinus().plus(1.0);
        }
    }

    private record Vector(NDArray x, NDArray y, NDArray z) {
        NDArray dot(Vector v) {
            return x.times(v.x).plus(y.times(v.y)).plus(z.times(v.z));
        }

        Vector cross(Vector v) {
            return new Vector(
                    y.times(v.z).minus(z.times(v.y)),
                    z.times(v.x).minus(x.times(v.z)),
                    x.times(v.y).minus(y.times(v.x)));
        }

        Vector plus(Vector v) {
            return new Vector(x.plus(v.x), y.plus(v.y), z.plus(v.z));
        }

        Vector minus(Vector v) {
            return new Vector(x.minus(v.x), y.minus(v.y), z.minus(v.z));
        }

        Vector times(NDArray s) {
            return new Vector(x.times(s), y.times(s), z.times(s));
        }

        Vector div(NDArray s) {
            return new Vector(x.div(s), y.div(s), z.div(s));
        }
    }

    /** {@code w (f e (1 + k1 s + k2 s^2) + principal - feature)}, horizontally and vertically. */
    private static List<NDArray> errors(List<NDArray> v, List<NDArray> feature) {
        Vector rotation = new Vector(v.get(0), v.get(1), v.get(2));
        Vector centre = new Vector(v.get(3), v.get(4), v.get(5));
        Vector point = new Vector(v.get(CAMERA), v.get(CAMERA + 1), v.get(CAMERA + 2)).minus(centre);
        NDArray angle = sqrt(rotation.dot(rotation));
        Vector axis = rotation.div(angle);
        NDArray cos = cos(angle);
        Vector seen = point.times(cos)
                .plus(axis.cross(point).times(sin(angle)))
                .plus(axis.times(axis.dot(point).times(cos.unaryMinus().plus(1.0))));
        NDArray x = seen.x.div(seen.z);
        NDArray y = seen.y.div(seen.z);
        NDArray s = square(x).plus(square(y));
        NDArray distortion = s.times(v.get(9)).plus(1.0).plus(square(s).times(v.get(10)));
        NDArray scale = distortion.times(v.get(6));
        NDArray weight = v.get(14);
        return List.of(
                x.times(scale).plus(v.get(7)).minus(feature.get(0)).times(weight),
                y.times(scale).plus(v.get(8)).minus(feature.get(1)).times(weight));
    }

    private static Tuple2<NDArray, NDArray> objective(Scene scene) {
        return Tuple.of(stack(errors(scene.variables(), unstack(scene.features())), 1), scene.weightErrors());
    }

    /** The entries of the errors in row order, then those of the weight errors. */
    private static Tuple2<NDArray, NDArray> jacobian(Scene scene) {
        Tuple2<List<NDArray>, List<NDArray>> observations = Tuple.of(scene.variables(), unstack(scene.features()));
        NDArray blocks = Lax.map((Tuple2<List<NDArray>, List<NDArray>> o) -> rows(o._1, o._2), observations, BLOCK);
        return Tuple.of(blocks, scene.weights().times(-2.0));
    }

    private static NDArray rows(List<NDArray> variables, List<NDArray> feature) {
        List<NDArray> row = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int component = i;
            row.addAll(
                    grad((List<NDArray> v) -> errors(v, feature).get(component)).apply(variables));
        }
        return stack(row);
    }

    @Override
    public void run(Figures figures) {
        for (String file : FILES) {
            Problem problem = new Problem(data, file);
            Scene scene = Scene.read(problem.numbers());
            Function1<Scene, Tuple2<NDArray, NDArray>> objective = jit(BundleAdjustment::objective);
            Function1<Scene, Tuple2<NDArray, NDArray>> jacobian = jit(BundleAdjustment::jacobian);
            problem.measure(figures, "ba", () -> objective.apply(scene), () -> jacobian.apply(scene));
        }
    }
}
