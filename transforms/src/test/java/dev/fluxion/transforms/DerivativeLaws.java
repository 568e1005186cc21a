package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.Random;

/**
 * What holds for the derivatives of every program: the forward derivative is what finite differences tell, the linearized
 * program is the forward derivative, the reverse derivative is dual to it.
 */
record DerivativeLaws(double value, double jvp, double linear, double duality) {
    private static final double STEP = 2e-4;

    /** For one operation: the value is computed by the same equations; the others differ by a few roundings. */
    static final DerivativeLaws OF_OPERATIONS = new DerivativeLaws(0, 1e-6, 1e-12, 1e-11);

    /**
     * For programs of up to 24 operations whose values and first derivatives may reach 200 and cancel: 24 * 200 roundings of
     * 1e-16 each, and the square of 200 for second derivatives. Simplification depends on what else reads a value, so that the
     * value beside a tangent may differ from the value alone.
     */
    static final DerivativeLaws OF_PROGRAMS = new DerivativeLaws(1e-12, 1e-6, 1e-10, 1e-10);

    /** The laws at x, for the derivatives of f up to order {@code orders}. */
    void verify(Jaxpr f, Array<ArrayData> x, int orders, Random random) {
        Array<Boolean> active = f.inputTypes().map(type -> type.dtype().isFloating());
        Array<ArrayData> t = random(random, Masks.select(active, f.inputTypes()));
        JvpProgram jvp = Jvp.of(f, active);
        Array<ArrayData> results = Programs.run(jvp.jaxpr(), x.appendAll(t));
        int outputs = f.outputs().size();
        same("value", Programs.run(f, x), results.take(outputs), value);
        Array<ArrayData> differences = differences(f, x, active, t);
        same("jvp", Masks.select(jvp.activeOutputs(), differences), results.drop(outputs), this.jvp);
        Masks.select(Masks.not(jvp.activeOutputs()), differences)
                .filter(d -> d != null)
                .forEach(zero ->
                        assertArrayEquals(new double[zero.type().size()], Programs.doubles(zero), "zero tangent"));

        Linearized linearized = Linearize.of(f, active);
        Array<ArrayData> known = Programs.run(linearized.known(), x);
        assertEquals(linearized.residuals(), known.size() - outputs);
        Array<ArrayData> linear =
                Programs.run(linearized.linear(), known.drop(outputs).appendAll(t));
        same("linearize", results.drop(outputs), linear, this.linear);

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
        assertEquals(pushed, pulled, duality * (1 + Math.abs(pushed)), () -> "duality of\n" + f);

        JaxprChecker.check(Transpose.of(linearized.linear(), linearized.residuals()));
        if (orders > 1 && jvp.activeOutputs().contains(true)) {
            verify(jvp.jaxpr(), x.appendAll(t), orders - 1, random);
        }
    }

    /** Values in [-1, 1], small integers, both truth values. */
    static Array<ArrayData> draw(Random random, Array<ArrayType> types) {
        return types.map(type -> switch (type.dtype()) {
            case FLOAT64 -> random(random, Array.of(type)).get(0);
            case INT64 ->
                Backend.get().array(type, random.longs(type.size(), -3, 4).toArray());
            case BOOL -> {
                boolean[] flags = new boolean[type.size()];
                for (int i = 0; i < flags.length; i++) {
                    flags[i] = random.nextBoolean();
                }
                yield Backend.get().array(type, flags);
            }
            case INT32 ->
                Backend.get().array(type, random.ints(type.size(), -3, 4).toArray());
            case FLOAT32 -> throw new IllegalArgumentException("random programs have no such inputs: " + type);
        });
    }

    /** {@code (8 (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12h} along t; null for outputs that are not floats. */
    static Array<ArrayData> differences(Jaxpr f, Array<ArrayData> x, Array<Boolean> active, Array<ArrayData> t) {
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

    static Array<ArrayData> random(Random random, Array<ArrayType> types) {
        return types.map(type ->
                Backend.get().array(type, random.doubles(type.size(), -1, 1).toArray()));
    }

    static double dot(Array<ArrayData> a, Array<ArrayData> b) {
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

    static void same(String what, Array<ArrayData> expected, Array<ArrayData> actual, double tolerance) {
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
