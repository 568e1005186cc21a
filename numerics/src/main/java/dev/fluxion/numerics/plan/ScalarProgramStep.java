package dev.fluxion.numerics.plan;

import dev.fluxion.numerics.codegen.ScalarCall;
import dev.fluxion.numerics.codegen.ScalarProgram;
import dev.fluxion.numerics.codegen.SlotCode;
import io.vavr.collection.Array;
import java.util.List;

/** A whole program on scalars, or on a few elements. */
record ScalarProgramStep(ScalarProgram program, Array<Node> inputs, Array<Node> outputs) implements Step {
    @Override
    public List<Node> reads() {
        return inputs.toJavaList();
    }

    @Override
    public List<Node> writes() {
        return outputs.toJavaList();
    }

    @Override
    public long nanos() {
        return Cost.STEP;
    }

    @Override
    public boolean isUndivided() {
        return true;
    }

    @Override
    public Instruction emit() {
        ScalarCall call = new ScalarCall.Slots(elements(inputs), elements(outputs));
        SlotCode code = (SlotCode) program.define(call, Array.empty());
        return code::run;
    }

    private static Array<ScalarCall.Slots.Element> elements(Array<Node> nodes) {
        return nodes.flatMap(node ->
                Array.range(0, node.size()).map(i -> new ScalarCall.Slots.Element(node.slot(), i, node.dtype())));
    }
}
