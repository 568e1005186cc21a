package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/**
 * The transpose of a scan: a scan in the other direction. It carries the cotangent of the carry, and the sum so far of the
 * cotangents of the consts; its ys are the cotangents of the xs. Cotangents that are zero in every step are left out.
 */
final class ScanTransposes {
    private record Key(Array<Boolean> linear, Array<Boolean> cotangents) {}

    private static final ProgramCache<Key, Jaxpr> BODIES = new ProgramCache<>();

    private ScanTransposes() {}

    static Array<NDArray> of(Control.Scan p, Array<Operand> in, Array<NDArray> ct) {
        Array<Boolean> marks = in.map(Operand::isLinear);
        Array<Boolean> moving = LoopDerivatives.fixpoint(
                p.carry(marks),
                carry -> p.carryOut(PartialEvaluation.of(p.body(), withCarry(p, marks, carry))
                        .unknownOutputs()));
        return moving.contains(false)
                ? Transpose.pullThrough(alone(p, in), in.map(Operand::value), ct)
                : linear(p, in, withCarry(p, marks, moving), ct);
    }

    private static Array<Boolean> withCarry(Control.Scan p, Array<Boolean> marks, Array<Boolean> carry) {
        return p.consts(marks).appendAll(carry).appendAll(p.xs(marks));
    }

    /** The scan as a program, whose known part can be split off. */
    private static Jaxpr alone(Control.Scan p, Array<Operand> in) {
        JaxprBuilder builder = new JaxprBuilder();
        return builder.build(builder.append(p, in.map(operand -> builder.input(operand.type())), SourceInfo.UNKNOWN));
    }

    /** @param linear marks the whole carry */
    private static Array<NDArray> linear(Control.Scan p, Array<Operand> in, Array<Boolean> linear, Array<NDArray> ct) {
        Array<Boolean> ys = Masks.present(p.ys(ct));
        int linearConsts = p.consts(linear).count(marked -> marked);
        Array<Boolean> carry = LoopDerivatives.fixpoint(
                Masks.present(p.carryOut(ct)),
                moving -> Transpose.of(p.body(), linear, moving.appendAll(ys))
                        .nonzero()
                        .slice(linearConsts, linearConsts + p.carry()));
        Array<Boolean> wanted = Leaves.none(linearConsts)
                .appendAll(carry)
                .appendAll(Leaves.none(p.xs(linear).count(marked -> marked)));
        Transpose.Transposed step = Transpose.of(p.body(), linear, carry.appendAll(ys), wanted);
        Array<Boolean> summed = step.nonzero().take(linearConsts);
        Array<Boolean> xs = step.nonzero().drop(linearConsts + p.carry());
        Array<ArrayType> sums = Masks.select(
                summed, Masks.select(p.consts(linear), p.consts(p.body().inputTypes())));
        Array<NDArray> known = p.consts(in).map(Operand::value).filter(value -> value != null);
        Array<ArrayType> carryTypes = Masks.select(carry, p.carry(p.body().inputTypes()));
        Array<NDArray> operands = known.appendAll(sums.map(Scalars::zeros))
                .appendAll(Transpose.withZeros(Masks.select(carry, p.carryOut(ct)), carryTypes))
                .appendAll(p.xs(in).map(Operand::value).filter(value -> value != null))
                .appendAll(Masks.select(ys, p.ys(ct)));
        Jaxpr body = BODIES.get(
                p.body(), new Key(linear, carry.appendAll(ys)), () -> body(p, linear, step.jaxpr(), sums, ys));
        Control.Scan transposed = new Control.Scan(
                body, p.length(), !p.reverse(), p.unroll(), known.size(), sums.size() + carryTypes.size());
        if (body.outputs().isEmpty()) {
            return in.map(operand -> null);
        }
        Array<NDArray> results = SubPrograms.bind(transposed, operands);
        return Masks.spread(p.consts(linear), Masks.spread(summed, results.take(sums.size())))
                .appendAll(Masks.spread(carry, transposed.carryOut(results).drop(sums.size())))
                .appendAll(Masks.spread(p.xs(linear), Masks.spread(xs, transposed.ys(results))));
    }

    /**
     * The known consts, the sums so far, cotangents of the carry, the known xs, cotangents of the ys; gives the sums, cotangents
     * of the carry, cotangents of the xs.
     *
     * @param step the transposed body: known inputs, then cotangents
     */
    private static Jaxpr body(
            Control.Scan p, Array<Boolean> linear, Jaxpr step, Array<ArrayType> sums, Array<Boolean> ys) {
        Array<ArrayType> types = p.body().inputTypes();
        Array<Boolean> known = Masks.not(linear);
        Array<ArrayType> consts = Masks.select(p.consts(known), p.consts(types));
        Array<ArrayType> xs = Masks.select(p.xs(known), p.xs(types));
        Array<ArrayType> cotangents = step.inputTypes().drop(consts.size() + xs.size());
        Array<ArrayType> results = Masks.select(ys, p.ys(p.body().outputTypes()));
        Array<ArrayType> carry = cotangents.dropRight(results.size());
        Array<ArrayType> all =
                consts.appendAll(sums).appendAll(carry).appendAll(xs).appendAll(results);
        int moving = consts.size() + sums.size();
        return Trace.of("transposing", all, arguments -> {
                    Array<NDArray> before = arguments.slice(consts.size(), moving);
                    Array<NDArray> given = Tracing.call(
                            step,
                            arguments
                                    .take(consts.size())
                                    .appendAll(
                                            arguments.slice(moving + carry.size(), moving + carry.size() + xs.size()))
                                    .appendAll(arguments.slice(moving, moving + carry.size()))
                                    .appendAll(arguments.takeRight(results.size())));
                    return before.zipWith(given, NDArray::plus).appendAll(given.drop(sums.size()));
                })
                .jaxpr();
    }
}
