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
        // A root inside a program brings its derivative along, from the module above: TransformedOpsTest traces it.
        return cases().filter(c -> GoldenOp.of(c).isPresent() && !c.name().equals("custom_root_sqrt"))
                .toJavaStream()
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> {
                    GoldenOp op = GoldenOp.of(c).orElseThrow();
                    var traced = Trace.of("tracing " + c, c.inputs().map(NDArray::type), op::apply);
                    Array<NDArray> result = new Program(traced.jaxpr()).call(c.inputs());
                    GoldenValue.assertClose(c.expr(), c.output(), result, c.rtol());
                }));
    }

    @Test
    void everyCaseIsComputedOrListed() {
        Array<String> missing = cases().filter(c -> GoldenOp.of(c).isEmpty()).map(GoldenCase::toString);
        assertEquals(
                NotCovered.cases().sorted().mkString("\n"), missing.sorted().mkString("\n"));
    }
}
