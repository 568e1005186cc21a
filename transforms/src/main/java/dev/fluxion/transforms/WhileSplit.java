package dev.fluxion.transforms;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Effects;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.passes.DeadCode;
import io.vavr.collection.Array;

/**
 * Partial evaluation of a while loop whose end does not depend on what is unknown: one loop over the known part of the carry,
 * and one that runs everything again, since nobody knows how many steps there would be to remember.
 */
record WhileSplit(PartialEvaluation at, Equation equation, Control.While p, Array<Boolean> mask) {
    void run() {
        Array<Boolean> consts = p.bodyConsts(mask);
        Array<Boolean> carry = LoopDerivatives.fixpoint(
                p.init(mask),
                moving ->
                        PartialEvaluation.of(p.body(), consts.appendAll(moving)).unknownOutputs());
        Array<Boolean> condInputs = p.condConsts(mask).appendAll(carry);
        if (PartialEvaluation.of(p.cond(), condInputs).unknownOutputs().get(0)) {
            at.later(equation);
            return;
        }
        if (carry.contains(false)) {
            known(consts, carry, condInputs);
        }
        Control.While again = new Control.While(silent(p.cond()), p.condConsts(), silent(p.body()), p.bodyConsts());
        at.again(equation, again, carry);
    }

    private void known(Array<Boolean> consts, Array<Boolean> carry, Array<Boolean> condInputs) {
        PartialEvaluation.Split halves = PartialEvaluation.of(p.body(), consts.appendAll(carry), carry);
        Jaxpr all = halves.known();
        int results = carry.count(unknown -> !unknown);
        Jaxpr body = new DeadCode()
                .apply(new Jaxpr(
                        all.constants(),
                        all.inputs(),
                        all.equations(),
                        all.outputs().take(results)));
        Jaxpr cond = PartialEvaluation.of(p.cond(), condInputs).known();
        Array<Atom> operands = Masks.select(Masks.not(p.condConsts(mask)), p.condConsts(equation.inputs()))
                .appendAll(Masks.select(Masks.not(consts), p.bodyConsts(equation.inputs())))
                .appendAll(Masks.select(Masks.not(carry), p.init(equation.inputs())))
                .map(at::knownAtom);
        Control.While loop = new Control.While(
                cond, p.condConsts(mask).count(unknown -> !unknown), body, consts.count(unknown -> !unknown));
        at.known(equation, loop, operands, carry);
    }

    /** The program without equations that only have an effect: those ran in the first loop. */
    private static Jaxpr silent(Jaxpr jaxpr) {
        return jaxpr.hasEffects()
                ? new Jaxpr(
                        jaxpr.constants(),
                        jaxpr.inputs(),
                        jaxpr.equations()
                                .filter(equation -> !equation.outputs().isEmpty() || !Effects.of(equation.primitive())),
                        jaxpr.outputs())
                : jaxpr;
    }
}
