package dev.fluxion.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.numpy.NDArray;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DigitsTest {
    private static final Digits ALL = Digits.load();

    @Test
    void theFileHasItsKnownNumberOfEachDigit() {
        assertEquals(1797, ALL.size());
        int[] counts = new int[Digits.CLASSES];
        for (int label : ALL.labels().toIntArray()) {
            counts[label]++;
        }
        assertArrayEquals(new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, counts);
    }

    @Test
    void imagesAreFractionsOfInk() {
        NDArray images = ALL.images();
        assertEquals("f64[1797,64]", images.type().toString());
        assertEquals(0.0, images.min().item());
        assertEquals(1.0, images.max().item());
        assertEquals(561_718 / 16.0, images.sum().item());
    }

    @Test
    void rowsAndRangesKeepImagesWithTheirLabels() {
        Digits some = ALL.rows(5, 1796, 17).range(1, 3);
        assertEquals(2, some.size());
        assertEquals(ALL.label(1796), some.label(0));
        assertEquals(ALL.label(17), some.label(1));
        assertArrayEquals(ALL.image(17).toDoubleArray(), some.images().get(1).toDoubleArray());
        assertTrue(Arrays.equals(
                new int[] {ALL.label(1796), ALL.label(17)}, some.labels().toIntArray()));
    }
}
