package dev.fluxion.ir.binary;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.text.ReadLimits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Bytes read piece by piece. Every count is compared with the bytes that are left before anything is allocated for it, since
 * each thing counted takes a byte at least, and with the limits of the reader.
 */
public final class ByteInput {
    /** No array of the field has more axes than some dozens; NumPy's limit. */
    private static final int MAX_RANK = 64;

    /** No list of a parameter is longer; keeps the work for one operation bounded. */
    static final int MAX_LIST = 1000;

    /** Things other than equations that may stand beside one equation, on average. */
    private static final int ITEMS_PER_EQUATION = 16;

    private final byte[] bytes;
    private final int end;
    private final ReadLimits limits;
    private int position;
    private long items;

    public ByteInput(byte[] bytes, int start, int end, ReadLimits limits) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.limits = limits;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    public int readByte() {
        if (position == end) {
            throw wrong(position, "the file ends too early");
        }
        return bytes[position++] & 0xff;
    }

    /** An unsigned number of at most 64 bits. */
    public long varint() {
        int start = position;
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            if (shift == 63 && next > 1) {
                break;
            }
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw wrong(start, "a number of more than 64 bits");
    }

    /** A number of 0 to {@code most}. */
    public int number(String what, int most) {
        int start = position;
        long value = varint();
        if (value < 0 || value > most) {
            throw wrong(start, what + " is " + Long.toUnsignedString(value) + ", more than " + most);
        }
        return (int) value;
    }

    /** How many things follow; each takes one byte or more. */
    public int count(String what) {
        int start = position;
        int count = number("the number of " + what, Integer.MAX_VALUE);
        if (count > remaining()) {
            throw wrong(start, count + " " + what + " cannot stand in the " + remaining() + " bytes that are left");
        }
        items += count;
        long most = (long) ITEMS_PER_EQUATION * limits.maxEquations();
        if (items > most) {
            throw ReadLimits.exceeded("the file holds more than " + most + " operands, results, entries of tables");
        }
        return count;
    }

    /** A place in a table of the given size. */
    public int index(String what, int size) {
        int start = position;
        int index = number("the place of a " + what, Integer.MAX_VALUE);
        if (index >= size) {
            throw wrong(start, what + " " + index + " does not exist: there are " + size);
        }
        return index;
    }

    public long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    public int signedInt() {
        int start = position;
        long value = signed();
        if (value != (int) value) {
            throw wrong(start, "the number " + value + " has more than 32 bits");
        }
        return (int) value;
    }

    public long fixed(int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (long) readByte() << (8 * i);
        }
        return value;
    }

    /** The next bytes, not copied. */
    public ByteBuffer slice(int length) {
        if (length > remaining()) {
            throw wrong(position, length + " bytes cannot stand in the " + remaining() + " that are left");
        }
        ByteBuffer slice = ByteBuffer.wrap(bytes, position, length).slice();
        position += length;
        return slice;
    }

    public String string() {
        int start = position;
        int length = number("the length of a string", Integer.MAX_VALUE);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice(length)).toString();
        } catch (CharacterCodingException e) {
            throw wrong(start, "a string is not UTF-8");
        }
    }

    public Ints ints() {
        int n = number("the number of integers", MAX_LIST);
        int[] values = new int[n];
        for (int i = 0; i < n; i++) {
            values[i] = signedInt();
        }
        return Ints.of(values);
    }

    public Shape shape() {
        int start = position;
        int[] dims = new int[number("the number of axes", MAX_RANK)];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = number("the size of an axis", Integer.MAX_VALUE);
        }
        try {
            return Shape.of(dims);
        } catch (FluxionException e) {
            throw relocate(start, e);
        }
    }

    public DType dtype() {
        int start = position;
        int code = readByte();
        DType dtype = Format.dtype(code);
        if (dtype == null) {
            throw wrong(start, "there is no dtype " + code);
        }
        return dtype;
    }

    public FluxionException wrong(int offset, String summary) {
        return FluxionException.of(ErrorCode.BAD_FILE, "byte " + offset + ": " + summary);
    }

    /** The refusal of something read at this place, unless it tells its place already. */
    public FluxionException relocate(int offset, Throwable refusal) {
        return switch (refusal) {
            case FluxionException e when e.code() == ErrorCode.BAD_FILE || e.code() == ErrorCode.LIMIT_EXCEEDED -> e;
            case FluxionException e ->
                wrong(offset, "a value is refused").detail(e.getMessage().replace("\n", "\n  "));
            default -> wrong(offset, "a value is refused").detail(String.valueOf(refusal));
        };
    }
}
