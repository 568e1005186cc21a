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
    static Duals scan(ForwardMode mode, Control.Scan p, Array<NDArray> in, Array<NDArray> t) {
        int steady = p.consts() * mode.order();
        int moving = p.carry() * mode.order();
        Array<NDArray> dConsts = t.take(steady);
        Array<NDArray> dCarry = t.slice(steady, steady + moving);
        Array<NDArray> dXs = t.drop(steady + moving);
        Array<Boolean> consts = Masks.present(dConsts);
        Array<Boolean> xs = Masks.present(dXs);
        UnaryOperator<Array<Boolean>> active = carry -> consts.appendAll(carry).appendAll(xs);
        Array<Boolean> carry = fixpoint(
                Masks.present(dCarry),
                known -> mode.of(p.body(), active.apply(known)).activeOutputs().take(moving));
        Array<Boolean> wanted = carry.appendAll(Leaves.none((p.body().outputs().size() - p.carry()) * mode.order()));
        JvpProgram program = mode.of(p.body(), active.apply(carry), wanted);
        Array<Integer> inputs = Array.range(0, program.jaxpr().inputs().size());
        Array<Integer> primals = inputs.take(in.size());
        Array<Integer> tangents = Masks.spread(active.apply(carry), inputs.drop(in.size()));
        Array<Integer> newConsts = both(p.consts(primals), tangents.take(steady));
        Array<Integer> newCarry = both(p.carry(primals), tangents.slice(steady, steady + moving));
        Array<Integer> newXs = both(p.xs(primals), tangents.drop(steady + moving));
        int count = p.body().outputs().size();
        Array<Integer> outputs = Array.range(0, program.jaxpr().outputs().size());
        Array<Integer> outputTangents = Masks.spread(program.activeOutputs(), outputs.drop(count));
        Array<Integer> newOutputs = both(p.carryOut(outputs.take(count)), outputTangents.take(moving))
                .appendAll(both(p.ys(outputs.take(count)), outputTangents.drop(moving)));
        Jaxpr body = SubPrograms.arranged(
                program.jaxpr(), newConsts.appendAll(newCarry).appendAll(newXs), newOutputs);
        Array<NDArray> operands = both(p.consts(in), dConsts)
                .appendAll(p.carry(in))
                .appendAll(tangents(mode, carry, p.carry(in), dCarry))
                .appendAll(both(p.xs(in), dXs));
        Array<NDArray> results = LoopSharing.scan(p.with(body, newConsts.size(), newCarry.size()), operands);
        return program.duals(outputs.map(i -> results.get(newOutputs.indexOf(i))));
    }

    static Duals whileLoop(ForwardMode mode, Control.While p, Array<NDArray> in, Array<NDArray> t) {
        int steady = p.bodyConsts() * mode.order();
        Array<NDArray> read = t.drop(p.condConsts() * mode.order());
        Array<NDArray> dConsts = read.take(steady);
        Array<NDArray> dInit = read.drop(steady);
        Array<Boolean> consts = Masks.present(dConsts);
        Array<Boolean> carry = fixpoint(
                Masks.present(dInit),
                moving -> mode.of(p.body(), consts.appendAll(moving)).activeOutputs());
        JvpProgram program = mode.of(p.body(), consts.appendAll(carry), carry);
        Array<Integer> inputs = Array.range(0, program.jaxpr().inputs().size());
        int size = p.body().inputs().size();
        Array<Integer> tangents = Masks.spread(consts.appendAll(carry), inputs.drop(size));
        Array<Integer> newConsts = both(inputs.take(p.bodyConsts()), tangents.take(steady));
        Array<Integer> newCarry = both(inputs.slice(p.bodyConsts(), size), tangents.drop(steady));
        Jaxpr body = SubPrograms.arranged(
                program.jaxpr(),
                newConsts.appendAll(newCarry),
                Array.range(0, program.jaxpr().outputs().size()));
        Array<NDArray> initTangents = tangents(mode, carry, p.init(in), dInit);
        Array<NDArray> operands = p.condConsts(in)
                .appendAll(both(p.bodyConsts(in), dConsts))
                .appendAll(p.init(in))
                .appendAll(initTangents);
        Jaxpr cond = SubPrograms.ignoring(p.cond(), initTangents.map(NDArray::type));
        return program.duals(
                LoopSharing.whileLoop(new Control.While(cond, p.condConsts(), body, newConsts.size()), operands));
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

    /** Primals, then the tangents that there are. */
    private static <T> Array<T> both(Array<T> primals, Array<T> tangents) {
        return primals.appendAll(tangents.filter(t -> t != null));
    }

    /** The tangents of the marked values, zeros included. */
    private static Array<NDArray> tangents(
            ForwardMode mode, Array<Boolean> marked, Array<NDArray> values, Array<NDArray> t) {
        Array<ArrayType> types = Masks.select(marked, Jet.repeated(values.map(NDArray::type), mode.order()));
        return Transpose.withZeros(Masks.select(marked, t), types);
    }
}
