package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/**
 * Partial evaluation of a choice whose index is known: one choice between the known halves of the branches, and one between
 * the unknown ones. The residuals of different branches share places where their types agree, since only one branch runs.
 * Operands, and known results, that a residual equals are handed on as they are.
 */
record CondSplit(PartialEvaluation at, Equation equation, Control.Cond p, Array<Boolean> mask) {
    /** One branch, and for each further result of its known half the place among the shared ones. */
    private record Branch(PartialEvaluation.Split halves, int results, Array<Integer> places) {}

    void run() {
        if (mask.get(0)) {
            at.later(equation);
            return;
        }
        Array<Boolean> operands = mask.tail();
        Array<Boolean> later = p.branches()
                .map(branch -> PartialEvaluation.of(branch, operands).unknownOutputs())
                .reduce(Masks::or);
        int results = later.count(unknown -> !unknown);
        List<ArrayType> shared = new ArrayList<>();
        Array<Branch> branches =
                p.branches().map(branch -> branch(PartialEvaluation.of(branch, operands, later), results, shared));
        Array<ArrayType> places = Array.ofAll(shared);
        Array<Jaxpr> known = branches.map(branch -> known(branch, places));
        Atom index = at.knownAtom(equation.input(0));
        Array<Atom> knownOperands =
                Masks.select(Masks.not(operands), equation.inputs().tail()).map(at::knownAtom);
        boolean nothing = results + places.size() == 0 && !known.exists(Jaxpr::hasEffects);
        Array<Atom> given = nothing
                ? Array.empty()
                : at.known(equation, new Control.Cond(known), knownOperands.prepend(index), later);
        Array<Integer> forwarded =
                branches.flatMap(branch -> branch.halves().forwarded()).distinct();
        Array<Integer> reused = branches.flatMap(branch -> branch.halves().computed())
                .filter(i -> i < results)
                .distinct()
                .appendAll(Array.range(results, results + places.size()));
        Array<Atom> residuals = reused.map(given::get).appendAll(forwarded.map(knownOperands::get));
        Array<Jaxpr> unknown = branches.map(branch -> unknown(branch, reused, forwarded, residuals));
        Array<Atom> laterOperands = residuals
                .prepend(index)
                .map(at::residual)
                .appendAll(Masks.select(operands, equation.inputs().tail()).map(at::unknownAtom));
        at.unknown(equation, new Control.Cond(unknown), laterOperands, later);
    }

    /** Gives the further results of a branch the first free places of their types; makes places where there are none. */
    private static Branch branch(PartialEvaluation.Split halves, int results, List<ArrayType> shared) {
        List<Integer> places = new ArrayList<>();
        for (ArrayType type : halves.known().outputTypes().drop(results)) {
            int place = 0;
            while (place < shared.size() && (!shared.get(place).equals(type) || places.contains(place))) {
                place++;
            }
            if (place == shared.size()) {
                shared.add(type);
            }
            places.add(place);
        }
        return new Branch(halves, results, Array.ofAll(places));
    }

    /** Known operands to known results, then the shared residuals; zeros where this branch has none. */
    private static Jaxpr known(Branch branch, Array<ArrayType> places) {
        JaxprBuilder builder = new JaxprBuilder();
        Jaxpr half = branch.halves().known();
        Array<Atom> outputs = builder.inline(half, half.inputTypes().map(builder::input));
        Array<Atom> residuals = places.zipWithIndex((type, place) -> {
            int own = branch.places().indexOf(place);
            return own >= 0
                    ? outputs.get(branch.results() + own)
                    : builder.append(
                            new Movement.BroadcastInDim(type.shape(), Ints.of()), Literal.of(type.dtype(), 0.0));
        });
        return builder.build(outputs.take(branch.results()).appendAll(residuals));
    }

    /** The unknown half as a program of what all branches take. */
    private static Jaxpr unknown(
            Branch branch, Array<Integer> reused, Array<Integer> forwarded, Array<Atom> residuals) {
        PartialEvaluation.Split halves = branch.halves();
        Jaxpr half = halves.unknown();
        int own = halves.computed().size();
        Array<Integer> computed = halves.computed()
                .map(i -> i < branch.results()
                        ? i
                        : branch.results() + branch.places().get(i - branch.results()));
        Array<Var> inputs = residuals.zipWithIndex((residual, i) -> {
            int place = i < reused.size()
                    ? computed.indexOf(reused.get(i))
                    : halves.forwarded().indexOf(forwarded.get(i - reused.size()));
            return place < 0 ? new Var(residual.type()) : half.inputs().get(i < reused.size() ? place : own + place);
        });
        return new Jaxpr(
                half.constants(),
                inputs.appendAll(half.inputs().drop(own + halves.forwarded().size())),
                half.equations(),
                half.outputs());
    }
}
