package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.MemoryAnalysis;
import org.junit.jupiter.api.Test;

/** Whether answers fit, for given memory. */
class AnswerSizeTest {
    private static final long GIGABYTE = 1L << 30;

    @Test
    void anAnswerThatNeedsMoreMemoryIsRefused() {
        assertDoesNotThrow(() -> AnswerSize.require("hessian of f", 10_000, 10_000, 8, GIGABYTE, "take hvp"));
        FluxionException error = assertThrows(
                FluxionException.class,
                () -> AnswerSize.require("hessian of f", 20_000, 10_000, 8, GIGABYTE, "take hvp"));
        assertEquals("""
            FX0409 hessian of f: the answer does not fit
              it has 20000 x 10000 = 200000000 elements, 1600000000 bytes
              this JVM may use 1073741824 bytes
              hint: take hvp\
            """, error.getMessage().replaceAll("  at .*\n", ""));
    }

    @Test
    void theLargestArraysAreCounted() {
        int side = 46_340; // 46340^2 < 2^31 - 8 < 46341^2
        assertDoesNotThrow(() -> AnswerSize.require("f", side, side, 4, Long.MAX_VALUE, ""));
        assertThrows(FluxionException.class, () -> AnswerSize.require("f", side + 1, side + 1, 4, Long.MAX_VALUE, ""));
    }

    @Test
    void whatIsComputedOnTheWayCounts() {
        MemoryAnalysis needed = new MemoryAnalysis(100, 0, 1000, 0, 3000, 1);
        assertDoesNotThrow(() -> AnswerSize.requireMemory("hessian of f", needed, 4100, ""));
        FluxionException error = assertThrows(
                FluxionException.class, () -> AnswerSize.requireMemory("hessian of f", needed, 4099, "take hvp"));
        assertEquals("""
            FX0409 hessian of f: computing it needs more memory than there is
              it needs 1000 bytes for the answer and 3000 bytes for intermediate values
              this JVM may use 4099 bytes
              hint: take hvp\
            """, error.getMessage().replaceAll("  at .*\n", ""));
    }
}
