package dev.fluxion.ir;

import static dev.fluxion.ir.FoldContext.isLiteral;
import static dev.fluxion.ir.FoldContext.minus;

/**
 * Neutral elements and signs in sums and products. Signs move outward, towards the end of the program, where they meet a sum
 * that takes them in: {@code (-a)*b = -(a*b)}, {@code x + (-y) = x - y}, {@code x + (-2) = x - 2}, {@code -(a - b) = b - a}.
 */
record ArithmeticFolding(FoldContext at) {

    Atom neg(Atom x) {
        Atom minusX = at.operandOf(UnaryOp.NEG, x);
        if (minusX != null) {
            return minusX;
        }
        if (at.is(BinaryOp.SUB, x)) {
            return at.append(BinaryOp.SUB, at.operand(x, 1), at.operand(x, 0));
        }
        if (at.is(BinaryOp.MUL, x) && at.operand(x, 0) instanceof Literal c) {
            return at.append(BinaryOp.MUL, minus(c), at.operand(x, 1));
        }
        return at.is(BinaryOp.MUL, x) && at.operand(x, 1) instanceof Literal c
                ? at.append(BinaryOp.MUL, at.operand(x, 0), minus(c))
                : null;
    }

    Atom add(Atom x, Atom y) {
        if (isLiteral(y, 0)) {
            return x;
        }
        if (isLiteral(x, 0)) {
            return y;
        }
        Atom minusY = at.operandOf(UnaryOp.NEG, y);
        if (minusY != null) {
            return at.append(BinaryOp.SUB, x, minusY);
        }
        Atom minusX = at.operandOf(UnaryOp.NEG, x);
        if (minusX != null) {
            return at.append(BinaryOp.SUB, y, minusX);
        }
        if (isNegative(y)) {
            return at.append(BinaryOp.SUB, x, minus((Literal) y));
        }
        if (isNegative(x)) {
            return at.append(BinaryOp.SUB, y, minus((Literal) x));
        }
        return x == y ? at.append(BinaryOp.MUL, Literal.of(x.dtype(), 2L), x) : null;
    }

    Atom sub(Atom x, Atom y) {
        if (isLiteral(y, 0)) {
            return x;
        }
        if (isLiteral(x, 0)) {
            return at.negate(y);
        }
        Atom minusY = at.operandOf(UnaryOp.NEG, y);
        if (minusY != null) {
            return at.append(BinaryOp.ADD, x, minusY);
        }
        if (isNegative(y)) {
            return at.append(BinaryOp.ADD, x, minus((Literal) y));
        }
        Atom minusX = at.operandOf(UnaryOp.NEG, x);
        return minusX != null ? at.negate(at.append(BinaryOp.ADD, minusX, y)) : null;
    }

    /** Whether the atom is a literal below zero whose negative is above: not so for the smallest integer. */
    private static boolean isNegative(Atom atom) {
        return atom instanceof Literal c
                && c.dtype() != DType.BOOL
                && c.doubleValue() < 0
                && minus(c).doubleValue() > 0;
    }

    Atom mul(Atom x, Atom y) {
        if (isLiteral(x, 1)) {
            return y;
        }
        if (isLiteral(y, 1)) {
            return x;
        }
        if (isLiteral(x, -1)) {
            return at.negate(y);
        }
        if (isLiteral(y, -1)) {
            return at.negate(x);
        }
        if (x.dtype().isInteger() && (isLiteral(x, 0) || isLiteral(y, 0))) {
            Shape shape = x instanceof Literal ? y.shape() : x.shape();
            return at.fill(Literal.of(x.dtype(), 0L), shape);
        }
        Atom signed = signs(BinaryOp.MUL, x, y);
        if (signed != null) {
            return signed;
        }
        return x instanceof Literal c ? scale(c, y) : y instanceof Literal c ? scale(c, x) : null;
    }

    Atom div(Atom x, Atom y) {
        if (isLiteral(y, 1)) {
            return x;
        }
        // Integers: the smallest one divided by -1 and by 1 wrap differently.
        if (!x.dtype().isFloating()) {
            return null;
        }
        Atom signed = signs(BinaryOp.DIV, x, y);
        if (signed != null) {
            return signed;
        }
        return y instanceof Literal c && isPowerOfTwo(c)
                ? at.append(BinaryOp.MUL, Literal.of(c.dtype(), 1 / c.doubleValue()), x)
                : null;
    }

    /** The operation without signs in its operands: two cancel, one goes into a literal or to the outside; or null. */
    private Atom signs(BinaryOp op, Atom x, Atom y) {
        Atom minusX = at.operandOf(UnaryOp.NEG, x);
        Atom minusY = at.operandOf(UnaryOp.NEG, y);
        if (minusX != null && minusY != null) {
            return at.append(op, minusX, minusY);
        }
        if (minusX != null) {
            return y instanceof Literal c ? at.append(op, minusX, minus(c)) : at.negate(at.append(op, minusX, y));
        }
        if (minusY != null) {
            return x instanceof Literal c ? at.append(op, minus(c), minusY) : at.negate(at.append(op, x, minusY));
        }
        return null;
    }

    /**
     * {@code c * (d * z) = (c*d) * z} where one factor is a power of two: {@code c*d} is exact, and one product rounds once.
     * The two products give the same bits as long as they are finite and not subnormal; else they round twice or overflow on
     * the way, and the one product, rounded correctly, is the better value.
     */
    private Atom scale(Literal c, Atom product) {
        if (!at.is(BinaryOp.MUL, product) || !c.dtype().isFloating()) {
            return null;
        }
        Atom first = at.operand(product, 0);
        Atom second = at.operand(product, 1);
        Literal d = first instanceof Literal literal ? literal : second instanceof Literal literal ? literal : null;
        if (d == null || !(isPowerOfTwo(c) || isPowerOfTwo(d))) {
            return null;
        }
        Literal factor = Literal.of(c.dtype(), c.doubleValue() * d.doubleValue());
        double size = Math.abs(factor.doubleValue());
        return size > 0x1p-100 && size < 0x1p100 ? at.append(BinaryOp.MUL, factor, first == d ? second : first) : null;
    }

    /** A power of two whose products and quotients are exact, but where an intermediate result over- or underflows. */
    private static boolean isPowerOfTwo(Literal c) {
        double value = Math.abs(c.doubleValue());
        return value >= 0x1p-20 && value <= 0x1p20 && Math.scalb(1.0, Math.getExponent(value)) == value;
    }
}
