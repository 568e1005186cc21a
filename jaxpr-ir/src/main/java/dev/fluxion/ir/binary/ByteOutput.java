package dev.fluxion.ir.binary;

import dev.fluxion.ir.Ints;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow. Whole numbers are written in groups of 7 bits, the low ones first, as in LEB128. */
public final class ByteOutput {
    private byte[] bytes = new byte[256];
    private int size;

    public int size() {
        return size;
    }

    public void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    public void write(byte... more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    public void write(ByteOutput other) {
        reserve(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
    }

    /** A number read as unsigned: small ones take one byte. */
    public void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            writeByte((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    /** A number of either sign: 0, -1, 1, -2 ... become 0, 1, 2, 3 ... */
    public void signed(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    /** The lowest {@code width} bytes, the lowest first. */
    public void fixed(long value, int width) {
        for (int i = 0; i < width; i++) {
            writeByte((int) (value >>> (8 * i)));
        }
    }

    public void string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        write(utf8);
    }

    public void ints(Ints values) {
        varint(values.size());
        values.stream().forEach(this::signed);
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length)));
        }
    }
}
