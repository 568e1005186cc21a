package dev.fluxion.numerics.plan;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.HostCall;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;
import java.util.List;

/** A custom operation's host function. */
record HostStep(Custom custom, List<Argument> arguments, List<Node> outputs) implements Step {
    record Argument(Node node, ArrayType type) {
        HostArray read(Object[] slots) {
            Object data = HostData.allocate(type.dtype(), type.size());
            System.arraycopy(slots[node.slot()], 0, data, 0, type.size());
            return HostArray.wrap(type, data);
        }
    }

    @Override
    public List<Node> reads() {
        return arguments.stream().map(Argument::node).toList();
    }

    @Override
    public List<Node> writes() {
        return outputs;
    }

    @Override
    public boolean callsHost() {
        return true;
    }

    @Override
    public long nanos() {
        return Cost.STEP;
    }

    @Override
    public Instruction emit() {
        Custom.HostFunction function = custom.host().orElseThrow();
        return slots -> {
            HostArray[] results =
                    HostCall.run(custom, function, Array.ofAll(arguments).map(a -> a.read(slots)));
            for (int i = 0; i < results.length; i++) {
                Node output = outputs.get(i);
                System.arraycopy(results[i].data(), 0, slots[output.slot()], 0, output.size());
            }
        };
    }
}
