package dev.fluxion.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Trace;
import io.vavr.collection.Array;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The values that JAX computed, operation by operation: at once, and as a traced program. */
class GoldenValuesTest {
    private static Array<GoldenCase> cases() {
        return GoldenOp.FILES.flatMap(GoldenCase::all);
    }

    @TestFactory
    Stream<DynamicTest> valuesAtOnce() {
        return cases().filter(c -> GoldenOp.of(c).isPresent())
                .toJavaStream()
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> {
                    Array<NDArray> result = GoldenOp.of(c).orElseThrow().apply(c.inputs());
                    GoldenValue.assertClose(c.expr(), c.output(), result, c.rtol());
                }));
    }

    @TestFactory
    Stream<DynamicTest> valuesOfTracedPrograms() {
        return cases().filter(c -> GoldenOp.of(c).isPresent())
                .toJavaStream()
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> {
                    GoldenOp op = GoldenOp.of(c).orElseThrow();
                    var traced = Trace.of("tracing " + c, c.inputs().map(NDArray::type), op::apply);
                    Array<NDArray> result = new Program(traced.jaxpr()).call(c.inputs());
                    GoldenValue.assertClose(c.expr(), c.output(), result, c.rtol());
                }));
    }

    @Test
    void whatNothingComputesYet() {
        Array<String> missing = cases().filter(c -> GoldenOp.of(c).isEmpty()).map(GoldenCase::toString);
        assertEquals(MISSING, missing.mkString("\n"));
    }

    /** Sorting, gathering, convolutions and singular values. */
    private static final String MISSING = """
        reductions/norm_nuc
        reductions/norm_spectral
        reductions/median
        reductions/median_even
        reductions/quantile_linear
        cumulative_sort/sort_axis_last
        cumulative_sort/sort_axis_0
        cumulative_sort/sort_descending
        cumulative_sort/argsort
        cumulative_sort/argsort_descending
        cumulative_sort/sort_special
        cumulative_sort/sort_key_val
        cumulative_sort/sort_two_keys
        cumulative_sort/top_k
        cumulative_sort/top_k_ties
        cumulative_sort/searchsorted_left
        cumulative_sort/searchsorted_right
        cumulative_sort/interp
        cumulative_sort/associative_scan_sum
        cumulative_sort/associative_scan_affine
        shapes/convolve_full
        shapes/convolve_same
        shapes/correlate_valid
        nn/embedding\
        """;
}
