package dev.fluxion.numerics.components;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which values are computed component by component. Values that elementwise operations and movements tie together are all
 * or none: all where some operation among them combines or picks components, so that whole arrays would only be taken apart.
 */
final class Marking {
    /** Forests of tied values: to the parent, or to itself at a root. */
    private final Map<Var, Var> parents = new IdentityHashMap<>();

    private final Set<Var> seeds = new HashSet<>();
    private final Map<Var, Boolean> marked = new IdentityHashMap<>();

    private Marking() {}

    /** Of a program whose inputs are given whole. */
    static Marking of(Jaxpr jaxpr) {
        return new Marking().visit(jaxpr);
    }

    /** Of a step of a loop, whose inputs may be given by components; the carry comes in as it goes out. */
    static Marking ofStep(Jaxpr body, int consts, int carry) {
        Marking marking = new Marking();
        body.inputs().forEach(marking::admit);
        marking.visit(body);
        for (int k = 0; k < carry; k++) {
            marking.tie(body.outputs().get(k), body.inputs().get(consts + k));
        }
        return marking.settle();
    }

    private Marking visit(Jaxpr jaxpr) {
        jaxpr.equations().forEach(this::visit);
        return settle();
    }

    private Marking settle() {
        marked.clear();
        seeds.forEach(seed -> marked.put(root(seed), true));
        return this;
    }

    private void admit(Var var) {
        if (TinyAxes.of(var.shape()) != null) {
            parents.put(var, var);
        }
    }

    boolean contains(Var var) {
        return parents.containsKey(var) && marked.containsKey(root(var));
    }

    private void visit(Equation equation) {
        equation.outputs().forEach(this::admit);
        switch (equation.primitive()) {
            case Elementwise _ -> equation.inputs().forEach(in -> tie(in, equation.output()));
            case Movement p -> movement(p, equation);
            case Reduction.Reduce(var _, Ints axes) -> {
                if (ReductionRule.applies(equation.input(0).shape(), axes)) {
                    seed(equation.input(0));
                    seed(equation.output());
                }
            }
            case DotGeneral p -> {
                if (DotRule.applies(p.dimensionNumbers(), equation)) {
                    equation.inputs().forEach(this::seed);
                    seed(equation.output());
                }
            }
            case Reduction _, Threefry2x32 _, Control _, Custom _ -> {}
        }
    }

    private void movement(Movement p, Equation equation) {
        Var out = equation.output();
        boolean combines = switch (p) {
            case Movement.BroadcastInDim _,
                    Movement.Reshape _,
                    Movement.Squeeze _,
                    Movement.ExpandDims _,
                    Movement.Transpose _,
                    Movement.Iota _,
                    Movement.DynamicSlice _,
                    Movement.DynamicUpdateSlice _ -> false;
            case Movement.Slice _, Movement.Rev _ -> movesComponents(equation.input(0), out);
            case Movement.Concatenate(int dimension) ->
                parents.containsKey(out)
                        && dimension >= TinyAxes.of(out.shape()).lead().rank();
            case Movement.Pad _ -> movesComponents(out, equation.input(0));
        };
        if (combines) {
            equation.inputs().forEach(this::seed);
            seed(out);
        }
        equation.inputs().forEach(in -> {
            if (MovementRules.ties(p, in, out)) {
                tie(in, out);
            }
        });
    }

    /** Whether an operation with these operands and results changes the number of components. */
    private boolean movesComponents(Atom many, Atom few) {
        TinyAxes axes = TinyAxes.of(many.shape());
        return axes != null
                && axes.count() != TinyAxes.at(few.shape(), axes.trail().rank()).count();
    }

    private void seed(Atom atom) {
        if (atom instanceof Var var && parents.containsKey(var)) {
            seeds.add(var);
        }
    }

    private void tie(Atom a, Var b) {
        if (a instanceof Var var && parents.containsKey(var) && parents.containsKey(b)) {
            parents.put(root(var), root(b));
        }
    }

    private Var root(Var var) {
        Var at = var;
        while (parents.get(at) != at) {
            Var above = parents.get(at);
            parents.put(at, parents.get(above));
            at = above;
        }
        return at;
    }
}
