package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Random;

/** {@code d^k/dt^k f(x(t))} by one Taylor series and by nested forward derivatives of {@code t -> f(x(t))}. */
final class JetLaw {
    private JetLaw() {}

    /**
     * Along a random curve through the given point.
     *
     * @param tolerance relative to the largest element of a result, and to 1
     */
    static void verify(Jaxpr f, Array<ArrayData> point, int order, double tolerance, Random random) {
        Array<Boolean> floats = Leaves.floating(f.inputTypes());
        if (!floats.contains(true)) {
            return;
        }
        Array<ArrayType> termTypes = Jet.repeated(Masks.select(floats, f.inputTypes()), order);
        Array<ArrayData> derivatives = termTypes.map(type -> draw(type, random));
        Array<ArrayData> byJet = Programs.run(jet(f, floats, order), point.appendAll(derivatives));
        Array<ArrayData> arguments = point.appendAll(derivatives).prepend(Programs.scalar(0));
        Jaxpr nested = curve(f, floats, order);
        int outputs = f.outputs().size();
        for (int k = 0; k <= order; k++) {
            Array<ArrayData> expected = Programs.run(nested, arguments);
            for (int i = 0; i < outputs; i++) {
                assertClose("order " + k + " of output " + i, expected.get(i), byJet.get(k * outputs + i), tolerance);
            }
            nested = derivative(nested);
        }
    }

    /** (inputs, derivatives of the float inputs) to outputs, their first derivatives, their second ones, ... */
    private static Jaxpr jet(Jaxpr f, Array<Boolean> floats, int order) {
        Array<ArrayType> types = f.inputTypes().appendAll(Jet.repeated(Masks.select(floats, f.inputTypes()), order));
        JvpProgram program = Jet.mode(order).of(f, Jet.repeated(floats, order));
        return Programs.trace(types, in -> {
            Array<NDArray> terms = in.drop(floats.size()).zipWithIndex((x, i) -> x.div(factorial(i % order + 1)));
            Duals results = program.duals(
                    Tracing.call(program.jaxpr(), in.take(floats.size()).appendAll(terms)));
            Array<NDArray> all = Transpose.withZeros(results.tangents(), Jet.repeated(f.outputTypes(), order));
            return results.primals()
                    .appendAll(Array.range(0, order)
                            .flatMap(k -> Array.range(0, f.outputs().size())
                                    .map(i -> scaled(all.get(i * order + k), factorial(k + 1)))));
        });
    }

    private static NDArray scaled(NDArray x, double factor) {
        return x.dtype().isFloating() ? x.times(factor) : x;
    }

    /** (t, inputs, derivatives of the float inputs) to f at the point t of the curve. */
    private static Jaxpr curve(Jaxpr f, Array<Boolean> floats, int order) {
        Array<ArrayType> types = f.inputTypes()
                .appendAll(Jet.repeated(Masks.select(floats, f.inputTypes()), order))
                .prepend(ArrayType.scalar(DType.FLOAT64));
        return Programs.trace(types, in -> {
            Array<NDArray> x = in.slice(1, 1 + floats.size());
            Array<NDArray> terms = Masks.spread(Jet.repeated(floats, order), in.drop(1 + floats.size()));
            return Tracing.call(f, x.zipWithIndex((x0, i) -> {
                NDArray sum = x0;
                for (int k = 1; k <= order && floats.get(i); k++) {
                    NDArray power = Lax.integerPow(in.get(0), k).div(factorial(k));
                    sum = sum.plus(Lax.broadcast(power, x0.shape()).times(terms.get(i * order + k - 1)));
                }
                return sum;
            }));
        });
    }

    /** The derivative of all outputs in the first input. */
    private static Jaxpr derivative(Jaxpr f) {
        return Programs.trace(f.inputTypes(), in -> {
            Array<NDArray> tangents = in.zipWithIndex((x, i) -> i == 0 ? Scalars.like(x, 1) : null);
            return Transpose.withZeros(Jvp.push(f, in, tangents).tangents(), f.outputTypes());
        });
    }

    static void assertClose(String what, ArrayData expected, ArrayData actual, double tolerance) {
        assertEquals(expected.type(), actual.type(), what);
        double[] e = Programs.doubles(expected);
        double[] a = Programs.doubles(actual);
        double largest = 1;
        for (double value : e) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < e.length; i++) {
            assertEquals(e[i], a[i], tolerance * largest, what + ", element " + i);
        }
    }

    private static ArrayData draw(ArrayType type, Random random) {
        return Backend.get().array(type, random.doubles(type.size(), -1, 1).toArray());
    }

    static double factorial(int k) {
        return k <= 1 ? 1 : k * factorial(k - 1);
    }
}
