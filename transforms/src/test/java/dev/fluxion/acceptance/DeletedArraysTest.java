package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.JitOptions;
import dev.fluxion.ValueAndGrad;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Tree;
import io.vavr.Function1;
import org.junit.jupiter.api.Test;

/** Arrays that are deleted: the same numbers everywhere else, and an error for whoever uses them. */
class DeletedArraysTest {
    private static NDArray large() {
        return arange(10_000).astype(DType.FLOAT64).times(1e-3);
    }

    @Test
    void aLoopThatDeletesGivesTheSameNumbers() {
        Function1<NDArray, ValueAndGrad<NDArray>> both = valueAndGrad((NDArray w) -> sum(sin(w)));
        NDArray plain = large();
        NDArray deleting = large();
        for (int i = 0; i < 20; i++) {
            plain = plain.minus(both.apply(plain).gradient().times(0.1));
            ValueAndGrad<NDArray> at = both.apply(deleting);
            NDArray step = at.gradient().times(0.1);
            NDArray next = deleting.minus(step);
            Tree.leaves(at).forEach(NDArray::delete);
            step.delete();
            deleting.delete();
            deleting = next;
        }
        assertArrayEquals(plain.toDoubleArray(), deleting.toDoubleArray());
    }

    @Test
    void aDeletedArrayNamesTheLine() {
        NDArray x = large();
        assertFalse(x.isDeleted());
        x.delete();
        assertTrue(x.isDeleted());
        x.delete();
        FluxionException e = assertThrows(FluxionException.class, x::sum);
        assertTrue(e.getMessage()
                .startsWith("FX0603 a deleted f64[10000] was used\n  it was deleted at DeletedArraysTest.java:"));
        assertTrue(e.getMessage().endsWith("hint: delete an array after its last use"));
        assertTrue(x.toString().startsWith("Deleted<f64[10000] at DeletedArraysTest.java:"));
        assertEquals(10_000, x.size());
        assertThrows(FluxionException.class, x::toDoubleArray);
        assertThrows(FluxionException.class, () -> jit((NDArray y) -> sin(y)).apply(x));
    }

    @Test
    void aDonatedArrayIsDeletedToo() {
        NDArray x = large();
        jit((NDArray y) -> y.times(2), JitOptions.builder().donateArgnums(0).build())
                .apply(x);
        assertTrue(x.isDeleted());
        assertTrue(x.toString().startsWith("Donated<f64[10000] at "));
    }

    @Test
    void programsKeepWhatTheyHaveCaptured() {
        NDArray weights = large();
        Function1<NDArray, NDArray> f = jit((NDArray x) -> sum(x.times(weights)));
        double expected = f.apply(large()).item();
        weights.delete();
        for (int i = 0; i < 3; i++) {
            large().times(7.0).delete();
        }
        assertEquals(expected, f.apply(large()).item());
    }

    @Test
    void viewsKeepTheirElements() {
        NDArray x = large();
        NDArray matrix = reshape(x, 100, 100);
        x.delete();
        large().times(7.0).delete();
        assertEquals(0.101, matrix.get(1, 1).item(), 1e-15);
    }

    @Test
    void tracersAreNotDeleted() {
        Function1<NDArray, NDArray> f = x -> {
            NDArray y = sin(x);
            y.delete();
            assertFalse(y.isDeleted());
            return sum(y.times(x));
        };
        NDArray x = array(0.5, 0.25);
        assertEquals(
                Math.sin(0.5) + 0.5 * Math.cos(0.5),
                jit(grad(f)).apply(x).get(0).item(),
                1e-15);
    }
}
