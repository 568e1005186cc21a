package dev.fluxion.transforms;

import dev.fluxion.ir.Control;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/** Forward mode through a choice: the choice of the branches' derivatives. */
final class CondDerivatives {
    private CondDerivatives() {}

    static Duals of(ForwardMode mode, Control.Cond p, Array<NDArray> in, Array<NDArray> t) {
        Array<NDArray> tangents = t.drop(mode.order());
        Array<Boolean> active = Masks.present(tangents);
        Array<Boolean> wanted = p.branches()
                .map(branch -> mode.of(branch, active).activeOutputs())
                .reduce(Masks::or);
        Array<JvpProgram> programs = p.branches().map(branch -> mode.of(branch, active, wanted));
        Control.Cond derived = new Control.Cond(programs.map(JvpProgram::jaxpr));
        return programs.get(0).duals(SubPrograms.bind(derived, in.appendAll(Masks.select(active, tangents))));
    }
}
