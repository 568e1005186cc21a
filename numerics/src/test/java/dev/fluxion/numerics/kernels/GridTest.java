package dev.fluxion.numerics.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
    @ParameterizedTest
    @CsvSource({"1024,1024,4", "128,512,4", "784,512,6", "10,100000,4", "100000,10,4", "17,65,2", "3,3,8", "500,500,16"
    })
    void everyElementIsInOneBlock(int m, int n, int blocks) {
        Grid grid = Grid.of(m, n, blocks);
        assertTrue(grid.size() == blocks || grid.equals(Grid.WHOLE));
        int elements = 0;
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                int height = grid.row(row + 1, m) - grid.row(row, m);
                int width = grid.column(column + 1, n) - grid.column(column, n);
                assertTrue(height > 0 && width > 0);
                elements += height * width;
            }
        }
        assertEquals(m * n, elements);
        assertEquals(m, grid.row(grid.rows(), m));
        assertEquals(n, grid.column(grid.columns(), n));
    }

    @Test
    void theLeastIsPacked() {
        assertEquals(new Grid(2, 2), Grid.of(1024, 1024, 4));
        assertEquals(new Grid(1, 4), Grid.of(10, 100_000, 4));
        assertEquals(new Grid(4, 1), Grid.of(100_000, 10, 4));
        assertEquals(Grid.WHOLE, Grid.of(20, 64, 4));
    }
}
