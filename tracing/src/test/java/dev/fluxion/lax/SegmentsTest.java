package dev.fluxion.lax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.FluxionException;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 17, 99, 100, 101, 1_000, 10_000, 123_457, Integer.MAX_VALUE})
    void squareRootKeepsTwiceTheRoot(int steps) {
        assertTrue(Segments.SQUARE_ROOT.carriesKept(steps) <= 2 * Math.ceil(Math.sqrt(steps)) + 1);
        assertEquals(3, Segments.SQUARE_ROOT.evaluations(steps));
        assertEquals(steps, Segments.EVERY_STEP.carriesKept(steps));
        assertEquals(2, Segments.EVERY_STEP.evaluations(steps));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 40, 63, 200, 10_000, 50_000})
    void keepsWithinWhatIsGiven(int carries) {
        Segments segments = Segments.keeping(carries);
        int[] evaluations = {0};
        for (int steps = 1; steps <= 10_000; steps *= 10) {
            assertTrue(segments.carriesKept(steps) <= carries);
            assertTrue(segments.evaluations(steps) >= evaluations[0]);
            evaluations[0] = segments.evaluations(steps);
        }
    }

    @Test
    void fewerCarriesMoreEvaluations() {
        assertEquals(Array.of(100), Segments.keeping(200).counts(10_000));
        assertEquals(Array.of(22, 22), Segments.keeping(199).counts(10_000));
        assertEquals(Array.of(10, 10, 10), Segments.keeping(40).counts(10_000));
        assertEquals(40, Segments.keeping(40).carriesKept(10_000));
        assertEquals(5, Segments.keeping(40).evaluations(10_000));
    }

    @Test
    void refusesWhatCannotBe() {
        assertEquals("""
            FX0104 segments: a loop of 10000 steps cannot keep only 3 carries
              hint: keep at least 25; the fewer, the more often each step is computed\
            """, message(() -> Segments.keeping(3).counts(10_000)));
        assertEquals("""
            FX0104 segments: a loop cannot be cut into 0 segments
              hint: the number is 1 or more\
            """, message(() -> Segments.of(4, 0)));
    }

    private static String message(Runnable refused) {
        String message = assertThrows(FluxionException.class, refused::run).getMessage();
        return message.replaceAll("\n  at .*", "");
    }
}
