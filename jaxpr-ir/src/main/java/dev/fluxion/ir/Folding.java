package dev.fluxion.ir;

import io.vavr.collection.Array;

/**
 * The simplifications made while a program is built. All keep every bit of the result, except that the sign of a zero may
 * change ({@code x + 0 = x}). {@code 0 * x} stays, for x may be infinite.
 */
final class Folding {
    private final Array<Atom> in;
    private final Array<ArrayType> types;
    private final JaxprBuilder builder;
    private final SourceInfo source;

    private Folding(Array<Atom> in, Array<ArrayType> types, JaxprBuilder builder, SourceInfo source) {
        this.in = in;
        this.types = types;
        this.builder = builder;
        this.source = source;
    }

    /** The atom that the operation equals, or null when it must stand as an equation of its own. */
    static Atom fold(
            Primitive primitive, Array<Atom> in, Array<ArrayType> types, JaxprBuilder builder, SourceInfo source) {
        Folding folding = new Folding(in, types, builder, source);
        return switch (primitive) {
            case Elementwise p -> folding.elementwise(p);
            case Movement p -> MovementFolding.fold(p, in, types.get(0), builder, source);
            case Reduction.Reduce(var _, Ints axes) -> axes.isEmpty() ? in.get(0) : null;
            case Reduction.ArgReduce _, Reduction.Cumulative _ -> null;
            case DotGeneral _, Threefry2x32 _, Control _, Custom _ -> null;
        };
    }

    private Atom elementwise(Elementwise p) {
        Atom splat = withSplatsAsLiterals(p);
        if (splat != null) {
            return splat;
        }
        if (in.forAll(Literal.class::isInstance)) {
            return ConstantFolding.fold(p, in.map(Literal.class::cast));
        }
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> unary(op, in.get(0));
            case Elementwise.IntegerPow(int y) -> y == 1 ? in.get(0) : null;
            case Elementwise.Binary(BinaryOp op) -> binary(op, in.get(0), in.get(1));
            case Elementwise.SelectN _ -> select();
            case Elementwise.ConvertElementType(DType to) -> in.get(0).dtype() == to ? in.get(0) : null;
            case Elementwise.BitcastConvertType(DType to) -> in.get(0).dtype() == to ? in.get(0) : null;
            case Elementwise.Copy _ -> in.get(0);
            case Elementwise.Polygamma _, Elementwise.Compare _, Elementwise.Fma _, Elementwise.Clamp _ -> null;
            case Elementwise.StopGradient _ -> null;
        };
    }

    /** Reads {@code broadcast_in_dim 2.0} as the literal 2.0 where another operand carries the shape. */
    private Atom withSplatsAsLiterals(Elementwise p) {
        if (in.size() < 2 || in.forAll(a -> a instanceof Literal || splat(a) != null)) {
            return null;
        }
        if (!in.exists(a -> splat(a) != null)) {
            return null;
        }
        return append(p, in.map(a -> splat(a) == null ? a : splat(a)));
    }

    private Literal splat(Atom atom) {
        Equation definition = builder.definition(atom);
        return definition != null
                        && definition.primitive() instanceof Movement.BroadcastInDim
                        && definition.input(0) instanceof Literal literal
                ? literal
                : null;
    }

    private Atom unary(UnaryOp op, Atom x) {
        return switch (op) {
            case NEG -> operandOf(UnaryOp.NEG, x);
            case NOT -> operandOf(UnaryOp.NOT, x);
            case ABS ->
                operandOf(UnaryOp.NEG, x) == null ? null : append(new Elementwise.Unary(op), operandOf(UnaryOp.NEG, x));
            default -> null;
        };
    }

    private Atom binary(BinaryOp op, Atom x, Atom y) {
        return switch (op) {
            case ADD -> add(x, y);
            case SUB -> sub(x, y);
            case MUL -> mul(x, y);
            case DIV -> div(x, y);
            case POW -> isLiteral(y, 1) ? x : null;
            case AND -> isFalse(x) || isTrue(y) ? x : isFalse(y) || isTrue(x) ? y : null;
            case OR -> isTrue(x) || isFalse(y) ? x : isTrue(y) || isFalse(x) ? y : null;
            case SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC -> isLiteral(y, 0) ? x : null;
            case REM, ATAN2, MAX, MIN, NEXTAFTER, XOR -> null;
        };
    }

    private Atom add(Atom x, Atom y) {
        if (isLiteral(y, 0)) {
            return x;
        }
        if (isLiteral(x, 0)) {
            return y;
        }
        Atom minusY = operandOf(UnaryOp.NEG, y);
        if (minusY != null) {
            return append(BinaryOp.SUB, x, minusY);
        }
        Atom minusX = operandOf(UnaryOp.NEG, x);
        if (minusX != null) {
            return append(BinaryOp.SUB, y, minusX);
        }
        return x == y ? append(BinaryOp.MUL, Literal.of(x.dtype(), 2L), x) : null;
    }

    private Atom sub(Atom x, Atom y) {
        if (isLiteral(y, 0)) {
            return x;
        }
        if (isLiteral(x, 0)) {
            return negate(y);
        }
        Atom minusY = operandOf(UnaryOp.NEG, y);
        return minusY != null ? append(BinaryOp.ADD, x, minusY) : null;
    }

    private Atom mul(Atom x, Atom y) {
        if (isLiteral(x, 1)) {
            return y;
        }
        if (isLiteral(y, 1)) {
            return x;
        }
        if (isLiteral(x, -1)) {
            return negate(y);
        }
        if (isLiteral(y, -1)) {
            return negate(x);
        }
        if (x.dtype().isInteger() && (isLiteral(x, 0) || isLiteral(y, 0))) {
            return fill(Literal.of(x.dtype(), 0L));
        }
        Atom minusX = operandOf(UnaryOp.NEG, x);
        Atom minusY = operandOf(UnaryOp.NEG, y);
        if (minusX != null && minusY != null) {
            return append(BinaryOp.MUL, minusX, minusY);
        }
        if (minusX != null) {
            return y instanceof Literal c
                    ? append(BinaryOp.MUL, minus(c), minusX)
                    : negate(append(BinaryOp.MUL, minusX, y));
        }
        if (minusY != null) {
            return x instanceof Literal c
                    ? append(BinaryOp.MUL, minus(c), minusY)
                    : negate(append(BinaryOp.MUL, x, minusY));
        }
        return x instanceof Literal c ? scale(c, y) : y instanceof Literal c ? scale(c, x) : null;
    }

    /** {@code c * (d * z) = (c*d) * z} where that rounds no differently: one factor is a power of two. */
    private Atom scale(Literal c, Atom product) {
        Equation definition = builder.definition(product);
        if (definition == null
                || !(definition.primitive() instanceof Elementwise.Binary(BinaryOp op))
                || op != BinaryOp.MUL
                || !c.dtype().isFloating()) {
            return null;
        }
        Literal d = definition.input(0) instanceof Literal first
                ? first
                : definition.input(1) instanceof Literal second ? second : null;
        if (d == null || !(isPowerOfTwo(c) || isPowerOfTwo(d))) {
            return null;
        }
        Atom z = definition.input(0) == d ? definition.input(1) : definition.input(0);
        Literal factor = Literal.of(c.dtype(), c.doubleValue() * d.doubleValue());
        return append(BinaryOp.MUL, factor, z);
    }

    private Atom div(Atom x, Atom y) {
        if (isLiteral(y, 1)) {
            return x;
        }
        if (!x.dtype().isFloating()) {
            return null;
        }
        Atom minusX = operandOf(UnaryOp.NEG, x);
        Atom minusY = operandOf(UnaryOp.NEG, y);
        if (minusX != null && minusY != null) {
            return append(BinaryOp.DIV, minusX, minusY);
        }
        if (minusX != null) {
            return y instanceof Literal c
                    ? append(BinaryOp.DIV, minusX, minus(c))
                    : negate(append(BinaryOp.DIV, minusX, y));
        }
        if (minusY != null) {
            return x instanceof Literal c
                    ? append(BinaryOp.DIV, minus(c), minusY)
                    : negate(append(BinaryOp.DIV, x, minusY));
        }
        return y instanceof Literal c && isPowerOfTwo(c)
                ? append(BinaryOp.MUL, Literal.of(c.dtype(), 1 / c.doubleValue()), x)
                : null;
    }

    private Atom select() {
        if (in.get(0) instanceof Literal which) {
            long chosen = Math.max(0, Math.min(which.longValue(), (long) in.size() - 2));
            Atom result = in.get((int) chosen + 1);
            return result.type().equals(types.get(0)) ? result : null;
        }
        boolean same = in.size() > 1 && in.tail().forAll(a -> a.equals(in.get(1)));
        return same ? fill(in.get(1)) : null;
    }

    /** The atom, broadcast to the result's shape when it is a literal beside arrays. */
    private Atom fill(Atom atom) {
        return atom.type().equals(types.get(0))
                ? atom
                : builder.append(new Movement.BroadcastInDim(types.get(0).shape(), Ints.of()), Array.of(atom), source)
                        .get(0);
    }

    private Atom negate(Atom x) {
        return append(new Elementwise.Unary(UnaryOp.NEG), x);
    }

    private static Literal minus(Literal c) {
        return c.dtype().isFloating() ? Literal.of(c.dtype(), -c.doubleValue()) : Literal.of(c.dtype(), -c.longValue());
    }

    private Atom append(BinaryOp op, Atom x, Atom y) {
        return append(new Elementwise.Binary(op), x, y);
    }

    private Atom append(Primitive p, Atom... operands) {
        return append(p, Array.of(operands));
    }

    private Atom append(Primitive p, Array<Atom> operands) {
        return builder.append(p, operands, source).get(0);
    }

    /** x when {@code atom = op x}, else null. */
    private Atom operandOf(UnaryOp op, Atom atom) {
        Equation definition = builder.definition(atom);
        return definition != null && definition.primitive() instanceof Elementwise.Unary(UnaryOp inner) && inner == op
                ? definition.input(0)
                : null;
    }

    private static boolean isLiteral(Atom atom, double value) {
        return atom instanceof Literal literal && literal.dtype() != DType.BOOL && literal.is(value);
    }

    private static boolean isTrue(Atom atom) {
        return atom instanceof Literal literal && literal.dtype() == DType.BOOL && literal.booleanValue();
    }

    private static boolean isFalse(Atom atom) {
        return atom instanceof Literal literal && literal.dtype() == DType.BOOL && !literal.booleanValue();
    }

    /** A power of two whose products and quotients stay exact but at the ends of the range. */
    private static boolean isPowerOfTwo(Literal c) {
        double value = Math.abs(c.doubleValue());
        return value >= 0x1p-20 && value <= 0x1p20 && Math.scalb(1.0, Math.getExponent(value)) == value;
    }
}
