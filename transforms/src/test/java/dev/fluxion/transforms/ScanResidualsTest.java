package dev.fluxion.transforms;

import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;
import static dev.fluxion.numpy.Numpy.zeros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.passes.Passes;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

/** What reverse mode of loops keeps, and what it does not. */
class ScanResidualsTest {
    private static final int STEPS = 1000;
    private static final ArrayType VECTOR = ArrayType.of(DType.FLOAT64, 3);
    private static final ArrayType MATRIX = ArrayType.of(DType.FLOAT64, 3, 3);

    private static Jaxpr gradient(Array<ArrayType> types, Function1<Array<NDArray>, NDArray> f) {
        Jaxpr jaxpr = Programs.trace(types, in -> Array.of(f.apply(in)));
        return Passes.simplify(Gradient.of(jaxpr, types.map(type -> true)));
    }

    private static Jaxpr gradient(Function1<NDArray, NDArray> f) {
        return gradient(Array.of(VECTOR), in -> f.apply(in.get(0)));
    }

    /** The types of all stacks that loops give. */
    private static Array<ArrayType> stacks(Jaxpr jaxpr) {
        return scans(jaxpr)
                .flatMap(e -> ((Control.Scan) e.primitive()).ys(e.outputs()).map(Atom::type));
    }

    private static Array<Equation> scans(Jaxpr jaxpr) {
        return jaxpr.equations().filter(e -> e.primitive() instanceof Control.Scan);
    }

    private static int count(UnaryOp op, Jaxpr jaxpr) {
        return jaxpr.equations().count(e -> e.primitive() instanceof Elementwise.Unary(UnaryOp other) && other == op);
    }

    private static int size(Jaxpr jaxpr) {
        return jaxpr.equations().size()
                + jaxpr.equations()
                        .flatMap(e -> Parameters.subPrograms(e.primitive()))
                        .map(ScanResidualsTest::size)
                        .sum()
                        .intValue();
    }

    @Test
    void constantsOfTheLoopAreNotStacked() {
        Jaxpr jaxpr = gradient(
                Array.of(MATRIX, VECTOR), in -> sum(Lax.foriLoop(0, STEPS, (i, h) -> matmul(in.get(0), h), in.get(1))));
        // The product with the matrix needs the carry of each step, and the matrix.
        assertEquals(Array.of(ArrayType.of(DType.FLOAT64, STEPS, 3)), stacks(jaxpr));
    }

    @Test
    void whatIsComputedFromConstantsIsComputedOnce() {
        Jaxpr jaxpr = gradient(x -> sum(Lax.foriLoop(0, STEPS, (i, c) -> c.times(exp(x)), zeros(3))));
        assertEquals(1, count(UnaryOp.EXP, jaxpr));
        scans(jaxpr)
                .forEach(scan ->
                        assertEquals(0, count(UnaryOp.EXP, ((Control.Scan) scan.primitive()).body()), jaxpr::toString));
    }

    /** The cotangents of exp(x) are summed over the steps; the sum is multiplied with exp(x) once. */
    @Test
    void cotangentsOfInvariantsArePulledBackOnce() {
        Jaxpr jaxpr = gradient(x -> sum(Lax.foriLoop(0, STEPS, (i, c) -> c.times(exp(x)), zeros(3).plus(2))));
        Jaxpr backward = ((Control.Scan) scans(jaxpr).last().primitive()).body();
        assertEquals(
                2,
                backward.equations()
                        .count(e -> e.primitive() instanceof Elementwise.Binary(var op) && op == BinaryOp.MUL),
                backward::toString);
    }

    @Test
    void linearLoopsStackNothing() {
        Jaxpr jaxpr =
                gradient(x -> sum(Lax.foriLoop(0, STEPS, (i, c) -> c.times(0.5).plus(x), x)));
        assertEquals(Array.empty(), stacks(jaxpr));
    }

    @Test
    void xsAreUsedAsTheyAre() {
        ArrayType xs = ArrayType.of(DType.FLOAT64, STEPS, 3);
        Jaxpr jaxpr = gradient(
                Array.of(VECTOR, xs),
                in -> sum(Lax.scan((NDArray c, NDArray x) -> Tuple.of(c.plus(x.times(x)), null), in.get(0), in.get(1))
                        .carry()));
        // What is stacked are the cotangents of xs alone.
        assertEquals(Array.of(xs), stacks(jaxpr));
    }

    @Test
    void ysAreUsedAgain() {
        ArrayType stack = ArrayType.of(DType.FLOAT64, STEPS, 3);
        Jaxpr jaxpr = gradient(x -> {
            NDArray ys = Lax.scan(
                            (NDArray c) -> {
                                NDArray next = exp(c);
                                return Tuple.of(next.times(x), next);
                            },
                            x,
                            STEPS)
                    .ys();
            return sum(sin(ys));
        });
        assertEquals(Array.of(stack), stacks(jaxpr));
    }

    @Test
    void forwardModeStacksNothing() {
        Jaxpr f = Programs.trace(VECTOR, x -> Lax.foriLoop(0, STEPS, (i, c) -> tanh(c.times(x)), x));
        Jaxpr pushed = Passes.simplify(Jvp.of(f, Array.of(true)).jaxpr());
        assertEquals(Array.empty(), stacks(pushed));
        Jaxpr twice = Passes.simplify(Jvp.of(pushed, Array.of(true, true)).jaxpr());
        assertEquals(Array.empty(), stacks(twice));
    }

    /** A residual of one branch lies where the other branch keeps its own. */
    @Test
    void branchesShareTheirResiduals() {
        Jaxpr f = Programs.trace(Array.of(ArrayType.of(DType.BOOL), VECTOR), in -> {
            NDArray chosen = Lax.cond(in.get(0), x -> sin(x), x -> sin(sin(x)), in.get(1));
            return Array.of(chosen);
        });
        Linearized linearized = Linearize.of(f, Array.of(false, true));
        Array<ArrayType> kept = linearized.linear().inputTypes().take(linearized.residuals());
        // sin x keeps cos x, and sin(sin x) cos x and cos(sin x).
        assertEquals(2, kept.count(VECTOR::equals), linearized.linear()::toString);
    }

    @Test
    void programsDoNotGrowWithTheNumberOfSteps() {
        Function1<Integer, Integer> equations = steps -> size(gradient(x -> sum(Lax.foriLoop(
                0, steps, (i, c) -> Lax.cond(sum(c).gt(0), y -> sin(y.times(x)), y -> cos(y), c), x))));
        assertEquals(equations.apply(3), equations.apply(1_000_000));
    }

    /** The derivative of order n carries the value and n derivatives: equal tangents of tangents are carried once. */
    @Test
    void nestedDerivativesCarryEachDerivativeOnce() {
        Jaxpr f = Programs.trace(
                ArrayType.scalar(DType.FLOAT64), x -> Lax.foriLoop(0, 5, (i, c) -> sin(c.times(x)), scalar(1.0)));
        for (int order = 1; order <= 8; order++) {
            f = Programs.outputsFrom(Gradient.of(f, Array.of(true)), 1);
            Control.Scan scan = (Control.Scan) scans(Passes.simplify(f)).get(0).primitive();
            assertEquals(order + 1, scan.carry());
        }
        assertTrue(size(Passes.simplify(f)) < 400, f::toString);
    }

    @Test
    void nestedDerivativesOfWhileLoopsCarryEachDerivativeOnce() {
        Jaxpr f = Programs.trace(
                ArrayType.scalar(DType.FLOAT64), x -> Lax.whileLoop(c -> c.lt(100), c -> exp(c.times(x)), x));
        for (int order = 1; order <= 6; order++) {
            f = Programs.outputsFrom(Gradient.of(f, Array.of(true)), 1);
            Equation loop = Passes.simplify(f)
                    .equations()
                    .find(e -> e.primitive() instanceof Control.While)
                    .get();
            assertEquals(order + 1, loop.outputs().size());
        }
    }
}
