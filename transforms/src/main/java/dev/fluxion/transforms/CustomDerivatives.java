package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Optional;

/** Forward mode through operations of the user's own: by their rule, by linearity, or through their body. */
final class CustomDerivatives {
    private CustomDerivatives() {}

    static Duals of(Custom custom, Array<NDArray> in, Array<NDArray> t) {
        Array<ArrayType> types = in.map(NDArray::type);
        Optional<Jaxpr> rule = custom.jvp(types);
        if (rule.isPresent()) {
            return ControlDerivatives.byRule(custom.name(), rule.get(), in, t, custom.outputTypes(types));
        }
        if (custom.transpose(types, Masks.present(t)).isPresent()) {
            Array<NDArray> operands = in.zipWithIndex((x, i) -> t.get(i) == null ? x : t.get(i));
            return new Duals(Tracing.bindAll(custom, in), Tracing.bindAll(custom, operands));
        }
        return custom.body(types)
                .map(body -> Jvp.push(body, in, t))
                .orElseThrow(() -> FluxionException.of(
                                ErrorCode.MISSING_RULE, custom.name() + ": the operation has no derivative")
                        .hint("implement jvp(inputs), or body(inputs) to be differentiated"));
    }
}
