package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/** Which values of a program are better computed with their axes in another order, and in which. */
final class TransposeDemand {
    /** What becomes of transposes that hang together: all of them go, or none. */
    private static final class Group {
        private Group joined;

        /** Elements that need not be moved any more, and those that have to be moved instead. */
        private long gain;

        private long cost;

        Group root() {
            Group root = this;
            while (root.joined != null) {
                root = root.joined;
            }
            for (Group at = this; at != root; ) {
                Group next = at.joined;
                at.joined = root;
                at = next;
            }
            return root;
        }

        void join(Group other) {
            Group a = root();
            Group b = other.root();
            if (a != b) {
                b.joined = a;
                a.gain += b.gain;
                a.cost += b.cost;
            }
        }

        boolean pays() {
            Group root = root();
            return 2 * root.cost <= root.gain;
        }
    }

    /** What the readers of a value ask for: one permutation, or several, of which none can be had. */
    private static final class Wish {
        private final Ints permutation;
        private final Group group;
        private int readers = 1;
        private boolean granted;

        Wish(Ints permutation, Group group) {
            this.permutation = permutation;
            this.group = group;
        }
    }

    private final Map<Var, Integer> uses;
    private final Map<Var, Wish> wishes = new IdentityHashMap<>();
    private final AxisOrders orders;

    TransposeDemand(Jaxpr jaxpr) {
        uses = jaxpr.useCounts();
        orders = new AxisOrders(jaxpr);
        Array<Equation> equations = jaxpr.equations();
        for (int i = equations.size() - 1; i >= 0; i--) {
            Equation equation = equations.get(i);
            equation.outputs().forEach(out -> settle(equation, out));
            if (equation.primitive() instanceof Movement.Transpose(Ints permutation)) {
                Wish wish = wishes.get(equation.output());
                if (wish == null || !wish.granted) {
                    Group group = new Group();
                    group.gain = equation.output().shape().size();
                    ask(equation.input(0), permutation, group);
                }
            }
        }
        jaxpr.inputs().forEach(this::refuse);
        jaxpr.constants().forEach(constant -> refuse(constant.var()));
    }

    /** The order in which a value is computed: its axis {@code permutation[k]} comes at k; null if it stays as it is. */
    Ints permutation(Atom atom) {
        Wish wish = atom instanceof Var var ? wishes.get(var) : null;
        return wish != null && wish.granted && wish.group.pays() ? wish.permutation : null;
    }

    /** Whether the value is there in that order: it is computed so, or it is the same in any. */
    boolean isInPlace(Atom atom) {
        return atom.shape().isScalar() || orders.isSymmetric(atom) || permutation(atom) != null;
    }

    AxisOrders orders() {
        return orders;
    }

    private void ask(Atom atom, Ints permutation, Group group) {
        if (!(atom instanceof Var var) || orders.isFree(var, permutation)) {
            return;
        }
        Wish wish = wishes.get(var);
        if (wish == null) {
            wishes.put(var, new Wish(permutation, group));
        } else if (wish.permutation.equals(permutation)) {
            wish.readers++;
            wish.group.join(group);
        } else {
            group.root().cost += var.shape().size();
        }
    }

    /** Grants what all readers of the result want if the operation can give it, and asks for what that takes. */
    private void settle(Equation equation, Var out) {
        Wish wish = wishes.get(out);
        if (wish == null) {
            return;
        }
        wish.granted = wish.readers == uses.get(out) && gives(equation, wish.permutation);
        if (!wish.granted) {
            refuse(out);
            return;
        }
        switch (equation.primitive()) {
            case Elementwise _, Movement.Pad _, Movement.Slice _, Movement.Concatenate _ ->
                equation.inputs().forEach(in -> ask(in, wish.permutation, wish.group));
            default -> {}
        }
    }

    private void refuse(Var var) {
        Wish wish = wishes.get(var);
        if (wish != null) {
            wish.group.root().cost += var.shape().size();
        }
    }

    /** Whether the operation can give its result in another order: operands to be asked, or free of cost. */
    static boolean gives(Equation equation, Ints permutation) {
        return switch (equation.primitive()) {
            case Elementwise _, Movement.Pad _, Movement.Slice _, Movement.Concatenate _, Movement.Iota _ -> true;
            case Movement.BroadcastInDim(var _, Ints dims) -> {
                Ints moved = dims.map(permutation::indexOf);
                yield moved.equals(moved.sorted());
            }
            case Movement.Transpose(Ints first) -> permutation.map(first::get).isRange();
            case DotGeneral(DotDimensionNumbers d) ->
                permutation.equals(d.exchange(
                        equation.input(0).shape().rank(),
                        equation.input(1).shape().rank()));
            default -> false;
        };
    }
}
