package dev.fluxion.ir;

import io.vavr.collection.Array;

/** The result types of every operation, and the refusal of operands that do not fit. */
public final class TypeRules {
    private TypeRules() {}

    /**
     * The types of {@code primitive}'s results on the given operands.
     *
     * @throws FluxionException (without a location) when the operands do not fit
     */
    public static Array<ArrayType> infer(Primitive primitive, Array<? extends Atom> inputs) {
        return switch (primitive) {
            case Elementwise p -> Array.of(ElementwiseTypes.infer(p, inputs));
            case Movement p -> Array.of(MovementTypes.infer(p, inputs.map(Atom::type)));
            case Reduction p -> Array.of(ReductionTypes.infer(p, inputs.map(Atom::type)));
            case DotGeneral p -> Array.of(DotTypes.infer(p, inputs.map(Atom::type)));
            case Threefry2x32 p -> threefry(p, inputs.map(Atom::type));
            case Control p -> ControlTypes.infer(p, inputs.map(Atom::type));
            case Custom p -> p.outputTypes(inputs.map(Atom::type));
        };
    }

    private static Array<ArrayType> threefry(Threefry2x32 p, Array<ArrayType> in) {
        count(p, in.size(), 4);
        for (ArrayType type : in) {
            if (type.dtype() != DType.INT32 || !type.shape().equals(in.get(0).shape())) {
                throw FluxionException.of(ErrorCode.DTYPE_MISMATCH, "threefry2x32: operands must be i32 of one shape")
                        .detail("operands are " + in.mkString(", "));
            }
        }
        return Array.of(in.get(0), in.get(0));
    }

    static void count(Primitive p, int given, int expected) {
        if (given != expected) {
            throw FluxionException.of(
                    ErrorCode.OPERAND_COUNT, p.name() + ": takes " + expected + " operands, given " + given);
        }
    }

    static FluxionException badParameter(Primitive p, String what) {
        return badParameter(p.name(), what);
    }

    static FluxionException badParameter(String name, String what) {
        return FluxionException.of(ErrorCode.BAD_PARAMETER, name + ": " + what);
    }

    /** Refuses a count outside {@code 0..most}. */
    static void requireCount(String name, String parameter, int count, int most) {
        if (count < 0 || count > most) {
            throw badParameter(name, parameter + " is " + count + ", not between 0 and " + most);
        }
    }

    /** Refuses axes outside {@code 0..rank-1} and repeated ones. */
    static void axes(Primitive p, Ints axes, int rank) {
        for (int i = 0; i < axes.size(); i++) {
            int axis = axes.get(i);
            if (axis < 0 || axis >= rank) {
                throw FluxionException.of(
                                ErrorCode.BAD_AXIS,
                                p.name() + ": axis " + axis + " is outside an array of rank " + rank)
                        .hint(rank == 0 ? "a scalar has no axes" : "axes run from 0 to " + (rank - 1));
            }
            if (axes.indexOf(axis) != i) {
                throw FluxionException.of(ErrorCode.BAD_AXIS, p.name() + ": axis " + axis + " is given twice");
            }
        }
    }
}
