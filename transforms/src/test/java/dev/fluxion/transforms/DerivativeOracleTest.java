package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.UnaryOp;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation of {@link OperationTable}, up to the third order: the forward derivative against finite differences, the
 * linearized program against the forward derivative, the reverse derivative against the forward one by duality.
 */
class DerivativeOracleTest {
    private static final double STEP = 2e-4;

    @TestFactory
    Stream<DynamicTest> derivativesOfOrders1To3() {
        return OperationTable.all()
                .toJavaStream()
                .map(op -> DynamicTest.dynamicTest(
                        op.name(),
                        () -> verify(
                                op.program(), op.draw(), 1, new Random(op.name().hashCode()))));
    }

    @Test
    void everyOperationIsInTheTable() {
        Set<Object> tested = new HashSet<>();
        OperationTable.all().map(OperationTable.Operation::primitive).forEach(p -> {
            tested.add(p.getClass());
            if (p instanceof Elementwise.Unary(UnaryOp op)) {
                tested.add(op);
            } else if (p instanceof Elementwise.Binary(BinaryOp op)) {
                tested.add(op);
            }
        });
        Set<Object> needed = new HashSet<>(Set.of(UnaryOp.values()));
        needed.addAll(Set.of(BinaryOp.values()));
        records(Primitive.class, needed);
        needed.removeAll(tested);
        // The neighbouring number moves in steps; a custom VJP has no forward derivative: CustomRulesTest.
        assertEquals(Set.of(BinaryOp.NEXTAFTER, Control.CustomVjpCall.class, Control.CustomLinear.class), needed);
    }

    private static void records(Class<?> type, Set<Object> result) {
        if (type.isRecord()) {
            result.add(type);
        } else if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                records(permitted, result);
            }
        }
    }

    private static void verify(Jaxpr f, Array<ArrayData> x, int order, Random random) {
        Array<Boolean> active = f.inputTypes().map(type -> type.dtype().isFloating());
        Array<ArrayData> t = random(random, Masks.select(active, f.inputTypes()));
        JvpProgram jvp = Jvp.of(f, active);
        Array<ArrayData> results = Programs.run(jvp.jaxpr(), x.appendAll(t));
        int outputs = f.outputs().size();
        same("value", Programs.run(f, x), results.take(outputs), 0);
        Array<ArrayData> differences = differences(f, x, active, t);
        same("jvp", Masks.select(jvp.activeOutputs(), differences), results.drop(outputs), 1e-6);
        Masks.select(Masks.not(jvp.activeOutputs()), differences)
                .filter(d -> d != null)
                .forEach(zero ->
                        assertArrayEquals(new double[zero.type().size()], Programs.doubles(zero), "zero tangent"));

        Linearized linearized = Linearize.of(f, active);
        Array<ArrayData> known = Programs.run(linearized.known(), x);
        assertEquals(linearized.residuals(), known.size() - outputs);
        Array<ArrayData> linear =
                Programs.run(linearized.linear(), known.drop(outputs).appendAll(t));
        same("linearize", results.drop(outputs), linear, 1e-12);

        VjpProgram vjp = Vjp.of(f, active);
        Array<ArrayType> floats = f.outputTypes().filter(type -> type.dtype().isFloating());
        Array<ArrayData> ct = random(random, floats);
        Array<ArrayData> forward = Programs.run(vjp.forward(), x);
        Array<ArrayData> cotangents =
                Programs.run(vjp.pullback(), forward.drop(outputs).appendAll(ct));
        Array<Boolean> activeFloats =
                Masks.select(f.outputTypes().map(type -> type.dtype().isFloating()), jvp.activeOutputs());
        double pushed = dot(Masks.select(activeFloats, ct), results.drop(outputs));
        double pulled = dot(cotangents, t);
        assertEquals(pushed, pulled, 1e-11 * (1 + Math.abs(pushed)), () -> "duality of\n" + f);

        JaxprChecker.check(Transpose.of(linearized.linear(), linearized.residuals()));
        if (order < 3 && jvp.activeOutputs().contains(true)) {
            verify(jvp.jaxpr(), x.appendAll(t), order + 1, random);
        }
    }

    /** {@code (8 (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12h} along t; null for outputs that are not floats. */
    private static Array<ArrayData> differences(
            Jaxpr f, Array<ArrayData> x, Array<Boolean> active, Array<ArrayData> t) {
        Array<ArrayData> spread = Masks.spread(active, t);
        Function1<Double, Array<double[]>> at =
                steps -> Programs.run(f, x.zipWith(spread, (a, b) -> b == null ? a : plus(a, steps * STEP, b)))
                        .map(Programs::doubles);
        Array<double[]> plus = at.apply(1.0);
        Array<double[]> minus = at.apply(-1.0);
        Array<double[]> plusTwo = at.apply(2.0);
        Array<double[]> minusTwo = at.apply(-2.0);
        return f.outputTypes().zipWithIndex((type, i) -> {
            double[] result = new double[type.size()];
            for (int j = 0; j < result.length; j++) {
                result[j] = (8 * (plus.get(i)[j] - minus.get(i)[j]) - (plusTwo.get(i)[j] - minusTwo.get(i)[j]))
                        / (12 * STEP);
            }
            return type.dtype().isFloating() ? Backend.get().array(type, result) : null;
        });
    }

    private static ArrayData plus(ArrayData a, double step, ArrayData b) {
        double[] x = Programs.doubles(a);
        double[] t = Programs.doubles(b);
        for (int i = 0; i < x.length; i++) {
            x[i] += step * t[i];
        }
        return Backend.get().array(a.type(), x);
    }

    private static Array<ArrayData> random(Random random, Array<ArrayType> types) {
        return types.map(type ->
                Backend.get().array(type, random.doubles(type.size(), -1, 1).toArray()));
    }

    private static double dot(Array<ArrayData> a, Array<ArrayData> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            double[] x = Programs.doubles(a.get(i));
            double[] y = Programs.doubles(b.get(i));
            for (int j = 0; j < x.length; j++) {
                sum += x[j] * y[j];
            }
        }
        return sum;
    }

    private static void same(String what, Array<ArrayData> expected, Array<ArrayData> actual, double tolerance) {
        assertEquals(expected.size(), actual.size(), what);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).type(), actual.get(i).type(), what);
            double[] a = Programs.doubles(expected.get(i));
            double[] b = Programs.doubles(actual.get(i));
            for (int j = 0; j < a.length; j++) {
                int output = i;
                int element = j;
                assertTrue(
                        Double.compare(a[j], b[j]) == 0 || Math.abs(a[j] - b[j]) <= tolerance * (1 + Math.abs(a[j])),
                        () -> what + ", output " + output + "[" + element + "]: " + b[element] + " instead of "
                                + a[element]);
            }
        }
    }
}
