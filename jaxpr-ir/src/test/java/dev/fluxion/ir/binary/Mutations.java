package dev.fluxion.ir.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.text.JaxprPrinter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/** Changed files: reading gives a correct program or a FluxionException. */
final class Mutations {
    private static final Set<ErrorCode> REFUSALS =
            EnumSet.of(ErrorCode.BAD_FILE, ErrorCode.BAD_TEXT, ErrorCode.LIMIT_EXCEEDED, ErrorCode.BAD_PROGRAM);

    /** At a place counted from the start (modulo the length), a byte or character that replaces, comes before, or goes. */
    record Change(int kind, int place, int value) {}

    private Mutations() {}

    static byte[] apply(byte[] file, List<Change> changes) {
        byte[] result = file;
        for (Change change : changes) {
            int at = Math.floorMod(change.place(), result.length);
            switch (change.kind()) {
                case 0 -> {
                    result = result.clone();
                    result[at] = (byte) change.value();
                }
                case 1 -> {
                    result = result.clone();
                    result[at] ^= (byte) (1 << (change.value() & 7));
                }
                case 2 -> result = splice(result, at, at, (byte) change.value());
                default -> result = splice(result, at, Math.min(result.length, at + 1 + (change.value() & 3)));
            }
        }
        return result;
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte... replacement) {
        byte[] result = new byte[bytes.length - (to - from) + replacement.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(replacement, 0, result, from, replacement.length);
        System.arraycopy(bytes, to, result, from + replacement.length, bytes.length - to);
        return result.length == 0 ? new byte[1] : result;
    }

    /** The body changed, magic and version kept, and a checksum that fits: nothing but the reader stands in the way. */
    static byte[] withChecksum(byte[] file, List<Change> changes) {
        int head = Format.MAGIC.length + 1;
        byte[] body = apply(Arrays.copyOfRange(file, head, file.length - Format.CHECKSUM), changes);
        ByteOutput out = new ByteOutput();
        out.write(Arrays.copyOf(file, head));
        out.write(body);
        CRC32C crc = new CRC32C();
        crc.update(out.toByteArray());
        out.fixed(crc.getValue(), Format.CHECKSUM);
        return out.toByteArray();
    }

    /** Whether the bytes are a program; anything but a program or a refusal fails. */
    static boolean reads(byte... file) {
        Jaxpr jaxpr;
        try {
            jaxpr = JaxprFiles.fromBytes(file, RoundTrips.HOST);
        } catch (FluxionException e) {
            assertEquals(true, REFUSALS.contains(e.code()), e.getMessage());
            return false;
        }
        JaxprChecker.checkWithRules(jaxpr);
        jaxpr.structuralHash();
        JaxprPrinter.print(jaxpr);
        RoundTrips.binary(jaxpr);
        return true;
    }
}
