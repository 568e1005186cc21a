package dev.fluxion.golden;

import static dev.fluxion.golden.GoldenOp.many;
import static dev.fluxion.golden.GoldenOp.one;
import static dev.fluxion.golden.GoldenOp.three;
import static dev.fluxion.golden.GoldenOp.two;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.numpy.PadMode;
import io.vavr.collection.Array;
import java.util.List;

final class ShapeOps {
    private static final int[][] WIDTHS = {{1, 2}, {2, 1}};

    private ShapeOps() {}

    static GoldenOp of(GoldenCase c) {
        return switch (c.name()) {
            case "reshape" -> one(x -> x.reshape(3, 4));
            case "reshape_minus1" -> one(x -> x.reshape(2, -1));
            case "ravel" -> one(Numpy::ravel);
            case "transpose_all" -> one(x -> x.transpose());
            case "transpose_perm" -> one(x -> x.transpose(1, 2, 0));
            case "swapaxes" -> one(x -> Numpy.swapaxes(x, 0, 2));
            case "moveaxis" -> one(x -> Numpy.moveaxis(x, 0, -1));
            case "squeeze" -> one(x -> Numpy.squeeze(x, 1));
            case "expand_dims" -> one(x -> Numpy.expandDims(x, 1));
            case "broadcast_to" -> one(x -> Numpy.broadcastTo(x, 2, 3, 4));
            case "broadcast_in_dim", "broadcast_in_dim_expand1" ->
                one(x -> Lax.broadcastInDim(x, Shape.of(2, 3, 4), Ints.of(0, 2)));
            case "implicit_broadcast_add" -> two((x, y) -> x.plus(y));
            case "implicit_broadcast_mul_scalar", "vmap_rank_promotion" -> two((x, y) -> x.times(y));
            case "concatenate_0", "concatenate_vmap_one" -> two((a, b) -> Numpy.concatenate(a, b));
            case "concatenate_1_three" -> two((a, b) -> Numpy.concatenate(List.of(a, b, a), 1));
            case "stack" -> two((a, b) -> Numpy.stack(List.of(a, b), 1));
            case "hstack_vstack" -> three((a, b, d) -> Numpy.vstack(Numpy.hstack(a, b), d));
            case "split" -> many(x -> Numpy.split(x, new int[] {1, 3}, 1));
            case "tile" -> one(x -> Numpy.tile(x, 2, 3));
            case "repeat" -> one(x -> Numpy.repeat(x, 3, 0));
            case "flip" -> one(x -> Numpy.flip(x, 1));
            case "rev" -> one(x -> Lax.rev(x, Ints.of(0, 1)));
            case "roll" -> one(x -> Numpy.roll(x, 2, 1));
            case "rot90" -> one(x -> Numpy.rot90(x));
            case "pad_edge", "pad_interior", "pad_negative", "pad_negative_interior", "pad_neg_both", "pad_mixed3d" ->
                laxPad(c);
            case "jnp_pad_edge" -> one(x -> Numpy.pad(x, WIDTHS, PadMode.EDGE));
            case "jnp_pad_reflect" -> one(x -> Numpy.pad(x, WIDTHS, PadMode.REFLECT));
            case "jnp_pad_wrap" -> one(x -> Numpy.pad(x, WIDTHS, PadMode.WRAP));
            case "jnp_pad_symmetric" -> one(x -> Numpy.pad(x, WIDTHS, PadMode.SYMMETRIC));
            case "tril" -> one(x -> Numpy.tril(x, -1));
            case "triu" -> one(x -> Numpy.triu(x, 1));
            case "diag_make" -> one(v -> Numpy.diag(v, 1));
            case "diag_extract" -> one(x -> Numpy.diag(x));
            case "diagonal_offset" -> one(x -> Numpy.diagonal(x, -1, 0, 1));
            case "meshgrid" -> in -> Array.ofAll(Numpy.meshgrid(in.get(0), in.get(1)));
            case "where", "where_broadcast" -> three((p, x, y) -> Numpy.where(p, x, y));
            case "select_n_int" -> in -> Array.of(Lax.selectN(in.get(0), in.get(1), in.get(2), in.get(3)));
            case "vander" -> one(x -> Numpy.vander(x, 4));
            case "polyval" -> two(Numpy::polyval);
            case "gradient" -> one(x -> Numpy.gradient(x));
            case "real_cast_int" -> one(x -> x.astype(DType.INT64));
            case "one_hot" -> one(i -> Nn.oneHot(i, 4));
            case "convert_f32" -> one(x -> x.astype(DType.FLOAT32));
            case "clip_array" -> one(x -> x.clip(-1, 1));
            case "iota_linspace" -> one(x -> x.times(Numpy.arange(4.0)).plus(Numpy.linspace(0, 1, 4)));
            case "linspace_traced" -> two((a, b) -> Numpy.linspace(a, b, 5));
            default -> null;
        };
    }

    private static GoldenOp laxPad(GoldenCase c) {
        Array<int[]> config = Array.ofAll(c.params().get("padding_config")).map(GoldenValue::ints);
        Ints low = Ints.of(config.toJavaStream().mapToInt(p -> p[0]));
        Ints high = Ints.of(config.toJavaStream().mapToInt(p -> p[1]));
        Ints interior = Ints.of(config.toJavaStream().mapToInt(p -> p[2]));
        return two((x, v) -> Lax.pad(x, v, low, high, interior));
    }
}
