package dev.fluxion.benchmarks.adbench;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.numpy.Numpy.concatenate;
import static dev.fluxion.numpy.Numpy.einsum;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.logsumexp;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.transpose;
import static dev.fluxion.numpy.Numpy.zeros;
import static dev.fluxion.numpy.Numpy.zerosLike;

import dev.fluxion.Vjp;
import dev.fluxion.benchmarks.workloads.Figures;
import dev.fluxion.benchmarks.workloads.Workload;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Tuple;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * GMM: the log-likelihood of a Gaussian mixture with a Wishart prior, and its gradient.
 *
 * <p>{@code |Q (x - mu)|^2} is computed as {@code |Q x - Q mu|^2}: one matrix product for all components. Points come in
 * blocks, and a block's share of the gradient is complete before the next one starts, so that nothing of size n K d exists.
 */
public final class GaussianMixture implements Workload {
    private static final List<String> FILES = List.of(
            "gmm/1k/gmm_d2_K5",
            "gmm/1k/gmm_d10_K25",
            "gmm/1k/gmm_d20_K50",
            "gmm/1k/gmm_d32_K100",
            "gmm/10k/gmm_d10_K25",
            "gmm/10k/gmm_d20_K50");

    /** Points in a block, or more when there are few components: it divides the number of points of every file. */
    private static final int BLOCK = 250;

    /** Groups of blocks whose gradients are summed up by themselves: threads share them. It divides the number of blocks. */
    private static final int GROUPS = 4;

    /** Numbers that a block may take: they stay in the second-level cache. */
    private static final int NUMBERS = 1 << 16;

    private final Path data;

    public GaussianMixture(Path data) {
        this.data = data;
    }

    /**
     * The parameters. The triangle comes in columns, so that a gradient is put together as it is taken apart.
     *
     * @param alphas [K]
     * @param means [K, d]
     * @param logDiagonals [K, d]
     * @param columns column i below the diagonal: [K, d - 1 - i]
     */
    record Mixture(NDArray alphas, NDArray means, NDArray logDiagonals, List<NDArray> columns) {
        static Mixture of(NDArray alphas, NDArray means, NDArray icf) {
            int d = means.shape().dim(1);
            List<NDArray> columns = new ArrayList<>();
            int start = d;
            for (int size = d - 1; size > 0; size--) {
                columns.add(icf.slice(1, start, start + size));
                start += size;
            }
            return new Mixture(alphas, means, icf.slice(1, 0, d), columns);
        }

        /** Alphas, means, triangles. */
        List<NDArray> leaves() {
            List<NDArray> icf = new ArrayList<>(columns);
            icf.addFirst(logDiagonals);
            return List.of(alphas, means, concatenate(icf, 1));
        }

        /** The matrices Q, column by column: [d (column), K, d (row)]. */
        NDArray matrices() {
            NDArray diagonals = exp(logDiagonals);
            int components = means.shape().dim(0);
            int d = means.shape().dim(1);
            List<NDArray> result = new ArrayList<>();
            for (int i = 0; i < d; i++) {
                List<NDArray> column = new ArrayList<>();
                if (i > 0) {
                    column.add(zeros(components, i));
                }
                column.add(diagonals.slice(1, i, i + 1));
                if (i < d - 1) {
                    column.add(columns.get(i));
                }
                result.add(concatenate(column, 1));
            }
            return stack(result);
        }

        /** What the points meet: Q, Q mu and the weights' logarithms. */
        Components components() {
            NDArray q = matrices();
            int count = means.shape().dim(0);
            int d = means.shape().dim(1);
            return new Components(
                    reshape(transpose(q, 1, 2, 0), count * d, d),
                    reshape(einsum("ikj,ki->kj", q, means), count * d, 1),
                    reshape(alphas.plus(logDiagonals.sum(1)), count, 1));
        }
    }

    /** @param q [K d, d]; centres [K d, 1]; weights [K, 1] */
    record Components(NDArray q, NDArray centres, NDArray weights) {
        /** The sum of the logarithms of the densities of the points [b, d]. */
        NDArray logDensity(NDArray points) {
            int count = weights.size();
            int b = points.shape().dim(0);
            int d = points.shape().dim(1);
            NDArray distances = square(q.matmul(points.transpose()).minus(centres));
            NDArray perComponent = reshape(distances, count, d, b).sum(1).times(-0.5);
            return logsumexp(perComponent.plus(weights), 0).sum();
        }

        Components plus(Components other) {
            return new Components(q.plus(other.q), centres.plus(other.centres), weights.plus(other.weights));
        }

        /** The sum over the first axis. */
        Components total() {
            return new Components(q.sum(0), centres.sum(0), weights.sum(0));
        }
    }

    /** The points in blocks [n / b, b, d], and the prior. */
    private record Likelihood(NDArray points, double gamma, int m, double constant) {
        static Likelihood read(Numbers in, int components, int n, int d) {
            int block = components * d * n <= NUMBERS ? n : BLOCK;
            NDArray points = reshape(in.nextMatrix(n, d), n / block, block, d);
            double gamma = in.next();
            int m = in.nextInt();
            return new Likelihood(points, gamma, m, constant(n, d, components, gamma, m));
        }

        private static double constant(int n, int d, int components, double gamma, int m) {
            int freedom = d + m + 1;
            double logGamma = 0.25 * d * (d - 1) * Math.log(Math.PI);
            for (int j = 1; j <= d; j++) {
                logGamma += Lax.lgamma(scalar(0.5 * (freedom + 1 - j))).item();
            }
            double prior = freedom * d * (Math.log(gamma) - 0.5 * Math.log(2)) - logGamma;
            return -0.5 * n * d * Math.log(2 * Math.PI) - components * prior;
        }

        private int count() {
            return points.shape().dim(0) * points.shape().dim(1);
        }

        NDArray objective(Mixture mixture) {
            Components components = mixture.components();
            NDArray densities = Lax.map(components::logDensity, points);
            return densities.sum().plus(rest(mixture));
        }

        /** What does not depend on the points. */
        private NDArray rest(Mixture mixture) {
            NDArray squares = square(mixture.matrices()).sum().times(0.5 * gamma * gamma);
            NDArray logs = mixture.logDiagonals().sum().times((double) m);
            NDArray weights = logsumexp(mixture.alphas()).times((double) count());
            return squares.minus(logs).minus(weights).plus(constant);
        }

        /** Alphas, means, triangles. */
        List<NDArray> gradient(Mixture mixture) {
            Vjp<Mixture, Components> prepared = vjp(Mixture::components, mixture);
            Components components = prepared.primal();
            Function2<Components, NDArray, Components> ofBlock = grad(Components::logDensity);
            Components start = new Components(
                    zerosLike(components.q()), zerosLike(components.centres()), zerosLike(components.weights()));
            int blocks = points.shape().dim(0);
            int groups = Math.min(GROUPS, blocks);
            NDArray grouped = reshape(
                    points,
                    groups,
                    blocks / groups,
                    points.shape().dim(1),
                    points.shape().dim(2));
            Components sums = Lax.map(
                    (NDArray group) -> Lax.<Components, NDArray, NDArray>scan(
                                    (soFar, block) -> Tuple.of(soFar.plus(ofBlock.apply(components, block)), zeros(0)),
                                    start,
                                    group)
                            .carry(),
                    grouped);
            List<NDArray> ofPoints = prepared.pullback().apply(sums.total()).leaves();
            List<NDArray> ofRest = grad(this::rest).apply(mixture).leaves();
            List<NDArray> result = new ArrayList<>();
            for (int i = 0; i < ofPoints.size(); i++) {
                result.add(ofPoints.get(i).plus(ofRest.get(i)));
            }
            return result;
        }
    }

    @Override
    public void run(Figures figures) {
        for (String file : FILES) {
            Problem problem = new Problem(data, file);
            Numbers in = problem.numbers();
            int d = in.nextInt();
            int components = in.nextInt();
            int n = in.nextInt();
            NDArray alphas = in.nextVector(components);
            NDArray means = in.nextMatrix(components, d);
            NDArray icf = in.nextMatrix(components, d * (d + 1) / 2);
            Likelihood likelihood = Likelihood.read(in, components, n, d);
            Function3<NDArray, NDArray, NDArray, NDArray> objective =
                    jit((NDArray a, NDArray mu, NDArray q) -> likelihood.objective(Mixture.of(a, mu, q)));
            Function3<NDArray, NDArray, NDArray, List<NDArray>> gradient =
                    jit((NDArray a, NDArray mu, NDArray q) -> likelihood.gradient(Mixture.of(a, mu, q)));
            String name = file.contains("/10k/") ? "gmm_10k" : "gmm";
            problem.measure(
                    figures, name, () -> objective.apply(alphas, means, icf), () -> gradient.apply(alphas, means, icf));
        }
    }
}
