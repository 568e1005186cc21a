package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.MemoryAnalysis;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;

/** A while loop over what differs from step to step. Its condition runs at least once, its body perhaps never. */
final class WhileInvariants {
    private final Control.While loop;
    private final Array<Atom> operands;
    private final SourceInfo source;
    private final JaxprBuilder builder;
    private final LoopProgram cond;
    private final LoopProgram body;

    /** Places of the carry that stay in the loop. */
    private final Array<Integer> carry;

    WhileInvariants(Control.While loop, Array<Atom> operands, SourceInfo source, JaxprBuilder builder) {
        this.loop = loop;
        this.operands = operands;
        this.source = source;
        this.builder = builder;
        cond = new LoopProgram(loop.cond(), builder);
        body = new LoopProgram(loop.body(), builder);
        cond.fix(loop.cond().inputs().take(loop.condConsts()), loop.condConsts(operands));
        body.fix(loop.body().inputs().take(loop.bodyConsts()), loop.bodyConsts(operands));
        carry = Array.range(0, loop.init(operands).size()).reject(this::fixes);
    }

    private Var tested(int k) {
        return loop.cond().inputs().get(loop.condConsts() + k);
    }

    private Var carried(int k) {
        return loop.body().inputs().get(loop.bodyConsts() + k);
    }

    private boolean fixes(int k) {
        Atom init = operands.get(loop.condConsts() + loop.bodyConsts() + k);
        boolean fixed = body.keeps(carried(k), loop.body().outputs().get(k), init);
        if (fixed) {
            cond.fix(Array.of(tested(k)), Array.of(init));
            body.fix(Array.of(carried(k)), Array.of(init));
        }
        return fixed;
    }

    /** The results of the loop. */
    Array<Atom> append() {
        long room = MemoryAnalysis.bytes(operands.map(Atom::type))
                + MemoryAnalysis.bytes(loop.init(operands).map(Atom::type));
        Jaxpr step = loop.body();
        Array<Atom> outputs = carry.map(step.outputs()::get);
        Invariants ofCond = cond.invariants(loop.cond().outputs(), room, true);
        Invariants ofBody = body.invariants(outputs, room, false);
        boolean nothing = ofCond.moved().isEmpty()
                && ofBody.moved().isEmpty()
                && !cond.shrinks()
                && !body.shrinks()
                && carry.size() == loop.init(operands).size();
        // A loop whose carry stays as it is never runs or never ends.
        if (nothing || carry.isEmpty()) {
            return builder.append(loop, operands, source);
        }
        LoopProgram.Parts test = cond.rest(
                ofCond,
                cond.before(ofCond),
                carry.map(this::tested),
                loop.cond().outputs());
        LoopProgram.Parts next = body.rest(ofBody, body.before(ofBody), carry.map(this::carried), outputs);
        Control.While rest = new Control.While(
                test.program(),
                test.consts().size(),
                next.program(),
                next.consts().size());
        Array<Atom> init = loop.init(operands);
        Array<Atom> results =
                builder.append(rest, test.consts().appendAll(next.consts()).appendAll(carry.map(init::get)), source);
        return LoopProgram.join(init, carry, results);
    }
}
