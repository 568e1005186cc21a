package dev.fluxion.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.random.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** In a package that is not Fluxion's own: errors name the line here. */
class RandomErrorsTest {
    private static final NDArray KEY = Random.key(0);
    private static final NDArray GRID = Lax.broadcastedIota(DType.INT64, Shape.of(3, 4), 0);

    @Test
    void refusals() {
        fails(
                "FX0201 random: f64[3] is not a key\n"
                        + "  a key is i32[2], as Random.key(seed) makes it\n"
                        + "  at HERE\n"
                        + "  hint: keys.get(i) is one key of a stack that split made; vmap draws with all of them",
                () -> Random.uniform(Random.uniform(KEY, 3), 2));
        fails(
                "FX0202 uniform: numbers are f32 or f64, not i32\n"
                        + "  at HERE\n  hint: randint gives integers, bernoulli truth values",
                () -> Random.uniform(KEY, Shape.of(2), DType.INT32));
        fails(
                "FX0104 choice: 6 draws without replacement from 5 integers\n  at HERE",
                () -> Random.choice(KEY, 5, Shape.of(6), false));
        fails("FX0204 permutation: i64[3,4] has no axis 2\n  at HERE", () -> Random.permutation(KEY, GRID, 2, false));
        fails(
                "FX0201 categorical: shape [4] does not fit the logits\n"
                        + "  logits f64[2,3] without axis -1 leave [2]\n"
                        + "  at HERE\n  hint: the shape ends with [2]; axes in front ask for more draws",
                () -> Random.categorical(KEY, Random.uniform(KEY, 2, 3), -1, Shape.of(4)));
    }

    private static void fails(String message, Executable action) {
        String given = assertThrows(FluxionException.class, action).getMessage();
        assertEquals(message, given.replaceAll("RandomErrorsTest.java:\\d+", "HERE"));
    }
}
