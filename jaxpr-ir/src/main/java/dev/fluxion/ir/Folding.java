package dev.fluxion.ir;

import static dev.fluxion.ir.FoldContext.isLiteral;

import io.vavr.collection.Array;

/**
 * The simplifications made while a program is built. All keep every bit of the result, with two exceptions: the sign of a
 * zero may change ({@code x + 0 = x}), and an intermediate result that would over- or underflow may not occur any more
 * ({@code 0.5*(6*x) = 3*x}, which keeps derivatives short): where {@code 6*x} overflows, or either product is subnormal, the
 * one product is the correctly rounded result, and the two products would not be. {@code 0 * x} stays, for x may be infinite.
 *
 * <p>Each looks one or two definitions back and replaces by operations that fold no further in the same way, so that neither
 * time nor the depth of the stack grows with the program.
 */
final class Folding {
    private final Array<Atom> in;
    private final ArrayType type;
    private final FoldContext at;

    private Folding(Array<Atom> in, ArrayType type, FoldContext at) {
        this.in = in;
        this.type = type;
        this.at = at;
    }

    /** The atom that the operation equals, or null when it must stand as an equation of its own. */
    static Atom fold(
            Primitive primitive, Array<Atom> in, Array<ArrayType> types, JaxprBuilder builder, SourceInfo source) {
        FoldContext at = new FoldContext(builder, source);
        return switch (primitive) {
            case Elementwise p -> {
                Atom folded = new Folding(in, types.get(0), at).elementwise(p);
                // An absorbing literal (x or True) has to be repeated like the result it replaces.
                yield folded == null ? null : at.fill(folded, types.get(0).shape());
            }
            case Movement p -> MovementFolding.fold(p, in, types.get(0), at);
            case Reduction.Reduce p -> ContractionFolding.reduce(p, in.get(0), at);
            case DotGeneral p -> ContractionFolding.dot(p, in.get(0), in.get(1), at);
            case Reduction.ArgReduce _, Reduction.Cumulative _ -> null;
            case Threefry2x32 _, Control _, Custom _ -> null;
        };
    }

    private Atom elementwise(Elementwise p) {
        if (areLiterals(in)) {
            return ConstantFolding.fold(p, in.map(Literal.class::cast));
        }
        Array<Atom> literals = in;
        for (int i = 0; i < in.size(); i++) {
            Literal splat = at.splat(in.get(i));
            literals = splat == null ? literals : literals.update(i, splat);
        }
        if (literals != in) {
            Atom result = at.append(p, literals);
            return areLiterals(literals) ? at.fill(result, type.shape()) : result;
        }
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> unary(op, in.get(0));
            case Elementwise.IntegerPow(int y) -> y == 1 ? in.get(0) : null;
            case Elementwise.Binary(BinaryOp op) -> binary(op, in.get(0), in.get(1));
            case Elementwise.SelectN _ -> select();
            case Elementwise.ConvertElementType(DType to) -> convert(to, in.get(0));
            case Elementwise.BitcastConvertType(DType to) -> bitcast(to, in.get(0));
            case Elementwise.Copy _ -> in.get(0);
            case Elementwise.StopGradient _ ->
                at.primitive(in.get(0)) instanceof Elementwise.StopGradient ? in.get(0) : null;
            case Elementwise.Named _ -> p.equals(at.primitive(in.get(0))) ? in.get(0) : null;
            case Elementwise.Compare(CompareOp op) ->
                in.get(0) == in.get(1) && !in.get(0).dtype().isFloating() ? Literal.of(op.apply(0L, 0L)) : null;
            case Elementwise.Polygamma _, Elementwise.Fma _, Elementwise.Clamp _ -> null;
        };
    }

    private static boolean areLiterals(Array<Atom> atoms) {
        for (Atom atom : atoms) {
            if (!(atom instanceof Literal)) {
                return false;
            }
        }
        return true;
    }

    private Atom unary(UnaryOp op, Atom x) {
        return switch (op) {
            case NEG -> new ArithmeticFolding(at).neg(x);
            case NOT -> at.operandOf(UnaryOp.NOT, x);
            case ABS -> {
                Atom minusX = at.operandOf(UnaryOp.NEG, x);
                yield minusX == null ? null : at.append(new Elementwise.Unary(op), minusX);
            }
            default -> null;
        };
    }

    private Atom binary(BinaryOp op, Atom x, Atom y) {
        ArithmeticFolding arithmetic = new ArithmeticFolding(at);
        return switch (op) {
            case ADD -> arithmetic.add(x, y);
            case SUB -> arithmetic.sub(x, y);
            case MUL -> arithmetic.mul(x, y);
            case DIV -> arithmetic.div(x, y);
            case POW -> isLiteral(y, 1) ? x : null;
            case AND -> x == y || isFalse(x) || isTrue(y) ? x : isFalse(y) || isTrue(x) ? y : null;
            case OR -> x == y || isTrue(x) || isFalse(y) ? x : isTrue(y) || isFalse(x) ? y : null;
            case MAX, MIN -> x == y ? x : null;
            case SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC -> isLiteral(y, 0) ? x : null;
            case REM, ATAN2, NEXTAFTER, XOR -> null;
        };
    }

    private Atom select() {
        Atom which = in.get(0);
        if (which instanceof Literal literal) {
            long chosen = Math.max(0, Math.min(literal.longValue(), (long) in.size() - 2));
            return at.fill(in.get((int) chosen + 1), type.shape());
        }
        if (in.tail().forAll(a -> a.equals(in.get(1)))) {
            return at.fill(in.get(1), type.shape());
        }
        if (in.size() != 3 || which.dtype() != DType.BOOL) {
            return null;
        }
        if (isFalse(in.get(1)) && isTrue(in.get(2))) {
            return which;
        }
        if (isTrue(in.get(1)) && isFalse(in.get(2))) {
            return at.append(new Elementwise.Unary(UnaryOp.NOT), which);
        }
        Atom not = at.operandOf(UnaryOp.NOT, which);
        if (not != null) {
            return at.append(new Elementwise.SelectN(), not, in.get(2), in.get(1));
        }
        Atom onFalse = caseOf(in.get(1), which, 1);
        Atom onTrue = caseOf(in.get(2), which, 2);
        return onFalse == in.get(1) && onTrue == in.get(2)
                ? null
                : at.append(new Elementwise.SelectN(), which, onFalse, onTrue);
    }

    /** What {@code atom} is where the predicate has chosen it: one of its cases when it is a choice by the same predicate. */
    private Atom caseOf(Atom atom, Atom which, int i) {
        return at.primitive(atom) instanceof Elementwise.SelectN && at.operand(atom, 0) == which
                ? at.fill(at.operand(atom, i), type.shape())
                : atom;
    }

    private Atom convert(DType to, Atom x) {
        if (x.dtype() == to) {
            return x;
        }
        return at.primitive(x) instanceof Elementwise.ConvertElementType
                        && isLossless(at.operand(x, 0).dtype(), x.dtype())
                ? at.append(new Elementwise.ConvertElementType(to), at.operand(x, 0))
                : null;
    }

    private static boolean isLossless(DType from, DType to) {
        return switch (from) {
            case BOOL -> true;
            case INT32 -> to == DType.INT64 || to == DType.FLOAT64;
            case FLOAT32 -> to == DType.FLOAT64;
            case INT64, FLOAT64 -> false;
        };
    }

    private Atom bitcast(DType to, Atom x) {
        if (x.dtype() == to) {
            return x;
        }
        return at.primitive(x) instanceof Elementwise.BitcastConvertType
                        && at.operand(x, 0).dtype() == to
                ? at.operand(x, 0)
                : null;
    }

    private static boolean isTrue(Atom atom) {
        return atom instanceof Literal literal && literal.dtype() == DType.BOOL && literal.booleanValue();
    }

    private static boolean isFalse(Atom atom) {
        return atom instanceof Literal literal && literal.dtype() == DType.BOOL && !literal.booleanValue();
    }
}
