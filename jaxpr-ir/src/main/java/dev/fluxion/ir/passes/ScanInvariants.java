package dev.fluxion.ir.passes;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.MemoryAnalysis;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.Map;

/** A scan over what differs from step to step. */
final class ScanInvariants {
    private final Control.Scan scan;
    private final Array<Atom> operands;
    private final SourceInfo source;
    private final JaxprBuilder builder;
    private final Jaxpr body;
    private final LoopProgram program;

    /** Places of the carry and of the xs that stay in the loop. */
    private final Array<Integer> carry;

    private final Array<Integer> xs;

    ScanInvariants(Control.Scan scan, Array<Atom> operands, SourceInfo source, JaxprBuilder builder) {
        this.scan = scan;
        this.operands = operands;
        this.source = source;
        this.builder = builder;
        body = scan.body();
        program = new LoopProgram(body, builder);
        program.fix(scan.consts(body.inputs()), scan.consts(operands));
        carry = Array.range(0, scan.carry()).reject(this::fixesCarry);
        xs = Array.range(0, scan.xs(operands).size()).reject(this::fixesSlices);
    }

    private boolean fixesCarry(int k) {
        Var before = body.inputs().get(scan.consts() + k);
        Atom init = operands.get(scan.consts() + k);
        boolean fixed = program.keeps(before, body.outputs().get(k), init);
        if (fixed) {
            program.fix(Array.of(before), Array.of(init));
        }
        return fixed;
    }

    /** Whether all slices are the same, because the steps are where the operand repeats. */
    private boolean fixesSlices(int k) {
        int place = scan.consts() + scan.carry() + k;
        Equation definition = builder.definition(operands.get(place));
        if (definition == null
                || !(definition.primitive() instanceof Movement.BroadcastInDim(Shape shape, Ints dims))
                || dims.contains(0)) {
            return false;
        }
        Movement.BroadcastInDim slice =
                new Movement.BroadcastInDim(shape.without(Ints.of(0)), dims.map(axis -> axis - 1));
        program.fix(body.inputs().get(place), slice, definition.input(0));
        return true;
    }

    /** The results of the scan. */
    Array<Atom> append() {
        Array<Atom> stacked = scan.ys(body.outputs());
        if (scan.length() == 0) {
            return scan.carry(operands).appendAll(stacked.map(y -> repeat(y, y.type())));
        }
        Array<Integer> ys = Array.range(0, stacked.size());
        long room = MemoryAnalysis.bytes(operands.map(Atom::type))
                + MemoryAnalysis.bytes(scan.carry(operands).map(Atom::type))
                + scan.length() * MemoryAnalysis.bytes(stacked.map(Atom::type));
        Invariants all = program.invariants(body.outputs(), room, true);
        Array<Integer> moving = ys.reject(j -> all.holds(stacked.get(j)));
        Array<Atom> outputs = carry.map(body.outputs()::get).appendAll(moving.map(stacked::get));
        Invariants invariants = outputs.size() == body.outputs().size() ? all : program.invariants(outputs, room, true);
        boolean nothing = invariants.moved().isEmpty()
                && !program.shrinks()
                && carry.size() == scan.carry()
                && xs.size() == scan.xs(operands).size()
                && moving.size() == ys.size();
        if (nothing) {
            return builder.append(scan, operands, source);
        }
        Map<Var, Atom> before = program.before(invariants);
        Array<Atom> results = loop(invariants, before, outputs);
        Array<Atom> same = stacked.map(y -> all.holds(y) ? repeat(LoopProgram.read(before, y), y.type()) : null);
        return LoopProgram.join(scan.carry(operands), carry, results)
                .appendAll(LoopProgram.join(same, moving, results.drop(carry.size())));
    }

    private Array<Atom> loop(Invariants invariants, Map<Var, Atom> before, Array<Atom> outputs) {
        Array<Var> inputs = carry.map(scan.carry(body.inputs())::get).appendAll(xs.map(scan.xs(body.inputs())::get));
        LoopProgram.Parts rest = program.rest(invariants, before, inputs, outputs);
        Control.Scan loop = scan.with(rest.program(), rest.consts().size(), carry.size());
        boolean idle = outputs.isEmpty() && !rest.program().hasEffects();
        return idle
                ? Array.empty()
                : builder.append(
                        loop,
                        rest.consts()
                                .appendAll(carry.map(scan.carry(operands)::get))
                                .appendAll(xs.map(scan.xs(operands)::get)),
                        source);
    }

    /** The stack of one value for all steps; any of that type where there are none. */
    private Atom repeat(Atom value, ArrayType type) {
        Shape shape = type.shape().insert(0, scan.length());
        return scan.length() == 0
                ? builder.append(new Movement.BroadcastInDim(shape, Ints.of()), Literal.of(type.dtype(), 0L))
                : builder.append(new Movement.BroadcastInDim(shape, Ints.range(1, shape.rank())), value);
    }
}
