package dev.fluxion.ir.binary;

import dev.fluxion.ir.text.ParseOptions;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** What stands around the content of every binary file: eight bytes that name the format, its version, a checksum at the end. */
public final class Envelope {
    private final byte[] magic;
    private final int version;

    public Envelope(byte[] magic, int version) {
        this.magic = magic.clone();
        this.version = version;
    }

    /** Whether a file begins as this format does. */
    public boolean fits(byte... file) {
        return file.length >= magic.length && Arrays.equals(file, 0, magic.length, magic, 0, magic.length);
    }

    /** The file with this content. */
    public byte[] wrap(ByteOutput content) {
        ByteOutput file = new ByteOutput();
        file.write(magic);
        file.varint(version);
        file.write(content);
        file.fixed(checksum(file.toByteArray(), file.size()), Format.CHECKSUM);
        return file.toByteArray();
    }

    /**
     * The content of a file that {@link #fits}.
     *
     * @throws dev.fluxion.ir.FluxionException FX0702 when it has another version, or its checksum is wrong
     */
    public ByteInput open(byte[] file, ParseOptions options) {
        int end = Math.max(magic.length, file.length - Format.CHECKSUM);
        ByteInput in = new ByteInput(file, magic.length, end, options.limits());
        int start = in.position();
        long given = in.varint();
        if (given != version) {
            throw in.wrong(start, "the file has version " + Long.toUnsignedString(given) + " of the format")
                    .hint("this Fluxion reads version " + version);
        }
        long expected = checksum(file, end);
        long found = new ByteInput(file, end, file.length, options.limits()).fixed(Format.CHECKSUM);
        if (expected != found) {
            throw in.wrong(end, "the checksum is wrong: the file is damaged or cut off")
                    .detail("expected " + Long.toHexString(expected))
                    .detail("found    " + Long.toHexString(found));
        }
        return in;
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
