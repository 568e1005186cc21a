package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An equation whose results are computed again. A call or a scan is taken apart: at first it also gives what the policy saves
 * inside, and the second time it starts from that.
 *
 * @param later none when everything needed is saved
 * @param saved the results of {@code earlier} that are kept
 */
record RecomputedEquation(Equation earlier, Array<Equation> later, Array<Var> saved) {
    /** @param needed the results that are wanted again */
    static RecomputedEquation of(Equation equation, Array<Var> needed, CheckpointPolicy policy) {
        return switch (equation.primitive()) {
            case Control.Call call -> ofCall(equation, call, needed, policy);
            case Control.Scan scan -> ofScan(equation, scan, needed, policy);
            default -> whole(equation);
        };
    }

    private static RecomputedEquation whole(Equation equation) {
        return new RecomputedEquation(equation, Array.of(equation), Array.empty());
    }

    private static RecomputedEquation ofCall(
            Equation equation, Control.Call call, Array<Var> needed, CheckpointPolicy policy) {
        Jaxpr body = call.body();
        Recomputation inside = Recomputation.of(body, needed.map(out -> inner(equation, body, out)), policy);
        if (inside.saved().isEmpty() && !body.hasEffects()) {
            return whole(equation);
        }
        Results results = Results.of(equation, body, 0, inside.saved(), type -> type);
        Jaxpr first = new Jaxpr(Array.empty(), body.inputs(), inside.earlier(), results.inner());
        Array<Var> missing = needed.removeAll(results.saved());
        Jaxpr second = new Jaxpr(
                Array.empty(),
                inside.saved().appendAll(inside.inputs()),
                inside.later(),
                missing.map(out -> inner(equation, body, out)));
        return results.halves(
                equation,
                new Control.Call(call.label(), first),
                new Control.Call(call.label(), second),
                missing,
                Array.<Atom>narrow(results.saved()).appendAll(operands(equation, body, inside.inputs())));
    }

    /** A step computes again from what is saved of it; it also carries what other steps need for that. */
    private static RecomputedEquation ofScan(
            Equation equation, Control.Scan scan, Array<Var> needed, CheckpointPolicy policy) {
        Jaxpr body = scan.body();
        Array<Var> carryIn = scan.carry(body.inputs());
        Array<Atom> carryOut = scan.carryOut(body.outputs());
        Array<Atom> ys = needed.filter(out -> equation.outputs().indexOf(out) >= scan.carry())
                .map(out -> inner(equation, body, out));
        Array<Boolean> carried =
                LoopDerivatives.fixpoint(scan.carryOut(equation.outputs()).map(needed::contains), carry -> {
                    Array<Atom> wanted = Masks.select(carry, carryOut).appendAll(ys);
                    return carryIn.map(Recomputation.of(body, wanted, policy).inputs()::contains);
                });
        Recomputation inside =
                Recomputation.of(body, Masks.select(carried, carryOut).appendAll(ys), policy);
        if (inside.saved().isEmpty() && !body.hasEffects()) {
            return whole(equation);
        }
        Results results = Results.of(
                equation,
                body,
                scan.carry(),
                inside.saved(),
                type -> type.withShape(type.shape().insert(0, scan.length())));
        Array<Var> missing = needed.filter(out -> equation.outputs().indexOf(out) >= scan.carry())
                .removeAll(results.saved());
        Array<Var> consts = scan.consts(body.inputs()).filter(inside.inputs()::contains);
        Array<Var> carry = Masks.select(carried, carryIn);
        Array<Var> xs = scan.xs(body.inputs()).filter(inside.inputs()::contains);
        Jaxpr second = new Jaxpr(
                Array.empty(),
                consts.appendAll(carry).appendAll(inside.saved()).appendAll(xs),
                inside.later(),
                Masks.select(carried, carryOut).appendAll(missing.map(out -> inner(equation, body, out))));
        Jaxpr first = new Jaxpr(Array.empty(), body.inputs(), inside.earlier(), results.inner());
        Array<Var> lastCarry = Masks.select(carried, scan.carryOut(equation.outputs()));
        return results.halves(
                equation,
                scan.with(first, scan.consts(), scan.carry()),
                scan.with(second, consts.size(), carry.size()),
                lastCarry.appendAll(missing),
                operands(equation, body, consts.appendAll(carry))
                        .appendAll(results.saved())
                        .appendAll(operands(equation, body, xs)));
    }

    private static Atom inner(Equation equation, Jaxpr body, Var result) {
        return body.outputs().get(equation.outputs().indexOf(result));
    }

    private static Array<Atom> operands(Equation equation, Jaxpr body, Array<Var> inputs) {
        return inputs.map(in -> equation.input(body.inputs().indexOf(in)));
    }

    /**
     * The results of an equation that gives more than before.
     *
     * @param inner the results of its body
     * @param saved those that are kept
     */
    private record Results(Array<Atom> inner, Array<Var> outer, Array<Var> saved) {
        /** @param first the results of the body before this one do not count: they are not what each step gives */
        static Results of(
                Equation equation, Jaxpr body, int first, Array<Var> wanted, UnaryOperator<ArrayType> outerType) {
            List<Atom> inner = new ArrayList<>(body.outputs().asJava());
            List<Var> outer = new ArrayList<>(equation.outputs().asJava());
            List<Var> saved = new ArrayList<>();
            for (Var var : wanted) {
                int there = inner.subList(first, inner.size()).indexOf(var);
                if (there < 0) {
                    inner.add(var);
                    outer.add(new Var(outerType.apply(var.type())));
                }
                saved.add(there < 0 ? outer.getLast() : outer.get(first + there));
            }
            return new Results(Array.ofAll(inner), Array.ofAll(outer), Array.ofAll(saved));
        }

        RecomputedEquation halves(
                Equation equation, Control first, Control second, Array<Var> again, Array<Atom> operands) {
            Equation earlier = new Equation(outer, first, equation.inputs(), equation.source());
            return new RecomputedEquation(
                    earlier,
                    again.isEmpty()
                            ? Array.empty()
                            : Array.of(new Equation(again, second, operands, equation.source())),
                    saved);
        }
    }
}
