package dev.fluxion.numerics.kernels;

import dev.fluxion.numerics.parallel.Chunks;
import dev.fluxion.numerics.parallel.Workers;
import java.util.Arrays;

/**
 * {@code to[toOffset + sum i_d * toStride_d] = from[fromOffset + sum i_d * fromStride_d]} for every index i of a space.
 * Contiguous runs go through {@code System.arraycopy}, transposes block by block.
 */
public final class StridedCopy {
    private static final double NANOS_PER_ELEMENT = 0.3;
    private static final double NANOS_PER_STRIDED_ELEMENT = 1;

    private final int[] dims;
    private final int[] fromStrides;
    private final int[] toStrides;
    private final boolean empty;
    /** The loop whose partner is the innermost one in a transposing copy, else the one around the innermost. */
    private final int partner;

    /** About how long one thread takes. */
    private final long nanos;

    /** What several threads share; empty where that never pays. */
    private final Part[] parts;

    private record Part(StridedCopy copy, int fromOffset, int toOffset) {}

    /** All three arrays have one entry for each axis of the space. */
    public StridedCopy(int[] dims, int[] fromStrides, int[] toStrides) {
        this(dims, fromStrides, toStrides, Workers.shared());
    }

    /** @param workers who share it if it is large, or null */
    private StridedCopy(int[] dims, int[] fromStrides, int[] toStrides, Workers workers) {
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
        this.nanos = nanos();
        this.parts = workers != null && workers.mayCut(nanos) ? parts(workers) : new Part[0];
    }

    private long nanos() {
        int inner = dims.length - 1;
        boolean runs = inner < 0 || (fromStrides[inner] == 1 && toStrides[inner] == 1);
        long size = Arrays.stream(dims).asLongStream().reduce(1, (a, b) -> a * b);
        return (long) (size * (runs ? NANOS_PER_ELEMENT : NANOS_PER_STRIDED_ELEMENT));
    }

    /** Parts along the outermost loop that is long enough, else along the longest one. */
    private Part[] parts(Workers workers) {
        int chunks = workers.chunks(nanos);
        int loop = 0;
        for (int d = 1; d < dims.length && dims[loop] < chunks; d++) {
            loop = dims[d] > dims[loop] ? d : loop;
        }
        int count = Math.min(chunks, dims[loop]);
        Part[] result = new Part[count];
        for (int part = 0; part < count; part++) {
            int start = Chunks.start(dims[loop], part, count);
            int[] some = dims.clone();
            some[loop] = Chunks.start(dims[loop], part + 1, count) - start;
            StridedCopy copy = new StridedCopy(some, fromStrides, toStrides, null);
            result[part] = new Part(copy, start * fromStrides[loop], start * toStrides[loop]);
        }
        return result;
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
        if (empty) {
            return;
        }
        if (parts.length > 1 && Workers.shared().isWorthCutting(nanos)) {
            Workers.shared().run(parts.length, index -> {
                Part part = parts[index];
                part.copy.loop(0, from, fromOffset + part.fromOffset, to, toOffset + part.toOffset);
            });
        } else {
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
        new StridedPlane(rows, dims[inner], fromRow, fromStrides[inner], toRow, toStrides[inner])
                .copy(from, fromAt, to, toAt);
    }
}
