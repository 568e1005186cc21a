package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.FluxionException;
import org.junit.jupiter.api.Test;

/** Whether answers fit, for given memory. */
class AnswerSizeTest {
    private static final long GIGABYTE = 1L << 30;

    @Test
    void anAnswerThatNeedsMoreMemoryIsRefused() {
        assertDoesNotThrow(() -> AnswerSize.require("hessian of f", 10_000, 10_000, 8, 1, GIGABYTE, "take hvp"));
        FluxionException error = assertThrows(
                FluxionException.class,
                () -> AnswerSize.require("hessian of f", 10_000, 10_000, 8, 2, GIGABYTE, "take hvp"));
        assertEquals("""
            FX0409 hessian of f: the answer does not fit
              it has 10000 x 10000 = 100000000 elements, 800000000 bytes, and is held 2 times while it is computed
              this JVM may use 1073741824 bytes
              hint: take hvp\
            """, error.getMessage().replaceAll("  at .*\n", ""));
    }

    @Test
    void theLargestArraysAreCounted() {
        int side = 46_340; // 46340^2 < 2^31 - 8 < 46341^2
        assertDoesNotThrow(() -> AnswerSize.require("f", side, side, 4, 1, Long.MAX_VALUE, ""));
        assertThrows(
                FluxionException.class, () -> AnswerSize.require("f", side + 1, side + 1, 4, 1, Long.MAX_VALUE, ""));
    }
}
