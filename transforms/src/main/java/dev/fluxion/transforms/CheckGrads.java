package dev.fluxion.transforms;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.SplittableRandom;

/**
 * Derivatives against central differences {@code (f(x + h t) - f(x - h t)) / 2h} in random directions t, forward and
 * reverse, order by order.
 */
public final class CheckGrads {
    private static final double STEP_F64 = 1e-4;
    private static final double STEP_F32 = 1e-2;
    private static final double TOLERANCE_F64 = 1e-5;
    private static final double TOLERANCE_F32 = 2e-2;

    private final SplittableRandom random = new SplittableRandom(0x5EED);

    private CheckGrads() {}

    /** @throws FluxionException when a derivative disagrees (FX0408) */
    public static void check(TreeFunction f, Array<?> at, int order) {
        Flat flat = Tree.flatten(at);
        if (flat.leaves().exists(leaf -> !leaf.dtype().isFloating())) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.NON_FLOAT_GRAD, "checkGrads of " + f.label() + ": an argument is not floating")
                    .detail("leaves are " + flat.leaves().map(NDArray::type).mkString(", "))
                    .hint("close over integer arguments instead"));
        }
        Function1<Array<NDArray>, Array<NDArray>> leaves =
                in -> Tree.flatten(f.apply(flat.treeDef().unflatten(in))).leaves();
        new CheckGrads().check(f.label(), leaves, flat.leaves(), order, 1);
    }

    private void check(
            String name, Function1<Array<NDArray>, Array<NDArray>> f, Array<NDArray> at, int order, int level) {
        TreeFunction function = TreeFunction.internal(name, args -> f.apply(leavesOf(args.get(0))));
        Array<NDArray> tangents = at.map(this::randomLike);
        Array<NDArray> numeric = differences(f, at, tangents);
        Array<NDArray> forward = leavesOf(Differentiation.jvp(function, Array.of(at), Array.of(tangents))._2);
        compare(name, "forward", level, forward, numeric);
        Differentiation.Pending pending = Differentiation.vjp(function, Array.of(at));
        Array<NDArray> cotangents = leavesOf(pending.primal()).map(this::randomLike);
        Array<NDArray> pulled = leavesOf(pending.map().apply(cotangents));
        compare(name, "reverse", level, Array.of(inner(pulled, tangents)), Array.of(inner(cotangents, numeric)));
        if (level < order) {
            check(
                    "jvp of " + name,
                    x -> leavesOf(Differentiation.jvp(function, Array.of(x), Array.of(tangents))._2),
                    at,
                    order,
                    level + 1);
            check(
                    "vjp of " + name,
                    x -> leavesOf(
                            Differentiation.vjp(function, Array.of(x)).map().apply(cotangents)),
                    at,
                    order,
                    level + 1);
        }
    }

    private static Array<NDArray> differences(
            Function1<Array<NDArray>, Array<NDArray>> f, Array<NDArray> at, Array<NDArray> tangents) {
        double h = isDouble(at) ? STEP_F64 : STEP_F32;
        Array<NDArray> above = f.apply(at.zipWith(tangents, (x, t) -> x.plus(t.times(h))));
        Array<NDArray> below = f.apply(at.zipWith(tangents, (x, t) -> x.minus(t.times(h))));
        return above.zipWith(
                below, (a, b) -> a.dtype().isFloating() ? a.minus(b).div(2 * h) : Scalars.zeros(a.type()));
    }

    private static void compare(
            String name, String mode, int level, Array<NDArray> derivative, Array<NDArray> numeric) {
        for (int i = 0; i < derivative.size(); i++) {
            if (!derivative.get(i).dtype().isFloating()) {
                continue;
            }
            double tolerance = isDouble(derivative) ? TOLERANCE_F64 : TOLERANCE_F32;
            double[] d =
                    Lax.convertElementType(derivative.get(i), DType.FLOAT64).toDoubleArray();
            double[] n = Lax.convertElementType(numeric.get(i), DType.FLOAT64).toDoubleArray();
            for (int k = 0; k < d.length; k++) {
                if (!(Math.abs(d[k] - n[k]) <= tolerance * (1 + Math.abs(n[k])))) {
                    throw Tracing.located(FluxionException.of(
                                    ErrorCode.GRADS_DISAGREE,
                                    "checkGrads: the " + mode + " derivative of " + name
                                            + " disagrees with central differences")
                            .detail("order " + level + ", result " + i + ", element " + k)
                            .detail("derivative " + d[k])
                            .detail("difference " + n[k])
                            .hint("check custom rules, and that the point is not at a kink"));
                }
            }
        }
    }

    private static boolean isDouble(Array<NDArray> arrays) {
        return arrays.forAll(a -> a.dtype() != DType.FLOAT32);
    }

    private static NDArray inner(Array<NDArray> a, Array<NDArray> b) {
        return a.zip(b)
                .filter(p -> p._1.dtype().isFloating())
                .map(p -> p._1.times(p._2).sum())
                .fold(Numpy.scalar(0.0), NDArray::plus);
    }

    private NDArray randomLike(NDArray x) {
        double[] values = new double[x.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble(-1, 1);
        }
        return Lax.convertElementType(Lax.reshape(Numpy.array(values), x.shape()), x.dtype());
    }

    private static Array<NDArray> leavesOf(Object tree) {
        return Tree.flatten(tree).leaves();
    }
}
