package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.closureConvert;
import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ClosureConverted;
import dev.fluxion.Vjp;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.List;
import org.junit.jupiter.api.Test;

/** jax.closure_convert: a reverse rule reaches what the function that it is given closes over. */
class ClosureConvertTest {
    /** g(x) with the reverse rule of g itself, times ten, with respect to x and to what g closes over. */
    private static NDArray timesTen(Function1<NDArray, NDArray> g, NDArray x) {
        ClosureConverted<NDArray, NDArray> converted = closureConvert(g, x);
        Function2<NDArray, List<NDArray>, NDArray> h = converted.function();
        Function2<NDArray, List<NDArray>, NDArray> ruled = customVjp(
                        (NDArray y, List<NDArray> constants) -> h.apply(y, constants))
                .defvjp((y, constants) -> Tuple.of(h.apply(y, constants), Tuple.of(y, constants)), (saved, ct) -> {
                    Vjp<Tuple2<NDArray, List<NDArray>>, NDArray> back =
                            vjp((Tuple2<NDArray, List<NDArray>> both) -> h.apply(both._1, both._2), saved);
                    return back.pullback().apply(ct.times(10));
                });
        return ruled.apply(x, converted.constants());
    }

    @Test
    void derivativesReachWhatWasClosedOver() {
        Function1<NDArray, NDArray> ofA = a -> timesTen(x -> sin(x).times(a), scalar(0.5));
        assertEquals(10 * Math.sin(0.5), grad(ofA).apply(scalar(2.0)).item(), 1e-14);
        assertEquals(10 * Math.sin(0.5), jit(grad(ofA)).apply(scalar(2.0)).item(), 1e-14);
        Function1<NDArray, NDArray> ofX = x -> timesTen(y -> sin(y).times(2), x);
        assertEquals(20 * Math.cos(0.5), grad(ofX).apply(scalar(0.5)).item(), 1e-14);
    }

    @Test
    void onlyTracedFloatsAreHoisted() {
        ClosureConverted<NDArray, NDArray> outside = closureConvert(x -> x.times(scalar(3.0)), scalar(1.0));
        assertEquals(List.of(), outside.constants());
        assertEquals(6.0, outside.function().apply(scalar(2.0), List.of()).item());
    }

    @Test
    void otherArgumentsAreRefused() {
        ClosureConverted<NDArray, NDArray> f = closureConvert(x -> x.times(3), scalar(1.0));
        FluxionException error =
                assertThrows(FluxionException.class, () -> f.function().apply(scalar(2.0), List.of(scalar(1.0))));
        assertEquals("""
            FX0103 closureConvert: given 1 constants instead of 0
              at ClosureConvertTest.java:LINE
              hint: pass the constants() of the conversion, or values like them\
            """.replace("LINE", Lines.of(error, getClass())), error.getMessage());
    }
}
