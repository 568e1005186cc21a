package dev.fluxion.transforms;

import dev.fluxion.ir.Jaxpr;
import io.vavr.collection.Array;

/**
 * A transform that takes, beside each value, what goes forward with it: one tangent ({@link Jvp}), or the coefficients of a
 * power series ({@link Jet}). What operations that run sub-programs do with them is the same for both.
 */
interface ForwardMode {
    /** Forward mode with tangents. */
    ForwardMode TANGENTS = new ForwardMode() {
        @Override
        public int order() {
            return 1;
        }

        @Override
        public JvpProgram of(Jaxpr jaxpr, Array<Boolean> active, Array<Boolean> wanted) {
            return Jvp.of(jaxpr, active, wanted);
        }
    };

    /** How many arrays go with each value. */
    int order();

    /**
     * The transformed program, see {@link JvpProgram}.
     *
     * @param active which inputs have a tangent: {@link #order} marks for each of them
     * @param wanted which outputs shall have one even if it is zero: {@link #order} marks for each of them
     */
    JvpProgram of(Jaxpr jaxpr, Array<Boolean> active, Array<Boolean> wanted);

    default JvpProgram of(Jaxpr jaxpr, Array<Boolean> active) {
        return of(jaxpr, active, Leaves.none(order() * jaxpr.outputs().size()));
    }
}
