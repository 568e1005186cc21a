package dev.fluxion.ir.testing;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.GivenUp;
import dev.fluxion.ir.SourceInfo;
import java.lang.reflect.Array;

/** Array data in a plain Java array, for tests that need no engine. */
public record HostArray(ArrayType type, Object values) implements ArrayData {

    public static HostArray of(double... values) {
        return new HostArray(ArrayType.of(DType.FLOAT64, values.length), values);
    }

    @Override
    public double doubleAt(int index) {
        return type.dtype() == DType.BOOL ? longAt(index) : Array.getDouble(values, index);
    }

    @Override
    public long longAt(int index) {
        return switch (type.dtype()) {
            case BOOL -> booleanAt(index) ? 1 : 0;
            case INT32, INT64 -> Array.getLong(values, index);
            case FLOAT32, FLOAT64 -> (long) doubleAt(index);
        };
    }

    @Override
    public boolean booleanAt(int index) {
        return type.dtype() == DType.BOOL ? Array.getBoolean(values, index) : doubleAt(index) != 0;
    }

    @Override
    public ArrayData donate(SourceInfo at) {
        throw new UnsupportedOperationException("no program runs here that could take the data over");
    }

    @Override
    public void delete(SourceInfo at) {
        throw new UnsupportedOperationException("no program runs here that could take the data over");
    }

    @Override
    public GivenUp givenUp() {
        return null;
    }

    @Override
    public Object toHostArray() {
        int n = Array.getLength(values);
        Object copy = Array.newInstance(values.getClass().getComponentType(), n);
        System.arraycopy(values, 0, copy, 0, n);
        return copy;
    }
}
