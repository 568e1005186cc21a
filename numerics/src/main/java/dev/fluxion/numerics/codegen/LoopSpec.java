package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import io.vavr.collection.Array;
import io.vavr.control.Option;

/**
 * A loop on scalars: {@code while (cond(condConsts, carry)) carry = body(bodyConsts, carry)}, or a number of steps
 * {@code (carry, y[t]) = body(bodyConsts, carry, x[t])}. Cond and body have elementwise operations only.
 *
 * <p>Its arrays are those of condConsts, bodyConsts, the initial carry, the xs, the last carry, and the ys.
 *
 * @param cond none where the number of steps is given
 */
public record LoopSpec(Option<Jaxpr> cond, int condConsts, Jaxpr body, int bodyConsts, int carry) {
    int firstCarry() {
        return condConsts + bodyConsts;
    }

    int firstX() {
        return firstCarry() + carry;
    }

    int firstOutput() {
        return condConsts + body.inputs().size();
    }

    /** The element type of each array. */
    Array<DType> dtypes() {
        Array<DType> before = cond.map(test -> test.inputs().take(condConsts).map(Atom::dtype))
                .getOrElse(Array.empty());
        return before.appendAll(body.inputs().map(Atom::dtype))
                .appendAll(body.outputs().map(Atom::dtype));
    }

    /** Over operations that code is emitted for. */
    LoopSpec lowered() {
        return new LoopSpec(cond.map(Lowering::lower), condConsts, Lowering.lower(body), bodyConsts, carry);
    }
}
