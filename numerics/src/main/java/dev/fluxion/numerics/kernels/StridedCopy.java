package dev.fluxion.numerics.kernels;

import java.util.Arrays;

/**
 * {@code to[toOffset + sum i_d * toStride_d] = from[fromOffset + sum i_d * fromStride_d]} for every index i of a space.
 * Contiguous runs go through {@code System.arraycopy}, transposes block by block.
 */
public final class StridedCopy {
    private final int[] dims;
    private final int[] fromStrides;
    private final int[] toStrides;
    private final boolean empty;
    /** The loop whose partner is the innermost one in a transposing copy, else the one around the innermost. */
    private final int partner;

    /** All three arrays have one entry for each axis of the space. */
    public StridedCopy(int[] dims, int[] fromStrides, int[] toStrides) {
        int rank = 0;
        int[] n = new int[dims.length];
        int[] from = new int[dims.length];
        int[] to = new int[dims.length];
        boolean none = false;
        for (int d = 0; d < dims.length; d++) {
            none |= dims[d] == 0;
            if (dims[d] == 1) {
                continue;
            }
            boolean joins =
                    rank > 0 && from[rank - 1] == fromStrides[d] * dims[d] && to[rank - 1] == toStrides[d] * dims[d];
            if (joins) {
                rank--;
                n[rank] *= dims[d];
            } else {
                n[rank] = dims[d];
            }
            from[rank] = fromStrides[d];
            to[rank] = toStrides[d];
            rank++;
        }
        this.dims = Arrays.copyOf(n, rank);
        this.fromStrides = Arrays.copyOf(from, rank);
        this.toStrides = Arrays.copyOf(to, rank);
        this.empty = none;
        this.partner = partner();
    }

    private int partner() {
        int inner = dims.length - 1;
        for (int d = 0; d < inner; d++) {
            if (fromStrides[d] == 1 && fromStrides[inner] != 1) {
                return d;
            }
        }
        return inner - 1;
    }

    /** Copies between Java arrays of one kind, which do not overlap. */
    public void run(Object from, int fromOffset, Object to, int toOffset) {
        if (!empty) {
            loop(0, from, fromOffset, to, toOffset);
        }
    }

    private void loop(int dim, Object from, int fromAt, Object to, int toAt) {
        int inner = dims.length - 1;
        if (dim == partner) {
            loop(dim + 1, from, fromAt, to, toAt);
        } else if (dim < inner) {
            for (int i = 0; i < dims[dim]; i++) {
                loop(dim + 1, from, fromAt + i * fromStrides[dim], to, toAt + i * toStrides[dim]);
            }
        } else {
            plane(from, fromAt, to, toAt);
        }
    }

    /** The two loops left: the partner's and the innermost. */
    private void plane(Object from, int fromAt, Object to, int toAt) {
        int inner = dims.length - 1;
        if (inner < 0) {
            System.arraycopy(from, fromAt, to, toAt, 1);
            return;
        }
        int rows = partner < 0 ? 1 : dims[partner];
        int fromRow = partner < 0 ? 0 : fromStrides[partner];
        int toRow = partner < 0 ? 0 : toStrides[partner];
        int n = dims[inner];
        if (fromStrides[inner] == 1 && toStrides[inner] == 1) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(from, fromAt + row * fromRow, to, toAt + row * toRow, n);
            }
            return;
        }
        StridedPlane plane = new StridedPlane(rows, n, fromRow, fromStrides[inner], toRow, toStrides[inner]);
        plane.copy(from, fromAt, to, toAt);
    }
}
