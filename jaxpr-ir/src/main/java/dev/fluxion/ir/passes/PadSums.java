package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code t + pad(a) + pad(b) = t + concatenate(a, b)} where the parts lie beside one another: what reverse mode makes of
 * slices, of indexing and of {@code concatenate}. Places that no part fills are zeros; parts that differ along more than
 * one axis are written one after the other into the first one's array.
 *
 * <p>Exact: every element of {@code pad(a) + pad(b)} is an element of one part plus zeros. Only the sign of a zero may
 * change. Parts are joined where they stand next to one another in a sum that is taken from left to right, so that the
 * other terms of each element are added in the same order as before.
 *
 * <p>Whole sums are looked at once, from their ends, so that a sum of n parts takes n log n steps, and the one
 * concatenation copies every element once, where n sums of whole arrays would take n times as many.
 */
public final class PadSums implements Pass {
    @Override
    public String name() {
        return "pad_sums";
    }

    @Override
    public Jaxpr apply(Jaxpr jaxpr) {
        boolean any = Rewriting.exists(jaxpr, Movement.Pad.class::isInstance);
        return any ? new Joining().rewrite(jaxpr) : jaxpr;
    }

    private static final class Joining extends Rewriting {
        @Override
        Step begin(Jaxpr jaxpr, JaxprBuilder builder) {
            return new Sums(jaxpr, builder);
        }
    }

    private static final class Sums implements Rewriting.Step {
        private final JaxprBuilder builder;
        private final Map<Var, Equation> definitions = new IdentityHashMap<>();
        private final Map<Var, Integer> uses;
        private final Map<Var, Atom> env = new IdentityHashMap<>();

        /** Sums that only another sum reads: looked at from there. */
        private final Set<Equation> inner = Collections.newSetFromMap(new IdentityHashMap<>());

        Sums(Jaxpr jaxpr, JaxprBuilder builder) {
            this.builder = builder;
            uses = jaxpr.useCounts();
            for (Equation equation : jaxpr.equations()) {
                equation.outputs().forEach(out -> definitions.put(out, equation));
                Equation spine = isSum(equation) ? spine(equation) : null;
                if (spine != null) {
                    inner.add(spine);
                }
            }
        }

        @Override
        public void bound(Var var, Atom atom) {
            env.put(var, atom);
        }

        @Override
        public Array<Atom> apply(Equation equation, Primitive primitive, Array<Atom> operands) {
            if (isSum(equation) && !inner.contains(equation)) {
                List<Atom> terms = terms(equation);
                List<Atom> joined = joined(terms, equation);
                if (joined.size() < terms.size()) {
                    return Array.of(joined.stream()
                            .reduce((x, y) -> append(new Elementwise.Binary(BinaryOp.ADD), Array.of(x, y), equation))
                            .orElseThrow());
                }
            }
            return builder.append(primitive, operands, equation.source());
        }

        private static boolean isSum(Equation equation) {
            return equation.primitive() instanceof Elementwise.Binary(BinaryOp op)
                    && op == BinaryOp.ADD
                    && equation.output().dtype() != DType.BOOL;
        }

        /** The operand that is itself a sum which nothing else reads, so that the other one is its last term; or null. */
        private Equation spine(Equation sum) {
            Equation left = privateSum(sum.input(0));
            return left != null ? left : privateSum(sum.input(1));
        }

        private Equation privateSum(Atom atom) {
            Equation definition = atom instanceof Var var && uses.get(var) == 1 ? definitions.get(var) : null;
            return definition != null && isSum(definition) ? definition : null;
        }

        /** The terms of a sum as written, in the order in which they are added. */
        private List<Atom> terms(Equation sum) {
            List<Atom> backwards = new ArrayList<>();
            Equation at = sum;
            for (Equation next = spine(at); next != null; next = spine(at)) {
                backwards.add(next.output() == at.input(0) ? at.input(1) : at.input(0));
                at = next;
            }
            backwards.add(at.input(1));
            backwards.add(at.input(0));
            Collections.reverse(backwards);
            return backwards;
        }

        /** The terms as they stand in the new program, neighbouring parts as one. */
        private List<Atom> joined(List<Atom> terms, Equation sum) {
            List<Atom> joined = new ArrayList<>();
            DisjointParts run = new DisjointParts(sum.output().type());
            for (Atom term : terms) {
                Movement.Pad pad = zeroPad(term);
                if (pad != null) {
                    Atom part = read(definitions.get((Var) term).input(0));
                    if (run.add(pad, part, read(term))) {
                        continue;
                    }
                    flush(run, joined, sum);
                    run = new DisjointParts(sum.output().type());
                    if (run.add(pad, part, read(term))) {
                        continue;
                    }
                }
                flush(run, joined, sum);
                run = new DisjointParts(sum.output().type());
                joined.add(read(term));
            }
            flush(run, joined, sum);
            return joined;
        }

        private void flush(DisjointParts run, List<Atom> joined, Equation sum) {
            if (!run.isEmpty()) {
                joined.add(run.together((primitive, operands) -> append(primitive, operands, sum)));
            }
        }

        /** The pad that a term is, of zeros around and none between; else null. */
        private Movement.Pad zeroPad(Atom term) {
            Equation definition = term instanceof Var var ? definitions.get(var) : null;
            return definition != null
                            && definition.primitive() instanceof Movement.Pad pad
                            && definition.input(1) instanceof Literal zero
                            && zero.is(0)
                            && pad.interior().stream().allMatch(gap -> gap == 0)
                            && pad.low().stream().allMatch(edge -> edge >= 0)
                            && pad.high().stream().allMatch(edge -> edge >= 0)
                    ? pad
                    : null;
        }

        private Atom read(Atom atom) {
            return atom instanceof Var var ? env.get(var) : atom;
        }

        private Atom append(Primitive primitive, Array<Atom> operands, Equation source) {
            return builder.append(primitive, operands, source.source()).get(0);
        }
    }
}
