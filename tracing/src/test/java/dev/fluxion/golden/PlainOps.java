package dev.fluxion.golden;

import static dev.fluxion.golden.GoldenOp.one;
import static dev.fluxion.golden.GoldenOp.three;
import static dev.fluxion.golden.GoldenOp.two;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.concatenate;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.roll;
import static dev.fluxion.numpy.Numpy.zeros;

import dev.fluxion.numpy.NDArray;
import java.util.List;

/** What plain array operations give of the files about linear algebra and Fourier transforms. */
final class PlainOps {
    private PlainOps() {}

    static GoldenOp of(GoldenCase c) {
        return switch (c.name()) {
            case "matrix_power" -> one(a -> matmul(a, matmul(a, a)));
            case "multi_dot" -> three((a, b, d) -> matmul(matmul(a, b), d));
            case "block_diag" -> two(PlainOps::blockDiagonal);
            case "fftshift" -> one(x -> roll(x, x.size() / 2));
            case "fftfreq" ->
                one(x -> array(0, 1, 2, 3, -3, -2, -1).div(7 * 0.5).times(x));
            default -> null;
        };
    }

    private static NDArray blockDiagonal(NDArray a, NDArray b) {
        int rows = a.shape().dim(0);
        int columns = a.shape().dim(1);
        NDArray right = zeros(rows, b.shape().dim(1));
        NDArray left = zeros(b.shape().dim(0), columns);
        return concatenate(List.of(concatenate(List.of(a, right), 1), concatenate(List.of(left, b), 1)), 0);
    }
}
