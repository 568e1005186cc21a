package dev.fluxion.golden;

import static dev.fluxion.golden.GoldenOp.one;
import static dev.fluxion.golden.GoldenOp.three;
import static dev.fluxion.golden.GoldenOp.two;
import static dev.fluxion.lax.Lax.associativeScan;
import static dev.fluxion.lax.Lax.cond;
import static dev.fluxion.lax.Lax.dynamicSlice;
import static dev.fluxion.lax.Lax.dynamicUpdateSlice;
import static dev.fluxion.lax.Lax.foriLoop;
import static dev.fluxion.lax.Lax.map;
import static dev.fluxion.lax.Lax.scan;
import static dev.fluxion.lax.Lax.scanCheckpointed;
import static dev.fluxion.lax.Lax.switchCase;
import static dev.fluxion.lax.Lax.whileLoop;
import static dev.fluxion.numpy.Numpy.abs;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.expandDims;
import static dev.fluxion.numpy.Numpy.floorDivide;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;
import static dev.fluxion.numpy.Numpy.where;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Scan;
import dev.fluxion.lax.ScanOptions;
import dev.fluxion.lax.Segments;
import dev.fluxion.numpy.NDArray;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.List;

/** Branches and loops. */
final class ControlOps {
    private ControlOps() {}

    static GoldenOp of(GoldenCase c) {
        GoldenOp branch = branch(c.name());
        GoldenOp loop = branch != null ? branch : loop(c.name());
        GoldenOp solver = loop != null ? loop : solver(c.name());
        return solver != null ? solver : scans(c.name());
    }

    private static GoldenOp branch(String name) {
        return switch (name) {
            case "cond_true", "cond_false", "cond_vmap_pred" ->
                two((p, x) -> cond(p, v -> sin(v).times(2), v -> v.times(v), x));
            case "cond_pred_from_data" ->
                one(x -> cond(x.gt(0), v -> log(v), v -> square(v).unaryMinus(), x));
            case "cond_closure" -> three((s, a, b) -> cond(s.gt(0), () -> a.times(b), () -> a.div(b)));
            case "cond_pytree" ->
                in -> pair(cond(
                        in.get(0),
                        (a, b) -> Tuple.of(b, a),
                        (a, b) -> Tuple.of(a.plus(b), a.minus(b)),
                        in.get(1),
                        in.get(2)));
            case "switch" -> two((i, x) -> switchCase(i, List.of(v -> v, v -> square(v), v -> sin(v)), x));
            case "select_and_where_grad" -> one(x -> where(x.gt(0), sqrt(where(x.gt(0), x, 1)), 0));
            case "cond_of_scan" ->
                two((p, all) -> cond(
                        p.gt(0),
                        xs -> scan((c, x) -> step(c.plus(x)), scalar(0.0), xs).carry(),
                        xs -> scan((c, x) -> step(c.times(x)), scalar(1.0), xs).carry(),
                        all));
            default -> null;
        };
    }

    private static GoldenOp loop(String name) {
        return switch (name) {
            case "while_newton_sqrt" ->
                one(a -> whileLoop(
                        y -> abs(y.times(y).minus(a)).gt(a.times(1e-12)),
                        y -> y.plus(a.div(y)).div(2),
                        a));
            case "while_collatz_count" ->
                one(n -> whileLoop(s -> s._1.gt(1), s -> Tuple.of(collatz(s._1), s._2.plus(1)), Tuple.of(n, zero(n)))
                        ._2);
            case "while_double_until" ->
                in -> pair(whileLoop(
                        s -> s._2.lt(100),
                        s -> Tuple.of(s._1.plus(1), s._2.times(1.5)),
                        Tuple.of(scalar(0L), in.get(0))));
            case "while_zero_trips" -> one(x -> whileLoop(y -> y.lt(0), y -> y.times(y), x));
            case "while_vmap_cond_closure" ->
                two((x, lim) -> whileLoop(y -> y.lt(lim), y -> y.times(2).plus(1), x));
            case "fori_static_power" -> one(x -> foriLoop(0, 5, (i, y) -> y.times(x), scalar(1.0)));
            case "fori_uses_index" ->
                one(x -> foriLoop(0, 4, (i, y) -> y.times(x).plus(real(i)), x));
            case "fori_dynamic_trip" -> two((x, n) -> foriLoop(scalar(0L), n, (i, y) -> sin(y).plus(x), x));
            case "fori_gather" ->
                one(x -> foriLoop(0, 4, (i, s) -> s.plus(square(x.get(i)).times(real(i))), scalar(0.0)));
            case "fori_in_place_update" ->
                one(x -> foriLoop(
                        1,
                        5,
                        (i, a) -> dynamicUpdateSlice(
                                a, expandDims(a.get(i.minus(1)).times(a.get(i)), 0), Array.of(i)),
                        x));
            default -> null;
        };
    }

    private static GoldenOp solver(String name) {
        return switch (name) {
            case "custom_root_sqrt" -> one(SolverOps::squareRoot);
            case "custom_linear_solve_sym" -> two(SolverOps::symmetric);
            default -> null;
        };
    }

    private static GoldenOp scans(String name) {
        return switch (name) {
            case "scan_cumsum", "scan_length_zero" ->
                in -> results(scan((c, x) -> both(c.plus(x)), in.get(0), in.get(1)));
            case "scan_ema", "scan_vmap_xs_only", "scan_vmap_init_only" ->
                in -> {
                    NDArray a = in.get(0);
                    return results(scan(
                            (m, x) -> Tuple.of(
                                    a.times(m).plus(a.unaryMinus().plus(1).times(x)), m.times(x)),
                            in.get(1),
                            in.get(2)));
                };
            case "scan_reverse" ->
                in -> results(scan(
                        (c, x) -> Tuple.of(c.times(0.5).plus(x), c),
                        in.get(0),
                        in.get(1),
                        ScanOptions.DEFAULT.withReverse(true)));
            case "scan_no_xs" -> in -> results(scan(c -> Tuple.of(sin(c).times(in.get(1)), c), in.get(0), 4));
            case "scan_linear_recurrence" ->
                in -> results(scan(
                        (h, x) -> both(tanh(
                                matmul(in.get(0), h).plus(matmul(in.get(1), x)).plus(in.get(2)))),
                        in.get(3),
                        in.get(4)));
            case "scan_nested" -> in -> results(scan(ControlOps::overColumns, in.get(0), in.get(1)));
            case "scan_of_cond" ->
                in -> results(scan(
                        (c, x) -> Tuple.of(cond(x.gt(0), () -> c.plus(x), () -> c.times(x)), c), in.get(0), in.get(1)));
            case "scan_pytree_carry" ->
                two((p, v) -> scan(ControlOps::oscillate, Tuple.of(p, v), 6).ys());
            case "scan_int_counter" ->
                one(x -> scan(
                                s -> Tuple.of(Tuple.of(s._1.plus(1), s._2.times(real(s._1))), null),
                                Tuple.of(scalar(1), x),
                                4)
                        .carry()
                        ._2);
            case "while_in_scan" ->
                in -> results(scan(
                        (c, x) -> Tuple.of(
                                c.plus(x),
                                foriLoop(0, 6, (i, y) -> y.plus(x.div(y)).div(2), x)),
                        scalar(0.0),
                        in.get(0)));
            case "scan_dynamic_slice_body" ->
                in -> results(scan(
                        (c, i) -> Tuple.of(c.plus(square(sum(dynamicSlice(in.get(0), Array.of(i), Shape.of(2))))), c),
                        scalar(0.0),
                        arange(4)));
            case "scan_checkpoint_body" ->
                in -> results(scanCheckpointed(
                        (c, x) -> Tuple.of(c.plus(sin(c.times(x))), c),
                        in.get(0),
                        in.get(1),
                        ScanOptions.DEFAULT,
                        Segments.EVERY_STEP));
            case "map" -> one(xs -> map(x -> x.times(sum(x)), xs));
            case "associative_scan_matmul" -> one(a -> associativeScan((x, y) -> matmul(x, y), a));
            case "associative_scan_reverse" -> one(a -> associativeScan((x, y) -> x.times(y), a, true, 0));
            default -> null;
        };
    }

    private static Tuple2<Tuple2<NDArray, NDArray>, NDArray> oscillate(Tuple2<NDArray, NDArray> s) {
        NDArray v = s._2.minus(s._1.times(0.1));
        return Tuple.of(Tuple.of(s._1.plus(v.times(0.1)), v), s._1.plus(v));
    }

    private static Tuple2<NDArray, NDArray> overColumns(NDArray c, NDArray row) {
        Scan<NDArray, NDArray> columns = scan((d, x) -> Tuple.of(sin(d).plus(x), d.times(x)), c, row);
        return Tuple.of(columns.carry(), sum(columns.ys()));
    }

    private static NDArray collatz(NDArray n) {
        return where(n.rem(2).eq(0), floorDivide(n, 2), n.times(3).plus(1));
    }

    private static NDArray zero(NDArray like) {
        return scalar(0).astype(like.dtype());
    }

    private static NDArray real(NDArray i) {
        return i.astype(DType.FLOAT64);
    }

    private static Tuple2<NDArray, NDArray> both(NDArray c) {
        return Tuple.of(c, c);
    }

    private static Tuple2<NDArray, NDArray> step(NDArray c) {
        return Tuple.of(c, null);
    }

    private static Array<NDArray> pair(Tuple2<NDArray, NDArray> results) {
        return Array.of(results._1, results._2);
    }

    private static Array<NDArray> results(Scan<NDArray, NDArray> scan) {
        return Array.of(scan.carry(), scan.ys());
    }
}
