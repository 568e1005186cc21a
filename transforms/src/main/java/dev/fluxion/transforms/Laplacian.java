package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;

/** {@code sum_k d^2 f / dx_k^2} of functions of trees, by {@link ForwardLaplacian} along all unit vectors at once. */
public final class Laplacian {
    /** Trees: of the result the value and the Laplacian; of the argument, for a scalar result, the gradient, else null. */
    public record Parts(Object value, Object gradient, Object laplacian) {}

    private Laplacian() {}

    /** The value and the Laplacian of f; its floating leaves are the variables. */
    public static Parts of(TreeFunction f, Object argument) {
        return parts("laplacian", f, argument, false);
    }

    /**
     * The value, the gradient and the Laplacian of a scalar function of floating leaves.
     *
     * @throws dev.fluxion.ir.FluxionException if the result is not a scalar (FX0401) or there are integer leaves (FX0402)
     */
    public static Parts withGradient(TreeFunction f, Object argument) {
        return parts("valueGradAndLaplacian", f, argument, true);
    }

    private static Parts parts(String purpose, TreeFunction f, Object argument, boolean withGradient) {
        Flat flat = Tree.flatten(Array.of(argument));
        TracedTree traced = f.trace(purpose, flat);
        if (withGradient) {
            Differentiation.checkFloating(f, flat.leaves(), flat.leaves().map(leaf -> true));
            Differentiation.checkScalar(traced, false);
        }
        record Key(boolean withGradient) {}
        Program program = traced.derive(new Key(withGradient), t -> program(purpose, f, t, withGradient));
        Array<NDArray> results = program.call(flat.leaves().appendAll(traced.captures()));
        int outs = traced.jaxpr().outputs().size();
        Array<?> gradient =
                withGradient ? flat.treeDef().unflatten(results.drop(2 * outs)) : Array.<Object>of((Object) null);
        return new Parts(
                traced.result().unflatten(results.take(outs)),
                gradient.get(0),
                traced.result().unflatten(results.slice(outs, 2 * outs)));
    }

    /** The program from the inputs to values, Laplacians and, where asked for, the leaves of the gradient. */
    private static Program program(String purpose, TreeFunction f, TracedTree traced, boolean withGradient) {
        Jaxpr jaxpr = traced.jaxpr();
        Array<ArrayType> arguments = jaxpr.inputTypes().take(traced.arguments());
        Array<Boolean> active = Leaves.floating(arguments)
                .appendAll(Leaves.none(traced.captures().size()));
        Jaxpr pushed = Trace.of("taking a laplacian", jaxpr.inputTypes(), inputs -> {
                    Array<ArrayType> variables = Masks.select(active, jaxpr.inputTypes());
                    int directions = variables.map(ArrayType::size).sum().intValue();
                    Array<NDArray> none = inputs.map(in -> null);
                    ForwardLaplacian.Curved out = ForwardLaplacian.push(
                            jaxpr,
                            new ForwardLaplacian.Curved(
                                    inputs, Masks.spread(active, unitVectors(variables, directions)), none),
                            directions);
                    Array<NDArray> laplacians = Transpose.withZeros(out.second(), jaxpr.outputTypes());
                    return out.values()
                            .appendAll(laplacians)
                            .appendAll(withGradient ? split(out.first().get(0), variables) : Array.empty());
                })
                .jaxpr();
        Differentiation.checkForward(purpose, f, pushed);
        return new Program(pushed);
    }

    /** For each array its part of all unit vectors, {@code [K, shape]}. */
    private static Array<NDArray> unitVectors(Array<ArrayType> types, int directions) {
        int[] at = {0};
        return types.map(type -> {
            Shape shape = Shape.of(directions, type.size());
            NDArray direction = Lax.broadcastedIota(DType.INT32, shape, 0);
            NDArray element = Lax.broadcastedIota(DType.INT32, shape, 1).plus(at[0]);
            at[0] += type.size();
            NDArray unit = Lax.convertElementType(Lax.eq(direction, element), type.dtype());
            return Lax.reshape(unit, type.shape().insert(0, directions));
        });
    }

    /** The vector of all derivatives of a scalar as arrays of the variables' types. */
    private static Array<NDArray> split(NDArray gradient, Array<ArrayType> types) {
        int[] at = {0};
        return types.map(type -> {
            if (gradient == null) {
                return Scalars.zeros(type);
            }
            int from = at[0];
            at[0] += type.size();
            return Lax.convertElementType(
                    Lax.reshape(Lax.sliceInDim(gradient, from, at[0], 1, 0), type.shape()), type.dtype());
        });
    }
}
