package dev.fluxion.golden;

import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.collection.Array;
import java.util.List;
import java.util.Optional;

/** The operation of a golden case as a function of its inputs; parameters of the case are inside. */
public interface GoldenOp {
    Array<NDArray> apply(Array<NDArray> inputs);

    /** The files of kind {@code op}. */
    Array<String> FILES = Array.of(
            "reductions",
            "cumulative_sort",
            "dot_einsum",
            "shapes",
            "nn",
            "indexing",
            "linalg",
            "fft",
            "control_flow",
            "conv_pool");

    /** The operation of a case; empty when nothing computes it yet. */
    static Optional<GoldenOp> of(GoldenCase c) {
        return Optional.ofNullable(
                switch (c.file()) {
                    case "reductions" -> ReductionOps.of(c);
                    case "cumulative_sort" -> CumulativeOps.of(c);
                    case "dot_einsum" -> DotOps.of(c);
                    case "shapes" -> ShapeOps.of(c);
                    case "nn" -> NnOps.of(c);
                    case "indexing" -> IndexingOps.of(c);
                    case "control_flow" -> ControlOps.of(c);
                    case "linalg", "fft", "conv_pool" -> PlainOps.of(c);
                    default -> throw new IllegalArgumentException("no operations for " + c.file());
                });
    }

    static GoldenOp one(Function1<NDArray, NDArray> f) {
        return in -> Array.of(f.apply(in.get(0)));
    }

    static GoldenOp two(Function2<NDArray, NDArray, NDArray> f) {
        return in -> Array.of(f.apply(in.get(0), in.get(1)));
    }

    static GoldenOp three(Function3<NDArray, NDArray, NDArray, NDArray> f) {
        return in -> Array.of(f.apply(in.get(0), in.get(1), in.get(2)));
    }

    static GoldenOp many(Function1<NDArray, List<NDArray>> f) {
        return in -> Array.ofAll(f.apply(in.get(0)));
    }
}
