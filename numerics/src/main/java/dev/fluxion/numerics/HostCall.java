package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.SourceInfo;
import io.vavr.collection.Array;

/** What every engine does alike at the edges of the IR: host functions of custom operations, and refusals. */
public final class HostCall {
    private HostCall() {}

    /** Runs a custom operation's host function on copies of the inputs and checks what comes back. */
    public static HostArray[] run(Custom custom, Custom.HostFunction function, Array<HostArray> inputs) {
        Array<ArrayType> types = custom.outputTypes(inputs.map(HostArray::type));
        Array<Object> results = function.apply(inputs.map(HostArray::toHostArray));
        if (results.size() != types.size()) {
            throw FluxionException.of(
                    ErrorCode.BAD_DATA,
                    custom.name() + ": the host function gave " + results.size() + " results instead of "
                            + types.size());
        }
        HostArray[] outputs = new HostArray[types.size()];
        for (int i = 0; i < outputs.length; i++) {
            try {
                outputs[i] = HostArray.copyOf(types.get(i), results.get(i));
            } catch (FluxionException e) {
                throw e.at(SourceInfo.UNKNOWN, "running the host function of " + custom.name());
            }
        }
        return outputs;
    }

    /** The error for a custom operation that gives neither a body nor a host function. */
    public static FluxionException noMeaning(Primitive custom) {
        return FluxionException.of(
                        ErrorCode.MISSING_RULE,
                        custom.name() + ": the operation has neither a body nor a host function")
                .hint("implement body(inputs) or host()");
    }

    /** The error for the derivative of a custom VJP pushed forward. */
    public static FluxionException noForwardMode(Control.CustomLinear linear) {
        return FluxionException.of(
                        ErrorCode.MISSING_RULE,
                        linear.label() + ": a customVjp function has no forward derivative, only a reverse one")
                .hint("use grad or vjp, or define it with customJvp(f).defjvp(rule): its reverse derivative follows");
    }
}
