package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.collection.Array;

/** Tracing and running programs in tests. */
final class Programs {
    private Programs() {}

    static Jaxpr trace(Array<ArrayType> types, Function1<Array<NDArray>, Array<NDArray>> f) {
        return JaxprChecker.check(Trace.of("test", types, f).jaxpr());
    }

    static Jaxpr trace(ArrayType type, Function1<NDArray, NDArray> f) {
        return trace(Array.of(type), in -> Array.of(f.apply(in.get(0))));
    }

    static Array<ArrayData> run(Jaxpr jaxpr, Array<ArrayData> inputs) {
        ArrayData[] results =
                Backend.get().compile(JaxprChecker.check(jaxpr)).run(inputs.toJavaArray(ArrayData[]::new));
        return Array.of(results);
    }

    static ArrayData array(ArrayType type, double... values) {
        return Backend.get().array(type, values);
    }

    static ArrayData f64(double... values) {
        return Backend.get().array(ArrayType.of(DType.FLOAT64, values.length), values);
    }

    static ArrayData scalar(double value) {
        return Backend.get().array(ArrayType.of(DType.FLOAT64), new double[] {value});
    }

    static double[] doubles(ArrayData data) {
        double[] result = new double[data.type().size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = data.doubleAt(i);
        }
        return result;
    }

    /** The program with only the outputs from {@code first} on. */
    static Jaxpr outputsFrom(Jaxpr jaxpr, int first) {
        JaxprBuilder builder = new JaxprBuilder();
        return JaxprChecker.check(builder.build(
                builder.inline(jaxpr, jaxpr.inputTypes().map(builder::input)).drop(first)));
    }

    /** The derivative of a function of scalars in argument {@code argument}, of the same inputs. */
    static Jaxpr scalarGradient(Jaxpr f, int argument) {
        return outputsFrom(Gradient.of(f, only(f, argument)), 1);
    }

    /** The derivative of an elementwise function of arrays in argument {@code argument}, by reverse mode. */
    static Jaxpr reverseGradient(Jaxpr f, int argument) {
        Jaxpr total = trace(f.inputTypes(), in -> {
            NDArray out = Tracing.call(f, in).get(0);
            return Array.of(Lax.reduceSum(out, Ints.range(out.ndim())));
        });
        return outputsFrom(Gradient.of(total, only(f, argument)), 1);
    }

    private static Array<Boolean> only(Jaxpr f, int argument) {
        return f.inputs().zipWithIndex((in, i) -> i == argument);
    }
}
