package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;

/**
 * Code for tiles, and its largest tile.
 *
 * @param rows its rows
 * @param vectors its columns in vectors
 * @param lanes the elements of a vector
 */
public record Tiles(TileCode code, int rows, int vectors, int lanes) {
    /** The columns of the largest tile: what a packed row of the right operand holds. */
    public int columns() {
        return vectors * lanes;
    }

    /**
     * Fresh code for vectors of the given size, to be asked for only where the Vector API is present. Rows times vectors sums, a
     * row of the right operand and one element of the left one are to fit the registers; of sixteen some are left over, since
     * the JIT compiler stores sums to memory when it runs short.
     */
    public static Tiles of(DType dtype, int vectorBits) {
        boolean many = hasManyRegisters(vectorBits);
        int rows = many ? 6 : 5;
        int vectors = many ? 4 : 2;
        int lanes = vectorBits / (8 * dtype.byteSize());
        TileCode code = TileEmitter.compile(dtype, lanes, rows, vectors);
        return new Tiles(code, rows, vectors, lanes);
    }

    /** Whether there are 32 vectors in registers, else 16. */
    static boolean hasManyRegisters(int vectorBits) {
        return vectorBits == 512 || System.getProperty("os.arch").equals("aarch64");
    }
}
