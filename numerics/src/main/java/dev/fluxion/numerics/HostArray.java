package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.GivenUp;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.SourceInfo;

/**
 * Array data in one Java array of the element type, row-major and contiguous. Several host arrays may share one Java array,
 * as a reshaped array does with what it was made of: then nobody may ever write to it.
 */
public final class HostArray implements ArrayData {
    private final ArrayType type;

    /** Null when it was given up. */
    private Object data;

    /** Whether the Java array was made by an engine, so that no user has it. */
    private final boolean computed;

    private boolean shared;
    private volatile GivenUp givenUp;

    private HostArray(ArrayType type, Object data, boolean computed) {
        this.type = type;
        this.data = data;
        this.computed = computed;
    }

    /**
     * Array data with a copy of {@code values}.
     *
     * @throws FluxionException when kind or length of {@code values} do not fit {@code type}
     */
    public static HostArray copyOf(ArrayType type, Object values) {
        return wrap(type, HostData.copy(checked(type, values)));
    }

    /**
     * Array data backed by {@code values} itself: the caller hands the array over and never writes to it again.
     *
     * @throws FluxionException when kind or length of {@code values} do not fit {@code type}
     */
    public static HostArray wrap(ArrayType type, Object values) {
        return new HostArray(type, checked(type, values), false);
    }

    /** Array data backed by {@code values}, which an engine has made for this very type. */
    public static HostArray computed(ArrayType type, Object values) {
        return new HostArray(type, values, true);
    }

    /** Array data backed by {@code values}, which others read too. */
    public static HostArray shared(ArrayType type, Object values) {
        HostArray array = wrap(type, values);
        array.share();
        return array;
    }

    /** Any array data as a host array, copied only when it is held in some other form. */
    public static HostArray of(ArrayData data) {
        return data instanceof HostArray host ? host : wrap(data.type(), data.toHostArray());
    }

    /** The scalar with the value of {@code literal}. */
    public static HostArray of(Literal literal) {
        Object data = HostData.allocate(literal.dtype(), 1);
        HostData.put(data, 0, literal);
        return computed(literal.type(), data);
    }

    private static Object checked(ArrayType type, Object values) {
        DType given = HostData.dtypeOf(values);
        if (given != type.dtype() || HostData.length(values) != type.size()) {
            throw FluxionException.of(ErrorCode.BAD_DATA, "array: the values do not fit the type")
                    .detail(type + " holds " + type.size() + " values in a Java array of "
                            + HostData.elementName(type.dtype()))
                    .detail("given " + HostData.describe(values));
        }
        return values;
    }

    @Override
    public ArrayType type() {
        return type;
    }

    /** The backing Java array, for kernels to read. Must not be written to. */
    public Object data() {
        Object present = data;
        if (present == null) {
            throw givenUp.error(type);
        }
        return present;
    }

    /** The same elements as an array of another shape. */
    public HostArray as(ArrayType newType) {
        share();
        return shared(newType, data());
    }

    /** Notes that someone else reads the backing Java array from now on. */
    public void share() {
        shared = true;
    }

    /** Whether others may read the backing Java array, so that nobody may write to it. */
    public boolean isShared() {
        return shared;
    }

    @Override
    public synchronized HostArray donate(SourceInfo at) {
        Object present = data();
        givenUp = new GivenUp(false, at);
        data = null;
        return new HostArray(type, shared ? HostData.copy(present) : present, shared || computed);
    }

    @Override
    public synchronized void delete(SourceInfo at) {
        Object present = data;
        if (present != null) {
            givenUp = new GivenUp(true, at);
            data = null;
            if (computed && !shared) {
                SpareArrays.offer(type.dtype(), present);
            }
        }
    }

    @Override
    public GivenUp givenUp() {
        return givenUp;
    }

    @Override
    public double doubleAt(int index) {
        return switch (data()) {
            case double[] x -> x[index];
            case float[] x -> x[index];
            case long[] x -> x[index];
            case int[] x -> x[index];
            default -> ((boolean[]) data())[index] ? 1 : 0;
        };
    }

    @Override
    public long longAt(int index) {
        return switch (data()) {
            case double[] x -> (long) x[index];
            case float[] x -> (long) x[index];
            case long[] x -> x[index];
            case int[] x -> x[index];
            default -> ((boolean[]) data())[index] ? 1 : 0;
        };
    }

    @Override
    public boolean booleanAt(int index) {
        return switch (data()) {
            case double[] x -> x[index] != 0;
            case float[] x -> x[index] != 0;
            case long[] x -> x[index] != 0;
            case int[] x -> x[index] != 0;
            default -> ((boolean[]) data())[index];
        };
    }

    /** Element {@code index} as a literal with exactly its bits. */
    public Literal literalAt(int index) {
        return HostData.literal(data(), index);
    }

    @Override
    public Object toHostArray() {
        return HostData.copy(data());
    }

    /** The type and, for short arrays, the values. */
    @Override
    public String toString() {
        if (data == null) {
            return type + " (given up at " + givenUp.at() + ")";
        }
        StringBuilder text = new StringBuilder(type.toString()).append(" (");
        int shown = Math.min(type.size(), 8);
        for (int i = 0; i < shown; i++) {
            text.append(i == 0 ? "" : ", ").append(literalAt(i));
        }
        return text.append(shown < type.size() ? ", ...)" : ")").toString();
    }
}
