package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;

/** The arguments of one run, checked against the program before anything is computed. */
public final class ProgramInputs {
    private ProgramInputs() {}

    /**
     * The arguments as host arrays.
     *
     * @throws FluxionException when their number or types are not the program's
     */
    public static HostArray[] check(Jaxpr jaxpr, ArrayData... inputs) {
        int count = jaxpr.inputs().size();
        if (inputs.length != count) {
            throw FluxionException.of(
                    ErrorCode.BAD_DATA, "run: the program takes " + count + " inputs, given " + inputs.length);
        }
        HostArray[] result = new HostArray[count];
        for (int i = 0; i < count; i++) {
            if (!inputs[i].type().equals(jaxpr.inputs().get(i).type())) {
                throw FluxionException.of(ErrorCode.BAD_DATA, "run: input " + i + " is of another type")
                        .detail("the program takes " + jaxpr.inputs().get(i).type())
                        .detail("given " + inputs[i].type());
            }
            result[i] = HostArray.of(inputs[i]);
        }
        return result;
    }
}
