package dev.fluxion.ir.binary;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.text.JaxprPrinter;
import io.vavr.collection.Array;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** 100,000 equations in a file; nothing recurses over them or takes quadratic time. */
class LargeFileTest {
    static Jaxpr chain(int equations) {
        JaxprBuilder builder = new JaxprBuilder();
        Atom x = builder.input(ArrayType.of(DType.FLOAT64, 2, 2));
        Atom y = x;
        for (int i = 0; i < equations; i++) {
            y = i % 2 == 0
                    ? builder.append(new Elementwise.Unary(UnaryOp.SIN), y)
                    : builder.append(new Elementwise.Binary(BinaryOp.MUL), y, x);
        }
        return builder.build(Array.of(y));
    }

    @Test
    void bothForms() {
        // Far more than is needed: a hang, not the speed, is what fails here.
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            Jaxpr jaxpr = chain(100_000);
            RoundTrips.binary(jaxpr);
            RoundTrips.text(jaxpr);
            int binary = JaxprFiles.toBytes(jaxpr).length;
            int text = JaxprPrinter.printFile(jaxpr).length();
            assertTrue(binary * 3L < text, () -> binary + " bytes, " + text + " characters");
        });
    }
}
