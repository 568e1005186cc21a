package dev.fluxion.transforms;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/**
 * Partial evaluation of a scan: one over the known part of the body, and one over the unknown part. What the second needs of
 * the first is stacked only when it differs from step to step and is not there already: consts stay consts, xs stay xs, known
 * ys are used again, and what is computed from consts alone is computed once, in front of the loop.
 */
final class ScanSplit {
    private final PartialEvaluation at;
    private final Equation equation;
    private final Control.Scan p;
    private final Array<Boolean> mask;
    private final Array<Boolean> unknownInputs;
    private final PartialEvaluation.Split halves;
    private final int knownConsts;
    private final int knownCarry;
    /** How many results of the body's known half are results of the scan; those behind are residuals. */
    private final int knownResults;

    ScanSplit(PartialEvaluation at, Equation equation, Control.Scan p, Array<Boolean> mask) {
        this.at = at;
        this.equation = equation;
        this.p = p;
        this.mask = mask;
        Array<Boolean> carry = LoopDerivatives.fixpoint(
                p.carry(mask),
                moving -> p.carryOut(
                        PartialEvaluation.of(p.body(), withCarry(moving)).unknownOutputs()));
        this.unknownInputs = withCarry(carry);
        int ys = p.body().outputs().size() - p.carry();
        this.halves = PartialEvaluation.of(p.body(), unknownInputs, carry.appendAll(Leaves.none(ys)));
        this.knownConsts = known(p.consts(mask));
        this.knownCarry = known(carry);
        this.knownResults = known(halves.unknownOutputs());
    }

    private Array<Boolean> withCarry(Array<Boolean> carry) {
        return p.consts(mask).appendAll(carry).appendAll(p.xs(mask));
    }

    private static int known(Array<Boolean> unknown) {
        return unknown.count(later -> !later);
    }

    /** A residual for all steps, or one for each step, stacked. */
    private record Residual(Atom atom, boolean stacked) {}

    void run() {
        Array<Atom> operands =
                Masks.select(Masks.not(unknownInputs), equation.inputs()).map(at::knownAtom);
        Array<Residual> residuals = runKnown(operands);
        Array<Integer> positions = Array.range(0, halves.unknown().inputs().size());
        Array<Integer> invariant =
                positions.take(residuals.size()).filter(i -> !residuals.get(i).stacked());
        Array<Integer> stacked =
                positions.take(residuals.size()).filter(i -> residuals.get(i).stacked());
        Array<Integer> others = Masks.spread(unknownInputs, positions.drop(residuals.size()));
        Array<Integer> consts = invariant.appendAll(present(p.consts(others)));
        Array<Integer> carry = present(p.carry(others));
        Array<Integer> xs = stacked.appendAll(present(p.xs(others)));
        Jaxpr body = SubPrograms.arranged(
                halves.unknown(),
                consts.appendAll(carry).appendAll(xs),
                Array.range(0, halves.unknown().outputs().size()));
        Array<Atom> later =
                equation.inputs().zipWith(unknownInputs, (in, unknown) -> unknown ? at.unknownAtom(in) : null);
        Array<Atom> laterConsts =
                invariant.map(i -> at.residual(residuals.get(i).atom())).appendAll(present(p.consts(later)));
        // A tangent of constants alone is the same in all steps; backward, one sum of cotangents goes through it at the
        // end.
        PartialEvaluation.Split hoist =
                hoist(body, consts.size(), body.outputs().size());
        Array<Atom> loopConsts = hoist.residuals(laterConsts, at.inlineUnknown(hoist.known(), laterConsts));
        Array<Atom> laterOperands = loopConsts
                .appendAll(present(p.carry(later)))
                .appendAll(stacked.map(i -> at.residual(residuals.get(i).atom())))
                .appendAll(present(p.xs(later)));
        at.unknown(
                equation,
                p.with(hoist.unknown(), loopConsts.size(), carry.size()),
                laterOperands,
                halves.unknownOutputs());
    }

    /** Runs the known half and gives the residuals, in the order of the unknown half's inputs. */
    private Array<Residual> runKnown(Array<Atom> operands) {
        PartialEvaluation.Split hoist = hoist(halves.known(), knownConsts, knownResults);
        Array<Atom> consts = operands.take(knownConsts);
        Array<Atom> before = at.inlineKnown(hoist.known(), consts);
        Array<Atom> loopConsts = hoist.residuals(consts, before);
        Jaxpr loop = hoist.unknown();
        List<Atom> outputs = new ArrayList<>(loop.outputs().asJava());
        Array<Integer> computed = halves.computed()
                .map(i -> hoist.unknownOutputs().get(i)
                        ? stack(outputs, loop.outputs().get(rank(hoist.unknownOutputs(), i)))
                        : -1);
        Array<Integer> forwarded = halves.forwarded()
                .map(i -> isCarry(i) ? stack(outputs, loop.inputs().get(loopConsts.size() + i - knownConsts)) : -1);
        Jaxpr body = new Jaxpr(loop.constants(), loop.inputs(), loop.equations(), Array.ofAll(outputs));
        boolean nothing = outputs.isEmpty() && !body.hasEffects();
        Array<Atom> results = nothing
                ? Array.empty()
                : at.known(
                        equation,
                        p.with(body, loopConsts.size(), knownCarry),
                        loopConsts.appendAll(operands.drop(knownConsts)),
                        halves.unknownOutputs());
        Array<Boolean> isHoisted = Masks.not(hoist.unknownOutputs());
        return computed.zipWithIndex((output, i) -> output < 0
                        ? new Residual(
                                before.get(rank(isHoisted, halves.computed().get(i))), false)
                        : new Residual(results.get(output), true))
                .appendAll(forwarded
                        .zip(halves.forwarded())
                        .map(f -> f._1 < 0
                                ? new Residual(operands.get(f._2), f._2 >= knownConsts)
                                : new Residual(results.get(f._1), true)));
    }

    /**
     * A body apart: what it computes from its consts alone, in front of the loop, and what remains in the loop.
     *
     * @param results how many of the outputs must come from the loop
     */
    private static PartialEvaluation.Split hoist(Jaxpr body, int consts, int results) {
        Array<Boolean> inLoop = body.outputs().zipWithIndex((out, i) -> i < results);
        if (!body.hasEffects()) {
            return PartialEvaluation.of(body, body.inputs().zipWithIndex((in, i) -> i >= consts), inLoop);
        }
        // What has an effect runs in every step.
        Jaxpr nothing = new Jaxpr(Array.empty(), body.inputs().take(consts), Array.empty(), Array.empty());
        return new PartialEvaluation.Split(
                nothing, body, Array.fill(body.outputs().size(), true), Array.empty(), Array.range(0, consts));
    }

    /** How many places before place i are marked. */
    private static int rank(Array<Boolean> marks, int i) {
        return marks.take(i).count(marked -> marked);
    }

    private boolean isCarry(int knownInput) {
        return knownInput >= knownConsts && knownInput < knownConsts + knownCarry;
    }

    /** The place of an atom among the ys; added to them when it is not there. */
    private int stack(List<Atom> outputs, Atom atom) {
        int there = outputs.subList(knownCarry, outputs.size()).indexOf(atom);
        if (there >= 0) {
            return knownCarry + there;
        }
        outputs.add(atom);
        return outputs.size() - 1;
    }

    private static <T> Array<T> present(Array<T> values) {
        return values.filter(value -> value != null);
    }
}
