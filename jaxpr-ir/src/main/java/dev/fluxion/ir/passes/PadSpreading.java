package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.VarMap;
import io.vavr.collection.Array;
import java.util.Map;

/**
 * {@code pad(pad'(a) + pad''(b)) = pad(pad'(a)) + pad(pad''(b))}, where each of the two is one pad: so the sums of stencils
 * in several dimensions, padded along one axis after the other, become sums of pads. Only where nothing else reads the sum,
 * and where it grows to no more than twice its size.
 */
final class PadSpreading extends Rewriting {
    /** The most terms of a sum that is taken apart. */
    private static final int MOST = 32;

    @Override
    Step begin(Jaxpr jaxpr, JaxprBuilder builder) {
        Map<Var, Integer> before = jaxpr.useCounts();
        VarMap<Integer> uses = new VarMap<>(before.size());
        return new Step() {
            @Override
            public void bound(Var var, Atom atom) {
                if (atom instanceof Var made) {
                    uses.put(made, uses.getOrDefault(made, 0) + before.getOrDefault(var, 0));
                }
            }

            @Override
            public Array<Atom> apply(Equation equation, Primitive primitive, Array<Atom> operands) {
                PatternContext at = new PatternContext(builder, uses, equation.source());
                boolean spreads = ZeroPads.of(equation) != null
                        && equation.output().shape().size() / 2
                                <= equation.input(0).shape().size()
                        && at.definition(operands.get(0)) instanceof Equation sum
                        && isSum(sum)
                        && pads(operands.get(0), at, MOST) > 0;
                return spreads
                        ? Array.of(spread((Movement.Pad) primitive, operands.get(0), operands.get(1), at))
                        : builder.append(primitive, operands, equation.source());
            }
        };
    }

    private static boolean isSum(Equation equation) {
        return equation.primitive() instanceof Elementwise.Binary(BinaryOp op)
                && (op == BinaryOp.ADD || op == BinaryOp.SUB);
    }

    /** How many pads the atom is a sum of, read by nothing else; 0 when it is none, or one of more than {@code most}. */
    private static int pads(Atom atom, PatternContext at, int most) {
        Equation definition = at.privateDefinition(atom);
        if (most <= 0 || definition == null) {
            return 0;
        }
        if (ZeroPads.of(definition) != null) {
            return 1;
        }
        if (!isSum(definition)) {
            return 0;
        }
        int left = pads(definition.input(0), at, most - 1);
        int right = left == 0 ? 0 : pads(definition.input(1), at, most - left);
        return right == 0 ? 0 : left + right;
    }

    private static Atom spread(Movement.Pad pad, Atom atom, Atom zero, PatternContext at) {
        Equation definition = at.definition(atom);
        return isSum(definition)
                ? at.append(
                        definition.primitive(),
                        spread(pad, definition.input(0), zero, at),
                        spread(pad, definition.input(1), zero, at))
                : at.append(pad, atom, zero);
    }
}
