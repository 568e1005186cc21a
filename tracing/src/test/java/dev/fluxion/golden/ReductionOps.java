package dev.fluxion.golden;

import static dev.fluxion.golden.GoldenOp.one;
import static dev.fluxion.golden.GoldenOp.two;

import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.Linalg;
import dev.fluxion.numpy.Numpy;

final class ReductionOps {
    private ReductionOps() {}

    static GoldenOp of(GoldenCase c) {
        return switch (c.name()) {
            case "sum_axis_None", "sum_scalar" -> one(x -> Numpy.sum(x));
            case "sum_axis_0", "sum_empty_axis" -> one(x -> Numpy.sum(x, 0));
            case "sum_axis_1" -> one(x -> Numpy.sum(x, 1));
            case "sum_axis_(0, 2)" -> one(x -> Numpy.sum(x, 0, 2));
            case "sum_axis_-1" -> one(x -> Numpy.sum(x, -1));
            case "sum_keepdims" -> one(x -> Numpy.sum(x, Numpy.axes(1).keepdims()));
            case "sum_where" -> two((x, m) -> Numpy.sum(x, Numpy.axes(0).where(m)));
            case "mean_axis_0" -> one(x -> Numpy.mean(x, 0));
            case "mean_all" -> one(x -> Numpy.mean(x));
            case "prod_all", "prod_with_zero", "prod_two_zeros" -> one(x -> Numpy.prod(x));
            case "prod_axis_1" -> one(x -> Numpy.prod(x, 1));
            case "var_axis_0" -> one(x -> Numpy.var(x, 0));
            case "var_ddof1" -> one(x -> Numpy.var(x, Numpy.axes(1), 1));
            case "std_axis_1" -> one(x -> Numpy.std(x, 1));
            case "max_all", "max_tie_2", "max_tie_3" -> one(x -> Numpy.max(x));
            case "max_axis_1" -> one(x -> Numpy.max(x, 1));
            case "min_axis_0" -> one(x -> Numpy.min(x, 0));
            case "min_tie_axis" -> one(x -> Numpy.min(x, 1));
            case "argmax_axis_1" -> one(x -> Numpy.argmax(x, 1));
            case "argmin_all" -> one(Numpy::argmin);
            case "argmax_nan" -> one(Numpy::argmax);
            case "any_axis_0" -> one(x -> Numpy.any(x, 0));
            case "all_axis_1" -> one(x -> Numpy.all(x, 1));
            case "count_nonzero" -> one(x -> Numpy.countNonzero(x.gt(0), 0));
            case "logsumexp_all", "logsumexp_neg_inf", "logsumexp_part_inf" -> one(x -> Numpy.logsumexp(x));
            case "logsumexp_axis" -> one(x -> Numpy.logsumexp(x, 1));
            case "logsumexp_weights" -> two((x, w) -> Numpy.logsumexp(x, w, Numpy.axes(0)));
            case "softmax_axis", "softmax_large" -> one(x -> Nn.softmax(x));
            case "softmax_axis0" -> one(x -> Nn.softmax(x, 0));
            case "log_softmax" -> one(x -> Nn.logSoftmax(x));
            case "norm2_vector", "norm_fro" -> one(x -> Linalg.norm(x));
            case "norm1_vector" -> one(x -> Linalg.norm(x, 1));
            case "norm_inf_vector" -> one(x -> Linalg.norm(x, Double.POSITIVE_INFINITY));
            case "norm3_vector" -> one(x -> Linalg.norm(x, 3));
            case "norm_axis" -> one(x -> Linalg.norm(x, Numpy.axes(1)));
            case "ptp" -> one(x -> Numpy.ptp(x, 0));
            case "nansum" -> one(x -> Numpy.nansum(x));
            case "average_weights" -> two((x, w) -> Numpy.average(x, w));
            case "cov" -> one(Numpy::cov);
            case "corrcoef" -> one(Numpy::corrcoef);
            case "trace" -> one(x -> Numpy.trace(x));
            case "reduce_custom" -> one(x -> Lax.reduceMax(x, Ints.of(0)));
            case "vdot" -> two(Numpy::vdot);
            default -> null;
        };
    }
}
