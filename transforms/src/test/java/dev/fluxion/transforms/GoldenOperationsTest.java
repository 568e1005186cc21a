package dev.fluxion.transforms;

import dev.fluxion.golden.GoldenCase;
import dev.fluxion.golden.GoldenOp;
import dev.fluxion.golden.GoldenValue;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import io.vavr.collection.Array;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The derivatives that JAX computed, operation by operation: tangents pushed forward, cotangents pulled back. */
class GoldenOperationsTest {
    private static Stream<DynamicTest> each(Consumer<GoldenCase> check) {
        return GoldenOp.FILES
                .flatMap(GoldenCase::all)
                .filter(c -> GoldenOp.of(c).isPresent() && !c.diff().isEmpty())
                .toJavaStream()
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check.accept(c)));
    }

    /** A program of the differentiated inputs; the others are numbers in it. */
    private static Jaxpr program(GoldenCase c) {
        Array<Boolean> active = c.inputs().zipWithIndex((x, i) -> c.diff().contains(i));
        return Programs.trace(
                point(c).map(NDArray::type),
                arguments -> GoldenOp.of(c)
                        .orElseThrow()
                        .apply(Masks.spread(active, arguments)
                                .zipWith(c.inputs(), (x, number) -> x == null ? number : x)));
    }

    private static Array<NDArray> point(GoldenCase c) {
        return c.diff().map(c.inputs()::get);
    }

    private static Array<Boolean> active(GoldenCase c) {
        return c.diff().map(i -> true);
    }

    @TestFactory
    Stream<DynamicTest> pushedForward() {
        return each(c -> {
            if (c.hasJvp()) {
                JvpProgram jvp = Jvp.of(program(c), active(c));
                Array<NDArray> results = new Program(jvp.jaxpr()).call(point(c).appendAll(c.tangents()));
                Duals duals = jvp.duals(results);
                Array<NDArray> tangents = withZeros(duals.tangents(), duals.primals());
                GoldenValue.assertClose(c.expr(), c.jvp(), c.diffOutputs().map(tangents::get), c.rtol());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> pulledBack() {
        return each(c -> {
            if (c.hasVjp()) {
                Jaxpr f = program(c);
                VjpProgram vjp = Vjp.of(f, active(c));
                Array<NDArray> residuals = new Program(vjp.forward())
                        .call(point(c))
                        .drop(f.outputs().size());
                Array<NDArray> result = new Program(vjp.pullback()).call(residuals.appendAll(c.cotangent()));
                Array<Boolean> given = Masks.present(c.vjp());
                GoldenValue.assertClose(c.expr(), Masks.select(given, c.vjp()), Masks.select(given, result), c.rtol());
            }
        });
    }

    private static Array<NDArray> withZeros(Array<NDArray> tangents, Array<NDArray> primals) {
        return tangents.zipWith(primals, (t, x) -> t == null && x.dtype().isFloating() ? zeros(x.type()) : t);
    }

    private static NDArray zeros(ArrayType type) {
        return NDArray.of(Programs.array(type, new double[type.size()]));
    }
}
