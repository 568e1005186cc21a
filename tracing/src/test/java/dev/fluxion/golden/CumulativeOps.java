package dev.fluxion.golden;

import static dev.fluxion.golden.GoldenOp.one;
import static dev.fluxion.golden.GoldenOp.two;

import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.Numpy;
import io.vavr.Tuple;

final class CumulativeOps {
    private CumulativeOps() {}

    static GoldenOp of(GoldenCase c) {
        return switch (c.name()) {
            case "cumsum_axis1" -> one(x -> Lax.cumsum(x, 1, false));
            case "cumsum_axis1_reverse" -> one(x -> Lax.cumsum(x, 1, true));
            case "cumprod_axis1" -> one(x -> Lax.cumprod(x, 1, false));
            case "cumprod_axis1_reverse" -> one(x -> Lax.cumprod(x, 1, true));
            case "cummax_axis1" -> one(x -> Lax.cummax(x, 1, false));
            case "cummax_axis1_reverse" -> one(x -> Lax.cummax(x, 1, true));
            case "cummin_axis1" -> one(x -> Lax.cummin(x, 1, false));
            case "cummin_axis1_reverse" -> one(x -> Lax.cummin(x, 1, true));
            case "cumlogsumexp_axis1" -> one(x -> Lax.cumlogsumexp(x, 1, false));
            case "cumlogsumexp_axis1_reverse" -> one(x -> Lax.cumlogsumexp(x, 1, true));
            case "cumsum_axis0" -> one(x -> Numpy.cumsum(x, 0));
            case "cumsum_flat" -> one(Numpy::cumsum);
            case "cumprod_zero" -> one(Numpy::cumprod);
            case "diff" -> one(Numpy::diff);
            case "diff_n2" -> one(x -> Numpy.diff(x, 2));
            case "trapezoid" -> two(Numpy::trapezoid);
            case "associative_scan_sum" -> one(x -> Lax.associativeScan((a, b) -> a.plus(b), x));
            case "associative_scan_affine" ->
                two((a, b) -> Lax.associativeScan(
                                (f, g) -> Tuple.of(
                                        f._1.times(g._1), g._1.times(f._2).plus(g._2)),
                                Tuple.of(a, b))
                        ._2);
            default -> null;
        };
    }
}
