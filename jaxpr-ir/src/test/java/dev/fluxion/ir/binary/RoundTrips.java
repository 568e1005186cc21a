package dev.fluxion.ir.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprEquality;
import dev.fluxion.ir.testing.HostArray;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import dev.fluxion.ir.text.ParseOptions;

/** Programs through both forms of files and back. */
final class RoundTrips {
    static final ParseOptions HOST = ParseOptions.DEFAULT.withArrays(HostArray::new);

    private RoundTrips() {}

    static Jaxpr binary(Jaxpr jaxpr) {
        return binary(jaxpr, HOST);
    }

    static Jaxpr text(Jaxpr jaxpr) {
        return text(jaxpr, HOST);
    }

    static Jaxpr binary(Jaxpr jaxpr, ParseOptions options) {
        byte[] bytes = JaxprFiles.toBytes(jaxpr);
        Jaxpr again = JaxprFiles.fromBytes(bytes, options);
        assertSame(jaxpr, again);
        assertArrayEquals(bytes, JaxprFiles.toBytes(again));
        return again;
    }

    static Jaxpr text(Jaxpr jaxpr, ParseOptions options) {
        String text = JaxprPrinter.printFile(jaxpr);
        Jaxpr again = JaxprParser.parseFile(text, options);
        assertSame(jaxpr, again);
        assertEquals(text, JaxprPrinter.printFile(again));
        return again;
    }

    private static void assertSame(Jaxpr jaxpr, Jaxpr again) {
        assertTrue(JaxprEquality.alphaEqual(jaxpr, again), () -> jaxpr + "\n" + again);
        assertEquals(jaxpr.structuralHash(), again.structuralHash());
    }
}
