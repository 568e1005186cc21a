package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * {@code transpose(f(a . b, broadcast(c))) = f(b . a, broadcast'(c))}: a transpose goes back through elementwise operations
 * and moves to where products, repeated values, index arrays and other transposes take it in. So end the Jacobians and
 * Hessians of forward mode, whose unit vectors come first and go last.
 *
 * <p>Exact: every element is computed from the same elements by the same operations; only their places change.
 *
 * <p>A value is computed in the other order only if all its readers want it so, hence never twice, but for sums and products of
 * repeated values and index arrays ({@link AxisOrders}). A transpose goes back only if it vanishes or at most half as many
 * elements are transposed instead. One pass over the equations from the end to
 * the beginning finds what is wanted ({@link TransposeDemand}).
 */
public final class Transposes implements Pass {
    @Override
    public String name() {
        return "transposes";
    }

    @Override
    public Jaxpr apply(Jaxpr jaxpr) {
        boolean any = Rewriting.exists(jaxpr, Movement.Transpose.class::isInstance);
        return any ? new Pushing().rewrite(jaxpr) : jaxpr;
    }

    private static final class Pushing extends Rewriting {
        @Override
        Step begin(Jaxpr jaxpr, JaxprBuilder builder) {
            boolean any = jaxpr.equations().exists(equation -> equation.primitive() instanceof Movement.Transpose);
            return any
                    ? new Moves(builder, new TransposeDemand(jaxpr))
                    : (equation, primitive, operands) -> builder.append(primitive, operands, equation.source());
        }
    }

    private record Moves(JaxprBuilder builder, TransposeDemand demand, Map<Var, Atom> env) implements Rewriting.Step {
        Moves(JaxprBuilder builder, TransposeDemand demand) {
            this(builder, demand, new IdentityHashMap<>());
        }

        @Override
        public void bound(Var var, Atom atom) {
            env.put(var, atom);
        }

        /** Where a variable is computed transposed, {@code operands} hold it transposed, and so does the result. */
        @Override
        public Array<Atom> apply(Equation equation, Primitive primitive, Array<Atom> operands) {
            Ints permutation = equation.outputs().size() == 1 ? demand.permutation(equation.output()) : null;
            if (permutation == null) {
                return primitive instanceof Movement.Transpose(Ints itself)
                        ? Array.of(moved(equation.input(0), itself, equation))
                        : builder.append(primitive, operands, equation.source());
            }
            return switch (primitive) {
                case Elementwise _ -> append(primitive, moved(equation, permutation), equation);
                case Movement.Pad(Ints low, Ints high, Ints interior) ->
                    append(
                            new Movement.Pad(
                                    permutation.map(low::get),
                                    permutation.map(high::get),
                                    permutation.map(interior::get)),
                            moved(equation, permutation),
                            equation);
                case Movement.Slice(Ints start, Ints limit, Ints strides) ->
                    append(
                            new Movement.Slice(
                                    permutation.map(start::get),
                                    permutation.map(limit::get),
                                    permutation.map(strides::get)),
                            moved(equation, permutation),
                            equation);
                case Movement.Concatenate(int dimension) ->
                    append(
                            new Movement.Concatenate(permutation.indexOf(dimension)),
                            moved(equation, permutation),
                            equation);
                default -> append(new Movement.Transpose(permutation), append(primitive, operands, equation), equation);
            };
        }

        private Array<Atom> moved(Equation equation, Ints permutation) {
            return equation.inputs().map(in -> moved(in, permutation, equation));
        }

        /** The value in the other order: it is there, or it is made again of what is not stored, or it is transposed. */
        private Atom moved(Atom before, Ints permutation, Equation reader) {
            Atom now = before instanceof Var var ? env.get(var) : before;
            if (demand.isInPlace(before)) {
                return now;
            }
            Equation definition = demand.orders().definition(before);
            boolean again =
                    demand.orders().isFree(before, permutation) && definition.primitive() instanceof Elementwise;
            return again
                    ? append(definition.primitive(), moved(definition, permutation), definition)
                            .get(0)
                    : append(new Movement.Transpose(permutation), Array.of(now), reader)
                            .get(0);
        }

        private Array<Atom> append(Primitive primitive, Array<Atom> operands, Equation source) {
            return builder.append(primitive, operands, source.source());
        }
    }
}
