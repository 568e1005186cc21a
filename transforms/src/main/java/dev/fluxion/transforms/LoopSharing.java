package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Var;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Value;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loops over what differs: numbers among the consts become part of the body, and consts, xs and carries that are equal become
 * one. Carries are equal when they begin equal and a step keeps them so, supposed that they were. Derivatives of higher order
 * need it: the derivative of order n of a loop over c carries c and n derivatives, where pairs of pairs would be 2^n values.
 */
final class LoopSharing {
    private final Array<NDArray> operands;
    private final int consts;
    private final int carry;
    /** For each input of the body the first one that equals it. */
    private final int[] first;

    private LoopSharing(Array<NDArray> operands, int consts, int carry) {
        this.operands = operands;
        this.consts = consts;
        this.carry = carry;
        this.first = new int[operands.size()];
        Map<Object, Integer> known = new HashMap<>();
        for (int i = 0; i < first.length; i++) {
            int kind = i < consts ? 0 : i < consts + carry ? 1 : 2;
            Integer before = known.putIfAbsent(new Tuple2<>(kind, identity(operands.get(i))), i);
            first[i] = before == null ? i : before;
        }
    }

    /** What makes two operands the same: the place in a program, the number, or the data. */
    private static Object identity(NDArray x) {
        return switch (x.value()) {
            case Value.Concrete(var data) -> data.type().isScalar() ? data.toLiteral() : data;
            case Value.Tracer tracer -> tracer.atom();
        };
    }

    /** The results of the scan. */
    static Array<NDArray> scan(Control.Scan p, Array<NDArray> operands) {
        LoopSharing sharing = new LoopSharing(operands, p.consts(), p.carry());
        if (sharing.changesNothing()) {
            return SubPrograms.bind(p, operands);
        }
        Body body = sharing.body(p.body());
        Array<Atom> ys = p.ys(body.outputs());
        Array<Atom> distinct = ys.distinct();
        Jaxpr jaxpr = body.builder().build(sharing.movingOutputs(body).appendAll(distinct));
        Control.Scan shared = p.with(
                jaxpr, sharing.kept(0, p.consts()).size(), sharing.moving().size());
        Array<NDArray> results =
                SubPrograms.bind(shared, sharing.kept(0, operands.size()).map(operands::get));
        return sharing.whole(shared.carryOut(results))
                .appendAll(ys.map(y -> shared.ys(results).get(distinct.indexOf(y))));
    }

    /** The results of the while loop. */
    static Array<NDArray> whileLoop(Control.While p, Array<NDArray> operands) {
        LoopSharing sharing = new LoopSharing(
                operands.drop(p.condConsts()),
                p.bodyConsts(),
                p.body().outputs().size());
        if (sharing.changesNothing()) {
            return SubPrograms.bind(p, operands);
        }
        Body body = sharing.body(p.body());
        Jaxpr jaxpr = body.builder().build(sharing.movingOutputs(body));
        Control.While shared = new Control.While(
                sharing.cond(p),
                p.condConsts(),
                jaxpr,
                sharing.kept(0, p.bodyConsts()).size());
        Array<NDArray> kept = sharing.kept(0, sharing.first.length).map(sharing.operands::get);
        return sharing.whole(SubPrograms.bind(shared, p.condConsts(operands).appendAll(kept)));
    }

    private boolean changesNothing() {
        return kept(0, first.length).size() == first.length;
    }

    /** The inputs that stay, of those from {@code from} to {@code to}. */
    private Array<Integer> kept(int from, int to) {
        return Array.range(from, to).filter(i -> first[i] == i && !isNumber(i));
    }

    private Array<Integer> moving() {
        return kept(consts, consts + carry);
    }

    private boolean isNumber(int i) {
        return i < consts && identity(operands.get(i)) instanceof Literal;
    }

    /** A body on the inputs that stay, with all the results it had. */
    private record Body(JaxprBuilder builder, Array<Atom> outputs) {}

    /** The body, when carries that do not stay equal have been told apart. */
    private Body body(Jaxpr jaxpr) {
        while (true) {
            JaxprBuilder builder = new JaxprBuilder();
            Array<Atom> outputs = builder.inline(jaxpr, arguments(builder, jaxpr.inputTypes()));
            if (!tellApart(outputs)) {
                return new Body(builder, outputs);
            }
        }
    }

    private Array<Atom> arguments(JaxprBuilder builder, Array<ArrayType> types) {
        List<Atom> arguments = new ArrayList<>();
        for (int i = 0; i < first.length; i++) {
            arguments.add(
                    isNumber(i)
                            ? (Literal) identity(operands.get(i))
                            : first[i] == i ? builder.input(types.get(i)) : arguments.get(first[i]));
        }
        return Array.ofAll(arguments);
    }

    /** Whether carries that were supposed to be equal are not after a step; those are equal no more. */
    private boolean tellApart(Array<Atom> outputs) {
        Map<Tuple2<Integer, Atom>, Integer> classes = new HashMap<>();
        boolean changed = false;
        for (int i = consts; i < consts + carry; i++) {
            Integer before = classes.putIfAbsent(new Tuple2<>(first[i], outputs.get(i - consts)), i);
            int now = before == null ? i : before;
            changed |= now != first[i];
            first[i] = now;
        }
        return changed;
    }

    private Array<Atom> movingOutputs(Body body) {
        return moving().map(i -> body.outputs().get(i - consts));
    }

    /** The whole carry, given the last values of those carries that stay. */
    private Array<NDArray> whole(Array<NDArray> last) {
        Array<Integer> moving = moving();
        return Array.range(consts, consts + carry).map(i -> last.get(moving.indexOf(first[i])));
    }

    /** The condition as a program of the carries that stay. */
    private Jaxpr cond(Control.While p) {
        JaxprBuilder builder = new JaxprBuilder();
        Array<ArrayType> types = p.cond().inputTypes();
        List<Atom> arguments = new ArrayList<>();
        types.take(p.condConsts()).forEach(type -> arguments.add(builder.input(type)));
        Map<Integer, Var> inputs = new HashMap<>();
        for (int i = consts; i < consts + carry; i++) {
            ArrayType type = types.get(p.condConsts() + i - consts);
            arguments.add(inputs.computeIfAbsent(first[i], key -> builder.input(type)));
        }
        return builder.build(builder.inline(p.cond(), Array.ofAll(arguments)));
    }
}
