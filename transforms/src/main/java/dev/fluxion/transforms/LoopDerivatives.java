package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;
import java.util.function.UnaryOperator;

/**
 * Forward mode through loops: the loop of the body's derivative, which carries the tangents beside the carry. Only those parts
 * of the carry have a tangent into which one flows, at the beginning or in some step.
 */
final class LoopDerivatives {
    private LoopDerivatives() {}

    /** Operands of the derived loop are the old ones, each group with its tangents behind it. */
    static Duals scan(Control.Scan p, Array<NDArray> in, Array<NDArray> t) {
        Array<Boolean> consts = Masks.present(p.consts(t));
        Array<Boolean> xs = Masks.present(p.xs(t));
        UnaryOperator<Array<Boolean>> active = carry -> consts.appendAll(carry).appendAll(xs);
        Array<Boolean> carry = fixpoint(
                Masks.present(p.carry(t)),
                moving -> p.carryOut(Jvp.of(p.body(), active.apply(moving)).activeOutputs()));
        JvpProgram program = Jvp.of(p.body(), active.apply(carry), wanted(p.body(), carry));
        Array<Integer> inputs = Array.range(0, program.jaxpr().inputs().size());
        Array<Integer> primals = inputs.take(in.size());
        Array<Integer> tangents = Masks.spread(active.apply(carry), inputs.drop(in.size()));
        Array<Integer> newConsts = both(p.consts(primals), p.consts(tangents));
        Array<Integer> newCarry = both(p.carry(primals), p.carry(tangents));
        Array<Integer> newXs = both(p.xs(primals), p.xs(tangents));
        int count = p.body().outputs().size();
        Array<Integer> outputs = Array.range(0, program.jaxpr().outputs().size());
        Array<Integer> outputTangents = Masks.spread(program.activeOutputs(), outputs.drop(count));
        Array<Integer> newOutputs = both(p.carryOut(outputs.take(count)), p.carryOut(outputTangents))
                .appendAll(both(p.ys(outputs.take(count)), p.ys(outputTangents)));
        Jaxpr body = SubPrograms.arranged(
                program.jaxpr(), newConsts.appendAll(newCarry).appendAll(newXs), newOutputs);
        Array<NDArray> operands = both(p.consts(in), p.consts(t))
                .appendAll(p.carry(in))
                .appendAll(tangents(carry, p.carry(in), p.carry(t)))
                .appendAll(both(p.xs(in), p.xs(t)));
        Array<NDArray> results = SubPrograms.bind(
                new Control.Scan(body, p.length(), p.reverse(), p.unroll(), newConsts.size(), newCarry.size()),
                operands);
        return program.duals(outputs.map(i -> results.get(newOutputs.indexOf(i))));
    }

    static Duals whileLoop(Control.While p, Array<NDArray> in, Array<NDArray> t) {
        Array<Boolean> consts = Masks.present(p.bodyConsts(t));
        Array<Boolean> carry = fixpoint(
                Masks.present(p.init(t)),
                moving -> Jvp.of(p.body(), consts.appendAll(moving)).activeOutputs());
        JvpProgram program = Jvp.of(p.body(), consts.appendAll(carry), carry);
        Array<Integer> inputs = Array.range(0, program.jaxpr().inputs().size());
        int size = p.body().inputs().size();
        Array<Integer> tangents = Masks.spread(consts.appendAll(carry), inputs.drop(size));
        Array<Integer> newConsts = both(inputs.take(p.bodyConsts()), tangents.take(p.bodyConsts()));
        Array<Integer> newCarry = both(inputs.slice(p.bodyConsts(), size), tangents.drop(p.bodyConsts()));
        Jaxpr body = SubPrograms.arranged(
                program.jaxpr(),
                newConsts.appendAll(newCarry),
                Array.range(0, program.jaxpr().outputs().size()));
        Array<NDArray> initTangents = tangents(carry, p.init(in), p.init(t));
        Array<NDArray> operands = p.condConsts(in)
                .appendAll(both(p.bodyConsts(in), p.bodyConsts(t)))
                .appendAll(p.init(in))
                .appendAll(initTangents);
        Jaxpr cond = SubPrograms.ignoring(p.cond(), initTangents.map(NDArray::type));
        return program.duals(
                SubPrograms.bind(new Control.While(cond, p.condConsts(), body, newConsts.size()), operands));
    }

    /** The least set of parts of a carry that holds those at the beginning and what a step makes of it. */
    static Array<Boolean> fixpoint(Array<Boolean> first, UnaryOperator<Array<Boolean>> step) {
        Array<Boolean> known = first;
        while (true) {
            Array<Boolean> next = Masks.or(known, step.apply(known));
            if (next.equals(known)) {
                return known;
            }
            known = next;
        }
    }

    private static Array<Boolean> wanted(Jaxpr body, Array<Boolean> carry) {
        return carry.appendAll(Leaves.none(body.outputs().size() - carry.size()));
    }

    /** Primals, then the tangents that there are. */
    private static <T> Array<T> both(Array<T> primals, Array<T> tangents) {
        return primals.appendAll(tangents.filter(t -> t != null));
    }

    /** The tangents of the marked values, zeros included. */
    private static Array<NDArray> tangents(Array<Boolean> marked, Array<NDArray> values, Array<NDArray> t) {
        Array<ArrayType> types = Masks.select(marked, values).map(NDArray::type);
        return Transpose.withZeros(Masks.select(marked, t), types);
    }
}
