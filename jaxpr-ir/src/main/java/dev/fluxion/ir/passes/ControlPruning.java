package dev.fluxion.ir.passes;

import static dev.fluxion.ir.passes.Pruning.pick;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.passes.Pruning.Pruned;
import io.vavr.collection.Array;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Operations that run sub-programs, without the results nobody reads and the operands they do not need. */
final class ControlPruning {
    private static final Ints NONE = Ints.of();

    private final Pruning pruning;

    ControlPruning(Pruning pruning) {
        this.pruning = pruning;
    }

    /** @param read which results somebody reads */
    Equation prune(Equation equation, Control control, Ints read) {
        return switch (control) {
            case Control.Call p -> call(equation, p, read);
            case Control.Checkpoint p -> call(equation, p, read);
            case Control.Cond p -> cond(equation, p, read);
            case Control.While p -> whileLoop(equation, p, read);
            case Control.Scan p -> scan(equation, p, read);
            // Rules speak of all inputs and outputs.
            case Control.Calling p ->
                new Equation(
                        equation.outputs(), Rewriting.withBody(p, pruning::all), equation.inputs(), equation.source());
        };
    }

    private Equation call(Equation equation, Control.Calling p, Ints read) {
        Pruned body = pruning.part(p.body(), read, NONE);
        return with(equation, read, Rewriting.withBody(p, all -> body.jaxpr()), body.inputs());
    }

    private Equation cond(Equation equation, Control.Cond p, Ints read) {
        Ints inputs = Ints.of(p.branches()
                .toJavaStream()
                .flatMapToInt(branch -> pruning.part(branch, read, NONE).inputs().stream())
                .distinct()
                .sorted());
        Array<Jaxpr> branches =
                p.branches().map(branch -> pruning.part(branch, read, inputs).jaxpr());
        return with(
                equation, read, new Control.Cond(branches), shifted(inputs, 1).prepend(0));
    }

    private Equation whileLoop(Equation equation, Control.While p, Ints read) {
        Ints decided = from(pruning.part(p.cond(), Ints.of(0), NONE).inputs(), p.condConsts());
        Ints carry = closure(
                union(read, decided),
                live -> from(pruning.part(p.body(), live, NONE).inputs(), p.bodyConsts()));
        Pruned cond = pruning.part(p.cond(), Ints.of(0), shifted(carry, p.condConsts()));
        Pruned body = pruning.part(p.body(), carry, shifted(carry, p.bodyConsts()));
        Ints condConsts = below(cond.inputs(), p.condConsts());
        Ints bodyConsts = below(body.inputs(), p.bodyConsts());
        Control.While loop = new Control.While(cond.jaxpr(), condConsts.size(), body.jaxpr(), bodyConsts.size());
        Ints operands = union(
                condConsts,
                union(shifted(bodyConsts, p.condConsts()), shifted(carry, p.condConsts() + p.bodyConsts())));
        return with(equation, carry, loop, operands);
    }

    private Equation scan(Equation equation, Control.Scan p, Ints read) {
        Ints ys = Ints.of(read.stream().filter(i -> i >= p.carry()));
        Ints carry = closure(
                below(read, p.carry()),
                live -> below(from(pruning.part(p.body(), union(live, ys), NONE).inputs(), p.consts()), p.carry()));
        Ints results = union(carry, ys);
        Pruned body = pruning.part(p.body(), results, shifted(carry, p.consts()));
        int consts = below(body.inputs(), p.consts()).size();
        Control.Scan loop = p.with(body.jaxpr(), consts, carry.size());
        return with(equation, results, loop, body.inputs());
    }

    private static Equation with(Equation equation, Ints results, Primitive primitive, Ints operands) {
        return new Equation(
                pick(equation.outputs(), results), primitive, pick(equation.inputs(), operands), equation.source());
    }

    /** The carries needed, when {@code needs} says which ones some of them need. */
    private static Ints closure(Ints carry, UnaryOperator<Ints> needs) {
        Ints all = union(carry, needs.apply(carry));
        return all.size() == carry.size() ? carry : closure(all, needs);
    }

    private static Ints union(Ints a, Ints b) {
        return Ints.of(IntStream.concat(a.stream(), b.stream()).distinct().sorted());
    }

    private static Ints below(Ints places, int limit) {
        return Ints.of(places.stream().filter(i -> i < limit));
    }

    /** Those from {@code start} on, counted from there. */
    private static Ints from(Ints places, int start) {
        return Ints.of(places.stream().filter(i -> i >= start).map(i -> i - start));
    }

    private static Ints shifted(Ints places, int by) {
        return places.map(i -> i + by);
    }
}
