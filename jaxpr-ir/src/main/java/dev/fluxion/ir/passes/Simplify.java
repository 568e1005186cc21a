package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.VarMap;
import io.vavr.collection.Array;
import java.util.Map;

/**
 * Common subexpressions, constant folding and algebraic simplification. Rebuilding does what the builder does anyway; on
 * top of that come the patterns that must know how often a value is read, and those that change a last digit:
 *
 * <ul>
 *   <li>{@link SumPatterns}: {@code (t + c) + c = t + 2*c}, {@code 2*c + c = 3*c}
 *   <li>{@link ReductionPatterns}: sums of sums, sums of repeated values
 *   <li>{@link SelectPatterns}: {@code 2*(p ? 1 : 0) = p ? 2 : 0}
 *   <li>{@link SignPatterns}: {@code sum(-x) = -sum(x)}
 * </ul>
 *
 * <p>A choice whose index is a number is the branch it names.
 *
 * <p>The new form is never less accurate than the old one by more than one rounding of a value that is itself rounded. NaN
 * and infinities stay what they are; only an intermediate result that over- or underflows may not occur any more, or newly
 * occur.
 */
public final class Simplify implements Pass {
    @Override
    public String name() {
        return "simplify";
    }

    @Override
    public Jaxpr apply(Jaxpr jaxpr) {
        return new Simplification().rewrite(jaxpr);
    }

    private static final class Simplification extends Rewriting {
        @Override
        Step begin(Jaxpr jaxpr, JaxprBuilder builder) {
            return new Patterns(builder, jaxpr.useCounts());
        }
    }

    private record Patterns(JaxprBuilder builder, Map<Var, Integer> usesBefore, VarMap<Integer> uses)
            implements Rewriting.Step {

        Patterns(JaxprBuilder builder, Map<Var, Integer> usesBefore) {
            this(builder, usesBefore, new VarMap<>(usesBefore.size()));
        }

        @Override
        public void bound(Var var, Atom atom) {
            if (atom instanceof Var made) {
                uses.put(made, uses.getOrDefault(made, 0) + usesBefore.getOrDefault(var, 0));
            }
        }

        @Override
        public Array<Atom> apply(Equation equation, Primitive primitive, Array<Atom> in) {
            if (primitive instanceof Control.Cond cond && in.get(0) instanceof Literal index) {
                return builder.inline(cond.branch(index.longValue()), in.tail());
            }
            PatternContext at = new PatternContext(builder, uses, equation.source());
            Atom simple = switch (primitive) {
                case Elementwise.SelectN _ -> new SelectPatterns(at).choice(in);
                case Elementwise p -> elementwise(p, in, at);
                case Reduction.Reduce p -> new ReductionPatterns(at).apply(p, in.get(0));
                case Movement p -> new SignPatterns(at).move(p, in);
                case DotGeneral p -> new SignPatterns(at).dot(p, in.get(0), in.get(1));
                default -> null;
            };
            return simple != null ? Array.of(simple) : builder.append(primitive, in, equation.source());
        }

        private static Atom elementwise(Elementwise p, Array<Atom> in, PatternContext at) {
            Atom sum = p instanceof Elementwise.Binary(BinaryOp op)
                    ? new SumPatterns(at).apply(op, in.get(0), in.get(1))
                    : null;
            return sum != null ? sum : new SelectPatterns(at).ofNumbers(p, in);
        }
    }
}
