package dev.fluxion.golden;

import static dev.fluxion.golden.GoldenOp.two;

import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import io.vavr.collection.Array;

final class DotOps {
    private DotOps() {}

    static GoldenOp of(GoldenCase c) {
        return switch (c.name()) {
            case "dot_general_vmap_lhs_only",
                    "dot_general_vmap_rhs_axis1",
                    "matmul_mv",
                    "matmul_vm",
                    "matmul_mm",
                    "matmul_bmm_broadcast",
                    "matmul_b_v" -> two(Numpy::matmul);
            case "dot_numpy_nd" -> two(Numpy::dot);
            case "tensordot_2" -> two((x, y) -> Numpy.tensordot(x, y, 2));
            case "tensordot_axes" -> two((x, y) -> Numpy.tensordot(x, y, new int[] {0, 2}, new int[] {2, 0}));
            case "inner" -> two(Numpy::inner);
            case "outer" -> two(Numpy::outer);
            case "kron" -> two(Numpy::kron);
            case "cross" -> two(Numpy::cross);
            default -> c.name().startsWith("einsum_") ? einsum(c) : dotGeneral(c);
        };
    }

    private static GoldenOp einsum(GoldenCase c) {
        String subscripts = c.params().get("subscripts").asText();
        return in -> Array.of(Numpy.einsum(subscripts, in.toJavaArray(NDArray[]::new)));
    }

    private static GoldenOp dotGeneral(GoldenCase c) {
        DotDimensionNumbers numbers = new DotDimensionNumbers(
                Ints.of(c.ints("lhs_contract")),
                Ints.of(c.ints("rhs_contract")),
                Ints.of(c.ints("lhs_batch")),
                Ints.of(c.ints("rhs_batch")));
        return two((x, y) -> Lax.dotGeneral(x, y, numbers));
    }
}
