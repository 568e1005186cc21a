package dev.fluxion.numpy;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Shape;
import dev.fluxion.tracing.Tracing;

/** Arrays from Java values. */
abstract class NumpyCreation {
    /** The scalar of dtype FLOAT64. */
    public static NDArray scalar(double value) {
        return Operators.scalar(DType.FLOAT64, value);
    }

    /** The scalar of dtype FLOAT32. */
    public static NDArray scalar(float value) {
        return Operators.scalar(DType.FLOAT32, value);
    }

    /** The scalar of dtype INT32. */
    public static NDArray scalar(int value) {
        return Operators.scalar(DType.INT32, (long) value);
    }

    /** The scalar of dtype INT64. */
    public static NDArray scalar(long value) {
        return Operators.scalar(DType.INT64, value);
    }

    /** The scalar of dtype BOOL. */
    public static NDArray scalar(boolean value) {
        return Operators.scalar(DType.BOOL, value ? 1L : 0L);
    }

    /** The vector of the given elements, FLOAT64. */
    public static NDArray array(double... elements) {
        return array(DType.FLOAT64, elements, elements.length);
    }

    /** The vector of the given elements, FLOAT32. */
    public static NDArray array(float[] elements) {
        return array(DType.FLOAT32, elements, elements.length);
    }

    /** The vector of the given elements, INT32. */
    public static NDArray array(int[] elements) {
        return array(DType.INT32, elements, elements.length);
    }

    /** The vector of the given elements, INT64. */
    public static NDArray array(long[] elements) {
        return array(DType.INT64, elements, elements.length);
    }

    /** The vector of the given elements, BOOL. */
    public static NDArray array(boolean[] elements) {
        return array(DType.BOOL, elements, elements.length);
    }

    /** The matrix with the given rows, FLOAT64. */
    public static NDArray array(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] flat = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw ragged(i, rows[i].length, columns);
            }
            System.arraycopy(rows[i], 0, flat, i * columns, columns);
        }
        return array(DType.FLOAT64, flat, rows.length, columns);
    }

    /** The matrix with the given rows, INT32. */
    public static NDArray array(int[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        int[] flat = new int[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw ragged(i, rows[i].length, columns);
            }
            System.arraycopy(rows[i], 0, flat, i * columns, columns);
        }
        return array(DType.INT32, flat, rows.length, columns);
    }

    /** The array of rank 3 made of the given matrices, FLOAT64. */
    public static NDArray array(double[][][] matrices) {
        int rows = matrices.length == 0 ? 0 : matrices[0].length;
        int columns = rows == 0 ? 0 : matrices[0][0].length;
        double[] flat = new double[matrices.length * rows * columns];
        for (int i = 0; i < matrices.length; i++) {
            if (matrices[i].length != rows) {
                throw ragged(i, matrices[i].length, rows);
            }
            for (int j = 0; j < rows; j++) {
                if (matrices[i][j].length != columns) {
                    throw ragged(j, matrices[i][j].length, columns);
                }
                System.arraycopy(matrices[i][j], 0, flat, (i * rows + j) * columns, columns);
            }
        }
        return array(DType.FLOAT64, flat, matrices.length, rows, columns);
    }

    private static NDArray array(DType dtype, Object elements, int... shape) {
        return NDArray.of(Backend.get().array(new ArrayType(dtype, Shape.of(shape)), elements));
    }

    private static FluxionException ragged(int row, int size, int expected) {
        return Tracing.located(
                FluxionException.of(ErrorCode.BAD_DATA, "array: row " + row + " has another size than row 0")
                        .detail("row 0 has size " + expected)
                        .detail("row " + row + " has size " + size));
    }
}
