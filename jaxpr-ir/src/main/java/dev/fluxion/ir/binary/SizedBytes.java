package dev.fluxion.ir.binary;

import dev.fluxion.ir.text.ReadLimits;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Arrays;

/** A file within a stream of Java objects: its length, its bytes. */
public final class SizedBytes {
    /** What is allocated before the stream has shown that it holds as much. */
    private static final int CHUNK = 1 << 16;

    private SizedBytes() {}

    public static void write(ObjectOutput out, byte... file) throws IOException {
        out.writeInt(file.length);
        out.write(file);
    }

    /** @throws InvalidObjectException when the length is negative or beyond the limits */
    public static byte[] read(ObjectInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > ReadLimits.DEFAULT.maxBytes()) {
            throw new InvalidObjectException("a file of " + length + " bytes");
        }
        byte[] bytes = new byte[Math.min(length, CHUNK)];
        in.readFully(bytes);
        while (bytes.length < length) {
            int read = bytes.length;
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
            in.readFully(bytes, read, bytes.length - read);
        }
        return bytes;
    }
}
