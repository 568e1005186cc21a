package dev.fluxion.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every coloring lets every element be read, and bands, arrows and blocks get the fewest colors. */
class ColoringTest {
    private static SparsityPattern random(int rows, int columns, double density, long seed) {
        Random random = new Random(seed);
        int[][] places = IntStream.range(0, rows * columns)
                .filter(i -> random.nextDouble() < density)
                .mapToObj(i -> new int[] {i / columns, i % columns})
                .toArray(int[][]::new);
        return pattern(rows, columns, places);
    }

    private static SparsityPattern pattern(int rows, int columns, int[]... places) {
        return SparsityPattern.of(
                rows,
                columns,
                IntStream.range(0, places.length).map(k -> places[k][0]).toArray(),
                IntStream.range(0, places.length).map(k -> places[k][1]).toArray());
    }

    /** Elements read from products with a matrix of the pattern, all of whose values differ, are the elements. */
    private static void assertReads(Compression compression, boolean symmetric) {
        SparsityPattern pattern = compression.pattern();
        int[] rows = pattern.rowOfEach();
        int[] colors = compression.colors();
        boolean byRows = compression.product() == Product.VJP;
        double[][] products = new double[compression.count()][byRows ? pattern.columns() : pattern.rows()];
        for (int k = 0; k < rows.length; k++) {
            int seeded = byRows ? rows[k] : pattern.column(k);
            products[colors[seeded]][byRows ? pattern.column(k) : rows[k]] +=
                    value(pattern, rows[k], pattern.column(k), symmetric);
        }
        for (int k = 0; k < rows.length; k++) {
            assertEquals(
                    value(pattern, rows[k], pattern.column(k), symmetric),
                    products[compression.color(k)][compression.place(k)]);
        }
    }

    /** A whole number that tells places apart, even in sums. */
    private static double value(SparsityPattern pattern, int i, int j, boolean symmetric) {
        return symmetric ? value(pattern, Math.max(i, j), Math.min(i, j), false) : 1000.0 * (i + 1) + j + 1;
    }

    @Property(tries = 300)
    void everyElementStandsAlone(
            @ForAll @IntRange(max = 12) int rows,
            @ForAll @IntRange(max = 12) int columns,
            @ForAll @DoubleRange(max = 1) double density,
            @ForAll long seed) {
        SparsityPattern pattern = random(rows, columns, density, seed);
        assertReads(Compression.columns(pattern), false);
        assertReads(Compression.rows(pattern), false);
        assertTrue(Compression.columns(pattern).count() >= pattern.largestRow());
    }

    @Property(tries = 300)
    void everySymmetricElementCanBeRead(
            @ForAll @IntRange(max = 14) int size, @ForAll @DoubleRange(max = 1) double density, @ForAll long seed) {
        SparsityPattern half = random(size, size, density, seed);
        SparsityPattern pattern = half.union(half.transpose());
        assertReads(Compression.symmetric(pattern), true);
        assertTrue(Compression.symmetric(pattern).count()
                <= Compression.columns(pattern).count());
    }

    @Property(tries = 300)
    void neighboursDiffer(
            @ForAll @IntRange(max = 14) int size, @ForAll @DoubleRange(max = 1) double density, @ForAll long seed) {
        SparsityPattern half = random(size, size, density, seed);
        SparsityPattern pattern = half.union(half.transpose());
        Coloring coloring = NeighbourColoring.of(pattern);
        int[] rows = pattern.rowOfEach();
        for (int k = 0; k < rows.length; k++) {
            assertTrue(rows[k] == pattern.column(k) || coloring.of(rows[k]) != coloring.of(pattern.column(k)));
        }
    }

    @Test
    void aBandTakesAsManyColorsAsItIsWide() {
        assertEquals(
                5, ColumnColoring.of(SparsityPattern.banded(100, 100, 2, 2)).count());
        assertEquals(
                3, Compression.symmetric(SparsityPattern.banded(100, 100, 1, 1)).count());
        assertEquals(
                2, NeighbourColoring.of(SparsityPattern.banded(100, 100, 1, 1)).count());
        assertEquals(1, ColumnColoring.of(SparsityPattern.diagonal(100)).count());
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 40_000})
    void anArrowTakesTwoColorsWhenSymmetric(int n) {
        int[][] arrow = IntStream.range(0, n)
                .boxed()
                .flatMap(i -> Stream.of(new int[] {i, i}, new int[] {n - 1, i}, new int[] {i, n - 1}))
                .toArray(int[][]::new);
        SparsityPattern pattern = pattern(n, n, arrow);
        assertEquals(n, ColumnColoring.of(pattern).count());
        Compression compression = Compression.symmetric(pattern);
        assertEquals(2, compression.count());
        assertReads(compression, true);
    }

    @Test
    void longRowsBesideShortOnes() {
        SparsityPattern pattern = random(150, 200, 0.4, 7).union(random(150, 200, 0.01, 8));
        SparsityPattern mixed = SparsityPattern.ofRows(300, 200, i -> {
            IndexSet.Union set = new IndexSet.Union();
            for (int k = pattern.start(i / 2); i % 2 == 0 && k < pattern.start(i / 2 + 1); k++) {
                set.add(IndexSet.of(pattern.column(k)));
            }
            set.add(IndexSet.of(i * 7 % 200));
            set.add(IndexSet.of(i * 11 % 200));
            return set.get();
        });
        assertReads(Compression.columns(mixed), false);
        assertReads(Compression.rows(mixed), false);
    }

    @Test
    void aTallMatrixIsColoredByColumnsAndAWideOneByRows() {
        assertEquals(
                Product.JVP,
                Compression.columnsOrRows(SparsityPattern.dense(20, 3)).product());
        Compression wide = Compression.columnsOrRows(SparsityPattern.dense(3, 20));
        assertEquals(Product.VJP, wide.product());
        assertEquals(3, wide.count());
    }

    @Test
    void moreThanSixtyFourColors() {
        SparsityPattern dense = SparsityPattern.dense(150, 150);
        assertEquals(150, ColumnColoring.of(dense).count());
        assertEquals(150, Compression.symmetric(dense).count());
        assertReads(Compression.symmetric(dense), true);
    }
}
