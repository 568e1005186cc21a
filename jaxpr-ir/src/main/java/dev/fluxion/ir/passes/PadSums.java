package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
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
 * other terms of each element are added in the same order as before; the first two terms may stand in either order.
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

    /** What a sum adds, or takes away. */
    private record Term(Atom atom, boolean negative) {}

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
                List<Term> terms = terms(equation);
                List<Term> joined = joined(terms, equation);
                if (joined.size() < terms.size()) {
                    return Array.of(joined.stream()
                            .reduce((x, y) -> sum(x, y, equation))
                            .orElseThrow()
                            .atom());
                }
            }
            return builder.append(primitive, operands, equation.source());
        }

        /** {@code x + y}, of which at most one is taken away. */
        private Term sum(Term x, Term y, Equation source) {
            Atom first = x.negative() ? y.atom() : x.atom();
            Atom second = x.negative() ? x.atom() : y.atom();
            BinaryOp op = x.negative() || y.negative() ? BinaryOp.SUB : BinaryOp.ADD;
            return new Term(append(new Elementwise.Binary(op), Array.of(first, second), source), false);
        }

        private static boolean isSum(Equation equation) {
            return equation.primitive() instanceof Elementwise.Binary(BinaryOp op)
                    && (op == BinaryOp.ADD || op == BinaryOp.SUB)
                    && equation.output().dtype() != DType.BOOL;
        }

        private static boolean isDifference(Equation sum) {
            return sum.primitive().equals(new Elementwise.Binary(BinaryOp.SUB));
        }

        /** The operand that is itself a sum which nothing else reads, so that the other one is its last term; or null. */
        private Equation spine(Equation sum) {
            Equation left = privateSum(sum.input(0));
            return left != null || isDifference(sum) ? left : privateSum(sum.input(1));
        }

        private Equation privateSum(Atom atom) {
            Equation definition = atom instanceof Var var && uses.get(var) == 1 ? definitions.get(var) : null;
            return definition != null && isSum(definition) ? definition : null;
        }

        /** The terms of a sum as written, in the order in which they are added. */
        private List<Term> terms(Equation sum) {
            List<Term> backwards = new ArrayList<>();
            Equation at = sum;
            for (Equation next = spine(at); next != null; next = spine(at)) {
                Atom last = next.output() == at.input(0) ? at.input(1) : at.input(0);
                backwards.add(new Term(last, isDifference(at)));
                at = next;
            }
            backwards.add(new Term(at.input(1), isDifference(at)));
            backwards.add(new Term(at.input(0), false));
            Collections.reverse(backwards);
            return backwards;
        }

        /** The terms as they stand in the new program, neighbouring parts as one. */
        private List<Term> joined(List<Term> terms, Equation sum) {
            List<Term> joined = new ArrayList<>();
            DisjointParts run = new DisjointParts(sum.output().type());
            boolean negative = false;
            for (Term term : secondFirst(terms, sum) ? swapped(terms) : terms) {
                if (term.negative() != negative) {
                    flush(run, negative, joined, sum);
                    run = new DisjointParts(sum.output().type());
                    negative = term.negative();
                }
                if (add(term, run)) {
                    continue;
                }
                flush(run, negative, joined, sum);
                run = new DisjointParts(sum.output().type());
                if (!add(term, run)) {
                    joined.add(new Term(read(term.atom()), negative));
                }
            }
            flush(run, negative, joined, sum);
            return joined;
        }

        /** Whether the term is a part that overlaps none of the others, which it joins. */
        private boolean add(Term term, DisjointParts run) {
            Movement.Pad pad = zeroPad(term.atom());
            return pad != null
                    && run.add(pad, read(definitions.get((Var) term.atom()).input(0)), read(term.atom()));
        }

        /** Whether the first part would join the third term, if the second one, which joins neither, were not between. */
        private boolean secondFirst(List<Term> terms, Equation sum) {
            if (terms.size() < 3 || terms.get(2).negative()) {
                return false;
            }
            DisjointParts parts = new DisjointParts(sum.output().type());
            boolean joins = add(terms.get(0), parts) && add(terms.get(2), parts);
            DisjointParts firstTwo = new DisjointParts(sum.output().type());
            boolean joinsSecond =
                    !terms.get(1).negative() && add(terms.get(0), firstTwo) && add(terms.get(1), firstTwo);
            return joins && !joinsSecond;
        }

        private static List<Term> swapped(List<Term> terms) {
            List<Term> swapped = new ArrayList<>(terms);
            Collections.swap(swapped, 0, 1);
            return swapped;
        }

        private void flush(DisjointParts run, boolean negative, List<Term> joined, Equation sum) {
            if (!run.isEmpty()) {
                joined.add(new Term(run.together((primitive, operands) -> append(primitive, operands, sum)), negative));
            }
        }

        private Movement.Pad zeroPad(Atom term) {
            return ZeroPads.of(term instanceof Var var ? definitions.get(var) : null);
        }

        private Atom read(Atom atom) {
            return atom instanceof Var var ? env.get(var) : atom;
        }

        private Atom append(Primitive primitive, Array<Atom> operands, Equation source) {
            return builder.append(primitive, operands, source.source()).get(0);
        }
    }
}
