package dev.fluxion.numpy;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.lax.Lax;

/** Comparisons, logical and bitwise operations. */
abstract class NumpyLogic extends NumpyRounding {

    /** {@code x == y} per element. */
    public static NDArray equal(NDArray x, NDArray y) {
        return Operators.compare(CompareOp.EQ, x, y);
    }

    public static NDArray equal(NDArray x, Number y) {
        return Operators.compare(CompareOp.EQ, x, y);
    }

    /** {@code x != y} per element. */
    public static NDArray notEqual(NDArray x, NDArray y) {
        return Operators.compare(CompareOp.NE, x, y);
    }

    public static NDArray notEqual(NDArray x, Number y) {
        return Operators.compare(CompareOp.NE, x, y);
    }

    /** {@code x < y} per element. */
    public static NDArray less(NDArray x, NDArray y) {
        return Operators.compare(CompareOp.LT, x, y);
    }

    public static NDArray less(NDArray x, Number y) {
        return Operators.compare(CompareOp.LT, x, y);
    }

    /** {@code x <= y} per element. */
    public static NDArray lessEqual(NDArray x, NDArray y) {
        return Operators.compare(CompareOp.LE, x, y);
    }

    public static NDArray lessEqual(NDArray x, Number y) {
        return Operators.compare(CompareOp.LE, x, y);
    }

    /** {@code x > y} per element. */
    public static NDArray greater(NDArray x, NDArray y) {
        return Operators.compare(CompareOp.GT, x, y);
    }

    public static NDArray greater(NDArray x, Number y) {
        return Operators.compare(CompareOp.GT, x, y);
    }

    /** {@code x >= y} per element. */
    public static NDArray greaterEqual(NDArray x, NDArray y) {
        return Operators.compare(CompareOp.GE, x, y);
    }

    public static NDArray greaterEqual(NDArray x, Number y) {
        return Operators.compare(CompareOp.GE, x, y);
    }

    /** Whether both are not zero. */
    public static NDArray logicalAnd(NDArray x, NDArray y) {
        return Operators.binary("logicalAnd", BinaryOp.AND, x.astype(DType.BOOL), y.astype(DType.BOOL));
    }

    /** Whether one is not zero. */
    public static NDArray logicalOr(NDArray x, NDArray y) {
        return Operators.binary("logicalOr", BinaryOp.OR, x.astype(DType.BOOL), y.astype(DType.BOOL));
    }

    /** Whether exactly one is not zero. */
    public static NDArray logicalXor(NDArray x, NDArray y) {
        return Operators.binary("logicalXor", BinaryOp.XOR, x.astype(DType.BOOL), y.astype(DType.BOOL));
    }

    /** Whether x is zero. */
    public static NDArray logicalNot(NDArray x) {
        return Lax.not(x.astype(DType.BOOL));
    }

    /** Bitwise of integers, logical of truth values. */
    public static NDArray bitwiseAnd(NDArray x, NDArray y) {
        return Operators.binary("bitwiseAnd", BinaryOp.AND, x, y);
    }

    public static NDArray bitwiseAnd(NDArray x, Number y) {
        return bitwiseAnd(x, Operators.weak(x.dtype(), y));
    }

    /** Bitwise of integers, logical of truth values. */
    public static NDArray bitwiseOr(NDArray x, NDArray y) {
        return Operators.binary("bitwiseOr", BinaryOp.OR, x, y);
    }

    public static NDArray bitwiseOr(NDArray x, Number y) {
        return bitwiseOr(x, Operators.weak(x.dtype(), y));
    }

    /** Bitwise of integers, logical of truth values. */
    public static NDArray bitwiseXor(NDArray x, NDArray y) {
        return Operators.binary("bitwiseXor", BinaryOp.XOR, x, y);
    }

    public static NDArray bitwiseXor(NDArray x, Number y) {
        return bitwiseXor(x, Operators.weak(x.dtype(), y));
    }

    /** {@code x << y}; 0 when y is outside the width. */
    public static NDArray leftShift(NDArray x, NDArray y) {
        return Operators.binary("leftShift", BinaryOp.SHIFT_LEFT, x, y);
    }

    public static NDArray leftShift(NDArray x, Number y) {
        return leftShift(x, Operators.weak(x.dtype(), y));
    }

    /** {@code x >> y}; the sign when y is outside the width. */
    public static NDArray rightShift(NDArray x, NDArray y) {
        return Operators.binary("rightShift", BinaryOp.SHIFT_RIGHT_ARITHMETIC, x, y);
    }

    public static NDArray rightShift(NDArray x, Number y) {
        return rightShift(x, Operators.weak(x.dtype(), y));
    }

    /** Bitwise complement of integers, logical of truth values. */
    public static NDArray bitwiseNot(NDArray x) {
        return Lax.not(x);
    }

    public static NDArray invert(NDArray x) {
        return bitwiseNot(x);
    }

    /** {@code |x - y| <= 1e-8 + 1e-5 |y|} per element; equal infinities are close, NaN is not. */
    public static NDArray isclose(NDArray x, NDArray y) {
        return isclose(x, y, 1e-5, 1e-8, false);
    }

    /** {@code |x - y| <= atol + rtol |y|} per element; equal infinities are close; NaN to NaN if {@code equalNan}. */
    public static NDArray isclose(NDArray x, NDArray y, double rtol, double atol, boolean equalNan) {
        NDArray a = Operators.real(x);
        NDArray b = Operators.real(y);
        NDArray finite = isfinite(a).and(isfinite(b));
        NDArray within = Numpy.abs(a.minus(b)).le(Numpy.abs(b).times(rtol).plus(atol));
        NDArray close = finite.and(within).or(a.eq(b));
        return equalNan ? close.or(isnan(a).and(isnan(b))) : close;
    }

    /** Whether all elements are close: see {@link #isclose(NDArray, NDArray)}. */
    public static NDArray allclose(NDArray x, NDArray y) {
        return Numpy.all(isclose(x, y));
    }

    public static NDArray allclose(NDArray x, NDArray y, double rtol, double atol, boolean equalNan) {
        return Numpy.all(isclose(x, y, rtol, atol, equalNan));
    }

    /** Whether shapes and all elements are equal. */
    public static NDArray arrayEqual(NDArray x, NDArray y) {
        return x.shape().equals(y.shape()) ? Numpy.all(equal(x, y)) : scalar(false);
    }

    /** Whether all elements are equal after broadcasting. */
    public static NDArray arrayEquiv(NDArray x, NDArray y) {
        return Numpy.all(equal(x, y));
    }
}
