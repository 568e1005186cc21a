package dev.fluxion.golden;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.gradSecond;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.linearTranspose;
import static dev.fluxion.Fluxion.linearize;
import static dev.fluxion.Fluxion.stopGradient;
import static dev.fluxion.Fluxion.valueAndGradWithAux;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.clip;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.log1p;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.Jvp;
import dev.fluxion.ir.DType;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Facts about transforms: arguments, batches, stopped gradients, rules of the user's own. */
final class SemanticFacts {
    private SemanticFacts() {}

    static Object of(String name) {
        return switch (name) {
            case "vjp_of_vjp" -> pullbackOfPullback();
            case "vmap_of_vjp_basis" ->
                vmap((NDArray ct) -> vjp(SemanticFacts::products, array(1, 2, 3))
                                .pullback()
                                .apply(ct))
                        .apply(Numpy.eye(2));
            case "linearize" ->
                linearize((NDArray x) -> sin(x).times(x.get(0)), array(0.3, 0.8))
                        .jvp()
                        .apply(array(1, 2));
            case "linear_transpose" ->
                linearTranspose(
                                (NDArray x) -> stack(
                                        x.get(0).plus(x.get(1).times(2)),
                                        x.get(1).times(3)),
                                array(0, 0))
                        .apply(array(5, 7));
            case "grad_argnums" -> gradFirstAndThird();
            case "grad_unused_arg" ->
                gradSecond((NDArray a, NDArray b) -> sum(a)).apply(array(1, 2), array(3, 4));
            case "grad_constant_function" -> slope(1, x -> scalar(3.0));
            case "grad_identity" -> slope(2, x -> x);
            case "grad_fanout" -> slope(2, x -> x.times(x).times(x).plus(x));
            case "value_and_grad_aux" -> withAux();
            case "vmap_in_axes_dict" -> batchedMap();
            case "vmap_out_axes" ->
                vmap((NDArray x) -> stack(x, x.times(2)), inAxes(0), 1).apply(array(1, 2, 3));
            case "vmap_unbatched_output" -> vmap((NDArray x) -> scalar(5.0)).apply(array(1, 2, 3));
            case "vmap_negative_axis" ->
                vmap((NDArray x) -> sum(x), inAxes(-1)).apply(arange(6.0).reshape(2, 3));
            case "vmap_of_vmap_matmul" -> nestedProduct();
            case "per_example_grads" ->
                vmap(grad((NDArray w, NDArray x) -> tanh(w.dot(x))), inAxes(NONE, 0))
                        .apply(array(0.5, -0.3), array(new double[][] {{1, 2}, {0.5, -1}, {2, 0.1}}));
            case "jit_trace_count" -> traceCount();
            case "stop_gradient" -> slope(3, x -> x.times(stopGradient(x)));
            case "checkpoint_grad" -> slope(0.7, checkpoint((NDArray x) -> sin(sin(x))));
            case "stop_gradient_hess" -> second(2, x -> x.pow(3).times(stopGradient(x)));
            case "straight_through" -> {
                Function1<NDArray, NDArray> f =
                        x -> x.plus(stopGradient(Numpy.round(x).minus(x)));
                yield Tuple.of(f.apply(scalar(2.3)), slope(2.3, f));
            }
            case "stop_gradient_jvp" -> both(jvp((NDArray x) -> stopGradient(x).times(x), scalar(2.0), scalar(1.0)));
            case "magic_box_score" ->
                slope(0.4, p -> {
                    NDArray logp = p.minus(1).pow(2).unaryMinus();
                    return exp(logp.minus(stopGradient(logp))).times(5);
                });
            case "cjvp_log1pexp" -> {
                Function1<NDArray, NDArray> f = softplus();
                yield stack(f.apply(scalar(3.0)), slope(3, f), second(3, f), slope(100, f));
            }
            case "cjvp_vmap_jit" -> jit(vmap(grad(softplus()))).apply(array(0, 1, 100));
            case "cjvp_rule_is_used" -> {
                Function1<NDArray, NDArray> f = sevenfold();
                yield stack(
                        slope(2, f),
                        second(2, f),
                        jvp(f, scalar(2.0), scalar(1.0)).tangent(),
                        slope(2, jit(f)),
                        vmap(grad(f)).apply(array(1, 2)).get(1));
            }
            case "cjvp_in_scan" -> {
                Function1<NDArray, NDArray> f = sevenfold();
                yield slope(
                        1.1,
                        x -> Lax.scan((NDArray c) -> Tuple.of(f.apply(c), null), x, 3)
                                .carry());
            }
            case "cvjp_clip_gradient" -> {
                Function1<NDArray, NDArray> f = x -> clipped(sin(x)).times(5);
                NDArray slopes = vmap(grad((NDArray x) -> sin(clipped(x)))).apply(array(0, 1, 2, 3));
                yield Tuple.of(slope(0.3, f), slopes);
            }
            case "cvjp_rule_is_used" -> {
                Function2<NDArray, NDArray, NDArray> f = scaledRule();
                yield Tuple.of(
                        grad(f).apply(scalar(0.4), scalar(2.0)), gradSecond(f).apply(scalar(0.4), scalar(2.0)));
            }
            case "cvjp_second_order" -> grad(grad(scaledRule())).apply(scalar(0.4), scalar(2.0));
            case "cvjp_fixed_point_sqrt" -> {
                Function1<NDArray, NDArray> f =
                        fixedPoint(1.5, (a, x) -> x.plus(a.div(x)).div(2), (a, x) -> Numpy.reciprocal(x.times(2)));
                yield Tuple.of(f.apply(scalar(2.0)), slope(2, f));
            }
            case "cvjp_fixed_point_cos" -> {
                Function1<NDArray, NDArray> f = fixedPoint(0.8, (a, x) -> cos(a.times(x)), (a, x) -> {
                    NDArray s = sin(a.times(x));
                    return x.times(s).unaryMinus().div(a.times(s).plus(1));
                });
                yield Tuple.of(f.apply(scalar(0.8)), slope(0.8, f));
            }
            case "cvjp_nondiff_and_none" -> withoutCotangent();
            case "cjvp_symbolic_zero_args" -> partialRule();
            case "closure_in_custom_vjp_fn" ->
                slope(0.1, x -> x.astype(DType.FLOAT32).astype(DType.FLOAT64).times(2));
            case "vjp_int_output_float0" ->
                jvp((NDArray x) -> Numpy.floor(x).astype(DType.INT64), scalar(2.7), scalar(1.0))
                        .primal();
            case "grad_through_int_index" ->
                grad((NDArray x) -> x.get(x.argmax()).pow(2)).apply(array(1, 3, 2));
            case "grad_of_dynamic_update_alias" ->
                grad((NDArray x) -> sum(x.times(Numpy.concatenate(array(5.0), x.slice(0, 1, 2)))))
                        .apply(array(2, 3));
            default -> null;
        };
    }

    static NDArray slope(double at, Function1<NDArray, NDArray> f) {
        return grad(f).apply(scalar(at));
    }

    static NDArray second(double at, Function1<NDArray, NDArray> f) {
        return grad(grad(f)).apply(scalar(at));
    }

    private static NDArray products(NDArray x) {
        return stack(x.get(0).times(x.get(1)), x.get(1).times(x.get(2)));
    }

    private static Object both(Jvp<NDArray> r) {
        return Tuple.of(r.primal(), r.tangent());
    }

    private static Object pullbackOfPullback() {
        Function2<NDArray, NDArray, NDArray> pulled =
                (x, c) -> vjp((NDArray y) -> sin(y), x).pullback().apply(c);
        return vjp(pulled, scalar(0.5), scalar(2.0)).pullback().apply(scalar(3.0));
    }

    private static Object gradFirstAndThird() {
        Function1<Tuple2<NDArray, NDArray>, NDArray> f =
                p -> p._1.times(scalar(3.0)).times(p._2);
        return grad(f).apply(Tuple.of(scalar(2.0), scalar(5.0)));
    }

    private static Object withAux() {
        Function1<NDArray, Tuple2<NDArray, Map<String, NDArray>>> f = x -> Tuple.of(x.pow(2), Map.of("aux", x.plus(1)));
        var all = valueAndGradWithAux(f).apply(scalar(3.0));
        return List.of(all.value(), all.aux(), all.gradient());
    }

    private static Object batchedMap() {
        NDArray a = arange(6.0).reshape(2, 3);
        NDArray b = arange(6.0).reshape(3, 2);
        Function1<Map<String, NDArray>, NDArray> f = x -> sum(x.get("a").times(x.get("b")));
        return vmap(f, inAxes(Map.of("a", 0, "b", 1))).apply(Map.of("a", a, "b", b));
    }

    private static Object nestedProduct() {
        Function2<NDArray, NDArray, NDArray> rows = vmap((NDArray x, NDArray y) -> x.dot(y), inAxes(0, NONE));
        return vmap(rows, inAxes(NONE, 1))
                .apply(arange(6.0).reshape(2, 3), arange(12.0).reshape(3, 4));
    }

    private static Object traceCount() {
        AtomicInteger traces = new AtomicInteger();
        Function1<NDArray, NDArray> f = jit((NDArray x) -> {
            traces.incrementAndGet();
            return x.times(2);
        });
        for (int n : new int[] {2, 2, 3, 2}) {
            f.apply(Numpy.ones(n));
        }
        return scalar((long) traces.get());
    }

    private static Function1<NDArray, NDArray> softplus() {
        Function1<NDArray, NDArray> f = x -> log1p(exp(x));
        return customJvp(f)
                .defjvp((x, t) -> new Jvp<>(
                        f.apply(x),
                        t.times(Numpy.reciprocal(exp(x).plus(1)).unaryMinus().plus(1))));
    }

    /** The square with a rule that is wrong on purpose. */
    private static Function1<NDArray, NDArray> sevenfold() {
        return customJvp((NDArray x) -> x.times(x))
                .defjvp((x, t) -> new Jvp<>(x.times(x), x.times(7).times(t)));
    }

    private static NDArray clipped(NDArray x) {
        return customVjp((NDArray y) -> y)
                .defvjp((NDArray y) -> Tuple.of(y, List.<NDArray>of()), (none, ct) -> clip(ct, -0.75, 0.75))
                .apply(x);
    }

    private static Function2<NDArray, NDArray, NDArray> scaledRule() {
        return customVjp((NDArray x, NDArray y) -> sin(x).times(y))
                .defvjp(
                        (x, y) -> Tuple.of(sin(x).times(y), Tuple.of(x, y)),
                        (saved, c) -> Tuple.of(
                                cos(saved._1).times(saved._2).times(c).times(10),
                                sin(saved._1).times(c).times(100)));
    }

    /** Iterates {@code x = step(a, x)}; the derivative is that of the fixed point. */
    private static Function1<NDArray, NDArray> fixedPoint(
            double start, Function2<NDArray, NDArray, NDArray> step, Function2<NDArray, NDArray, NDArray> derivative) {
        Function1<NDArray, NDArray> solve = a -> Lax.whileLoop(
                x -> Numpy.abs(step.apply(a, x).minus(x)).gt(1e-13), x -> step.apply(a, x), scalar(start));
        return customVjp(solve)
                .defvjp(
                        a -> {
                            NDArray x = solve.apply(a);
                            return Tuple.of(x, Tuple.of(a, x));
                        },
                        (saved, ct) -> ct.times(derivative.apply(saved._1, saved._2)));
    }

    private static Object withoutCotangent() {
        Function2<NDArray, NDArray, NDArray> f = customVjp((NDArray x, NDArray low) -> x)
                .defvjp((x, low) -> Tuple.of(x, low), (low, ct) -> Tuple.of(Numpy.maximum(ct, low), null));
        return gradSecond(f).apply(scalar(0.3), scalar(-0.75));
    }

    private static Object partialRule() {
        Function2<NDArray, NDArray, NDArray> f = customJvp((NDArray x, NDArray y) -> x.times(y))
                .defjvp((p, t) ->
                        new Jvp<>(p._1.times(p._2), t._2.times(p._1).times(100).plus(t._1.times(p._2))));
        return gradSecond(f).apply(scalar(2.0), scalar(3.0));
    }
}
