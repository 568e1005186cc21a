package dev.fluxion.numpy;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.GivenUp;
import dev.fluxion.ir.Shape;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tracing.Value;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Objects;

/**
 * An immutable array of numbers or truth values: concrete, or a stand-in (tracer) while a function is being traced. Code
 * that computes with arrays never sees the difference; only reading values ({@code item}, {@code toDoubleArray} ...)
 * needs a concrete one.
 *
 * <p>Arrays are equal ({@code equals}) only when they are the same object: use {@link Numpy#arrayEqual} or
 * {@link Numpy#allclose} to compare elements, {@code eq} for an array of comparisons.
 */
public final class NDArray extends NDArrayMethods implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Value value;

    private NDArray(Value value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** The array behind which stands {@code value}; for transforms and engines. */
    public static NDArray of(Value value) {
        return new NDArray(value);
    }

    /** The array with the given data; for transforms and engines. */
    public static NDArray of(ArrayData data) {
        return new NDArray(new Value.Concrete(data));
    }

    /** In a stream of objects an array is its elements; a tracer is refused. */
    private Object writeReplace() {
        return SerializedArray.of(data("serialisation"));
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("arrays come as " + SerializedArray.class.getSimpleName());
    }

    @Override
    NDArray self() {
        return this;
    }

    /** What stands behind this array; for transforms and engines. */
    public Value value() {
        return value;
    }

    /** Dtype and shape; known while tracing too. */
    public ArrayType type() {
        return value.type();
    }

    public Shape shape() {
        return type().shape();
    }

    public DType dtype() {
        return type().dtype();
    }

    /** The number of axes. */
    public int ndim() {
        return type().rank();
    }

    /** The number of elements. */
    public int size() {
        return type().size();
    }

    /**
     * The value of an array with one element.
     *
     * @throws FluxionException when the array has more or fewer elements, or is a tracer
     */
    public double item() {
        ArrayData data = data("item()");
        if (size() != 1) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.SHAPE_MISMATCH, "item(): " + type() + " has " + size() + " elements, not 1")
                    .hint("read one element with get(...).item(), all with toDoubleArray()"));
        }
        return data.doubleAt(0);
    }

    /** The elements in row-major order; truth values as 0 and 1. */
    public double[] toDoubleArray() {
        ArrayData data = data("toDoubleArray()");
        double[] result = new double[size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = data.doubleAt(i);
        }
        return result;
    }

    /** The elements in row-major order, rounded to float. */
    public float[] toFloatArray() {
        ArrayData data = data("toFloatArray()");
        float[] result = new float[size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) data.doubleAt(i);
        }
        return result;
    }

    /** The elements in row-major order, fractions truncated, wrapped to 32 bits. */
    public int[] toIntArray() {
        ArrayData data = data("toIntArray()");
        int[] result = new int[size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = (int) data.longAt(i);
        }
        return result;
    }

    /** The elements in row-major order, fractions truncated. */
    public long[] toLongArray() {
        ArrayData data = data("toLongArray()");
        long[] result = new long[size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = data.longAt(i);
        }
        return result;
    }

    /** Which elements in row-major order are not zero. */
    public boolean[] toBooleanArray() {
        ArrayData data = data("toBooleanArray()");
        boolean[] result = new boolean[size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = data.booleanAt(i);
        }
        return result;
    }

    /** As NumPy prints: {@code [[1.  2.5] [3.  4. ]]} in aligned columns; a tracer as {@code Traced<f64[2,2]>}, one that was given up as {@code Deleted<f64[2,2]>} or {@code Donated<f64[2,2]>}. */
    @Override
    public String toString() {
        return switch (value) {
            case Value.Concrete(var data) -> data.givenUp() == null ? ArrayText.of(data) : text(data.givenUp());
            case Value.Tracer tracer ->
                "Traced<" + type() + " created at " + tracer.created() + ", "
                        + tracer.trace().context() + ">";
        };
    }

    private String text(GivenUp givenUp) {
        return (givenUp.deleted() ? "Deleted<" : "Donated<") + type() + " at " + givenUp.at() + ">";
    }

    /**
     * Gives the elements up: results that are computed later may take their memory, which is faster than fetching fresh memory
     * for each result. From now on every use of this array is an error that names this line; its shape and dtype stay known.
     * Other arrays with the same elements (a reshaped one) and programs that read them as a constant keep them.
     *
     * <p>A tracer, and an array that was given up before, stay as they are. Do not delete an array that another thread is using
     * in that moment.
     *
     * <p>As {@code jax.Array.delete()}.
     */
    public void delete() {
        if (value instanceof Value.Concrete(var data) && data.givenUp() == null) {
            data.delete(Tracing.caller());
        }
    }

    /** Whether the elements were given up, by {@link #delete} or as a donated argument. As {@code jax.Array.is_deleted()}. */
    public boolean isDeleted() {
        return value instanceof Value.Concrete(var data) && data.givenUp() != null;
    }

    private ArrayData data(String asked) {
        return switch (value) {
            case Value.Concrete concrete -> concrete.read();
            case Value.Tracer tracer ->
                throw Tracing.located(FluxionException.of(
                                ErrorCode.CONCRETE_VALUE_NEEDED, asked + ": a traced " + type() + " has no value yet")
                        .detail("it was created at " + tracer.created() + ", while "
                                + tracer.trace().context())
                        .hint("compute with arrays instead: where(...) chooses by values, Lax.cond between functions,"
                                + " Lax.whileLoop repeats; shape() and dtype() are known while tracing"));
        };
    }
}
