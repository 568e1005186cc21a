package dev.fluxion.ir;

import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/** Types for programs that are not trusted: {@link TypeRules}, where whatever goes wrong is a {@link FluxionException}. */
public final class Typing {
    /** The types of an operation that runs sub-programs. */
    private record Call(Array<ArrayType> operands, Array<ArrayType> results) {}

    /** Only one choice of operand types fits such an operation: many calls of one cost no more than one. */
    private final Map<Control, Call> calls = new IdentityHashMap<>();

    /**
     * The types of the operation's results.
     *
     * @throws FluxionException (without a location) when the operands do not fit
     */
    public Array<ArrayType> infer(Primitive primitive, Array<Atom> operands) {
        if (!(primitive instanceof Control control)) {
            return inferNow(primitive, operands);
        }
        Array<ArrayType> types = operands.map(Atom::type);
        Call known = calls.get(control);
        if (known == null || !known.operands().equals(types)) {
            known = new Call(types, inferNow(primitive, operands));
            calls.put(control, known);
        }
        return known.results();
    }

    private static Array<ArrayType> inferNow(Primitive primitive, Array<Atom> operands) {
        try {
            return TypeRules.infer(primitive, operands);
        } catch (FluxionException e) {
            throw e;
        } catch (RuntimeException e) {
            // An operation of a user may fail in any way on operands that do not fit.
            throw FluxionException.of(ErrorCode.BAD_PARAMETER, primitive.name() + ": the types of the results fail")
                    .detail(e.toString());
        }
    }
}
