package dev.fluxion.numpy;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Value;

/**
 * An immutable array of numbers or truth values: concrete, or a stand-in (tracer) while a function is being traced. Code
 * that computes with arrays never sees the difference; only reading values needs a concrete one.
 */
public final class NDArray {
    private final Value value;

    private NDArray(Value value) {
        this.value = value;
    }

    /** The array behind which stands {@code value}; for transforms and engines. */
    public static NDArray of(Value value) {
        return new NDArray(value);
    }

    /** The array with the given data; for transforms and engines. */
    public static NDArray of(ArrayData data) {
        return new NDArray(new Value.Concrete(data));
    }

    /** What stands behind this array; for transforms and engines. */
    public Value value() {
        return value;
    }

    public ArrayType type() {
        return value.type();
    }

    public Shape shape() {
        return type().shape();
    }

    public DType dtype() {
        return type().dtype();
    }

    public int ndim() {
        return type().rank();
    }

    public int size() {
        return type().size();
    }

    /** {@code this + other}, broadcasting and promoting. */
    public NDArray plus(NDArray other) {
        return Operators.binary(BinaryOp.ADD, this, other);
    }

    public NDArray plus(double other) {
        return Operators.binary(BinaryOp.ADD, this, other);
    }

    /** {@code this - other}, broadcasting and promoting. */
    public NDArray minus(NDArray other) {
        return Operators.binary(BinaryOp.SUB, this, other);
    }

    public NDArray minus(double other) {
        return Operators.binary(BinaryOp.SUB, this, other);
    }

    /** {@code this * other}, broadcasting and promoting. */
    public NDArray times(NDArray other) {
        return Operators.binary(BinaryOp.MUL, this, other);
    }

    public NDArray times(double other) {
        return Operators.binary(BinaryOp.MUL, this, other);
    }

    /** {@code this / other} as real numbers, broadcasting and promoting. */
    public NDArray div(NDArray other) {
        return Operators.divide(this, other);
    }

    public NDArray div(double other) {
        return Operators.divide(this, other);
    }

    /** {@code -this}. */
    public NDArray unaryMinus() {
        return Lax.unary(UnaryOp.NEG, this);
    }

    /** The data, for reading. */
    ArrayData data(String asked) {
        return switch (value) {
            case Value.Concrete(var data) -> data;
            case Value.Tracer tracer ->
                throw FluxionException.of(
                                ErrorCode.CONCRETE_VALUE_NEEDED, asked + ": a traced " + type() + " has no value yet")
                        .detail("it was created at " + tracer.created() + ", while "
                                + tracer.trace().context())
                        .hint("compute with arrays instead: where(...) chooses by values, Lax.cond and Lax.whileLoop"
                                + " branch on them; shape() and dtype() are known while tracing");
        };
    }

    /** The value of an array with one element. */
    public double item() {
        return data("item()").doubleAt(0);
    }
}
