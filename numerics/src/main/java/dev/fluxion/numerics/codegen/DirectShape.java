package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;

/**
 * The tiles of a product that needs no packing, and what of it is constant in their code.
 *
 * @param lanes the elements of a vector
 * @param rows the rows of a tile
 * @param columns the columns of a tile: whole vectors, or all that the product has
 * @param allRows whether the product has no more rows than a tile
 * @param allColumns whether it has no more columns
 * @param depth the products in a sum where its code is straight and all strides are constant; else 0, and of the strides only an
 *     {@code aColumn} of 1 is constant
 */
record DirectShape(
        DType dtype,
        int lanes,
        int rows,
        int columns,
        boolean allRows,
        boolean allColumns,
        int depth,
        int aRow,
        int aColumn,
        int bRow,
        int cRow) {
    /** The most multiplications of vectors in straight code; twice as many are too much for HotSpot's first compiler. */
    private static final int STRAIGHT = 64;

    /** The largest stride in straight code. */
    private static final int LONGEST_STRIDE = 1 << 12;

    private static final int LEAST_BITS = 128;

    /** The sums of a tile, with 32 vectors in registers and with 16. */
    private static final int SUMS = 24;

    private static final int FEW_SUMS = 10;

    /** The most rows of a tile: as many sums hide the time that each takes. */
    private static final int MOST_ROWS = 12;

    /** The vectors of a row of the widest tile, and of one among many. */
    private static final int WIDE = 8;

    private static final int USUAL = 4;

    /** Sums of no more products are read and stored in the time that packing takes. */
    private static final int SHALLOW = 16;

    /** A right operand that is read more than once is to stay in the second cache. */
    private static final int NEAR_BYTES = 256 << 10;

    /** With more products in a sum, rows of a transposed left operand are not near each other. */
    private static final int STEEP = 512;

    boolean isStraight() {
        return depth > 0;
    }

    /** The vectors of a row of a tile. */
    int vectors() {
        return Math.ceilDiv(columns, lanes);
    }

    /** Where vector j of a row of a tile begins: the last one may begin in the one before. */
    int column(int j) {
        return Math.min(j * lanes, columns - lanes);
    }

    /**
     * For a product, or null where others are better.
     *
     * @param bits the size of a vector
     */
    static DirectShape of(ProductShape product, int bits) {
        int lanes = lanes(product, bits);
        if (lanes > product.n() || product.m() == 0 || product.k() == 0 || product.bColumn() != 1) {
            return null;
        }
        boolean many = Tiles.hasManyRegisters(bits);
        int sums = many ? SUMS : FEW_SUMS;
        boolean isShallow = product.k() <= SHALLOW;
        int vectors = Math.ceilDiv(product.n(), lanes);
        boolean isNarrow = vectors <= (many ? WIDE : USUAL);
        if (!isNarrow) {
            vectors = isShallow ? USUAL : Math.min(WIDE, sums / product.m());
        }
        int most = vectors == 0 ? 0 : Math.min(MOST_ROWS, sums / vectors);
        boolean isSingle = product.m() <= most;
        boolean staysNear = (long) product.k() * product.n() * product.dtype().byteSize() <= NEAR_BYTES;
        boolean isSteep = product.aColumn() != 1 && product.k() > STEEP;
        if (!isSingle && (isSteep || !isShallow && !(isNarrow && staysNear))) {
            return null;
        }
        int rows = Math.ceilDiv(product.m(), Math.ceilDiv(product.m(), most));
        return of(product, lanes, rows, isNarrow ? product.n() : vectors * lanes);
    }

    /** As many as there are in a row, if that can be. */
    private static int lanes(ProductShape product, int bits) {
        int size = 8 * product.dtype().byteSize();
        int wide = bits;
        while (wide > LEAST_BITS && wide / size > product.n()) {
            wide /= 2;
        }
        return wide / size;
    }

    private static DirectShape of(ProductShape p, int lanes, int rows, int columns) {
        int vectors = Math.ceilDiv(columns, lanes);
        boolean straight = (long) rows * vectors * p.k() <= STRAIGHT
                && isShort(p.aRow())
                && isShort(p.aColumn())
                && isShort(p.bRow())
                && isShort(p.n());
        return new DirectShape(
                p.dtype(),
                lanes,
                rows,
                columns,
                rows == p.m(),
                columns == p.n(),
                straight ? p.k() : 0,
                straight ? p.aRow() : 0,
                straight || p.aColumn() == 1 ? p.aColumn() : 0,
                straight ? p.bRow() : 0,
                straight ? p.n() : 0);
    }

    private static boolean isShort(int stride) {
        return stride >= 0 && stride <= LONGEST_STRIDE;
    }
}
