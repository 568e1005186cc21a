package dev.fluxion.transforms;

import dev.fluxion.ir.Control;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/** The transpose of a choice between linear programs: the choice between their transposes. */
final class CondTransposes {
    private CondTransposes() {}

    static Array<NDArray> of(Control.Cond p, Array<Operand> in, Array<NDArray> ct) {
        if (in.get(0).isLinear()) {
            throw TransposeRules.notLinear(p);
        }
        Array<Boolean> linear = in.tail().map(Operand::isLinear);
        Array<Boolean> given = Masks.present(ct);
        Array<Boolean> nonzero = p.branches()
                .map(branch -> Transpose.of(branch, linear, given).nonzero())
                .reduce(Masks::or);
        if (!nonzero.contains(true)) {
            return in.map(operand -> null);
        }
        Control.Cond transposed = new Control.Cond(p.branches()
                .map(branch -> Transpose.of(branch, linear, given, nonzero).jaxpr()));
        Array<NDArray> operands = in.map(Operand::value).appendAll(ct).filter(value -> value != null);
        Array<NDArray> results = SubPrograms.bind(transposed, operands);
        return Masks.spread(linear, Masks.spread(nonzero, results)).prepend(null);
    }
}
