package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code pad(2*x) + pad'(-x) = 2*slice(p) - slice'(p)} with {@code p = pad''(x)}: where multiples of one array are padded
 * several times, as in the gradient of a stencil, that array is padded once, by as much as all of them need, and the others
 * are views of it. One kernel then reads the shifted views, scales and adds them, where every padded array was written and
 * read again.
 *
 * <p>Exact: the same terms in the same order. Only the sign of a zero may change: {@code -1*0} stands at the edges.
 */
public final class PadShifts implements Pass {
    @Override
    public String name() {
        return "pad_shifts";
    }

    @Override
    public Jaxpr apply(Jaxpr jaxpr) {
        boolean any = Rewriting.existsProgram(
                jaxpr, program -> program.equations().count(equation -> ZeroPads.of(equation) != null) > 1);
        return any ? new Shifting().rewrite(new PadSpreading().rewrite(jaxpr)) : jaxpr;
    }

    private static final class Shifting extends Rewriting {
        @Override
        Step begin(Jaxpr jaxpr, JaxprBuilder builder) {
            return new Shifts(jaxpr, builder);
        }
    }

    /** All pads of multiples of one array. */
    private static final class Group {
        private Ints low;
        private Ints high;
        private long elements;
        private int count;

        void add(Movement.Pad pad, long size) {
            low = count == 0 ? pad.low() : larger(low, pad.low());
            high = count == 0 ? pad.high() : larger(high, pad.high());
            elements += size;
            count++;
        }

        private static Ints larger(Ints a, Ints b) {
            return Ints.range(a.size()).map(i -> Math.max(a.get(i), b.get(i)));
        }

        /** Whether the one padded array is smaller than those it stands for by a third at least. */
        boolean pays(Atom root) {
            long size = 1;
            for (int axis = 0; axis < low.size(); axis++) {
                size *= low.get(axis) + root.shape().dim(axis) + high.get(axis);
            }
            return count > 1 && 3 * size <= 2 * elements;
        }
    }

    /** What is padded: {@code root}, then scaled by {@code factors}, the last one first. */
    private record Multiple(Atom root, List<Equation> factors) {}

    private static final class Shifts implements Rewriting.Step {
        /** How many factors are looked through. */
        private static final int MOST = 4;

        private final JaxprBuilder builder;
        private final Map<Var, Equation> definitions = new IdentityHashMap<>();
        private final Map<Atom, Group> groups = new IdentityHashMap<>();
        private final Map<Var, Atom> env = new IdentityHashMap<>();

        Shifts(Jaxpr jaxpr, JaxprBuilder builder) {
            this.builder = builder;
            for (Equation equation : jaxpr.equations()) {
                equation.outputs().forEach(out -> definitions.put(out, equation));
                Movement.Pad pad = ZeroPads.of(equation);
                if (pad != null && equation.output().dtype() != DType.BOOL) {
                    groups.computeIfAbsent(multiple(equation.input(0)).root(), key -> new Group())
                            .add(pad, equation.output().shape().size());
                }
            }
        }

        private Multiple multiple(Atom atom) {
            List<Equation> factors = new ArrayList<>();
            Atom root = atom;
            while (factors.size() < MOST
                    && root instanceof Var var
                    && definitions.get(var) instanceof Equation scaling) {
                Atom inner = unscaled(scaling);
                if (inner == null) {
                    break;
                }
                factors.add(scaling);
                root = inner;
            }
            return new Multiple(root, factors);
        }

        /** The array in {@code -x}, {@code c*x} and {@code x*c} with a finite number c; else null. */
        private static Atom unscaled(Equation equation) {
            return switch (equation.primitive()) {
                case Elementwise.Unary(UnaryOp op) when op == UnaryOp.NEG -> equation.input(0);
                case Elementwise.Binary(BinaryOp op)
                when op == BinaryOp.MUL ->
                    isFinite(equation.input(0))
                            ? equation.input(1)
                            : isFinite(equation.input(1)) ? equation.input(0) : null;
                default -> null;
            };
        }

        private static boolean isFinite(Atom atom) {
            return atom instanceof Literal literal && Double.isFinite(literal.doubleValue());
        }

        @Override
        public void bound(Var var, Atom atom) {
            env.put(var, atom);
        }

        @Override
        public Array<Atom> apply(Equation equation, Primitive primitive, Array<Atom> operands) {
            Movement.Pad pad = ZeroPads.of(equation);
            if (pad == null || equation.output().dtype() == DType.BOOL) {
                return builder.append(primitive, operands, equation.source());
            }
            Multiple multiple = multiple(equation.input(0));
            Group group = groups.get(multiple.root());
            if (!group.pays(multiple.root())) {
                return builder.append(primitive, operands, equation.source());
            }
            Ints none = pad.interior();
            Atom root = multiple.root() instanceof Var var ? env.get(var) : multiple.root();
            Atom all = append(new Movement.Pad(group.low, group.high, none), Array.of(root, operands.get(1)), equation);
            Ints start = Ints.range(none.size())
                    .map(i -> group.low.get(i) - pad.low().get(i));
            Ints limit = Ints.range(none.size())
                    .map(i -> start.get(i) + equation.output().shape().dim(i));
            Atom value = append(new Movement.Slice(start, limit, none.map(gap -> 1)), Array.of(all), equation);
            for (Equation factor : multiple.factors().reversed()) {
                Atom unscaled = value;
                value = append(
                        factor.primitive(), factor.inputs().map(in -> in instanceof Literal ? in : unscaled), factor);
            }
            return Array.of(value);
        }

        private Atom append(Primitive primitive, Array<Atom> operands, Equation source) {
            return builder.append(primitive, operands, source.source()).get(0);
        }
    }
}
