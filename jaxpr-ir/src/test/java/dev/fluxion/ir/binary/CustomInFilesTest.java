package dev.fluxion.ir.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.testing.PrimitiveExamples;
import dev.fluxion.ir.text.JaxprPrinter;
import dev.fluxion.ir.text.ParseOptions;
import io.vavr.collection.Array;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Operations of users are found again by their names. */
class CustomInFilesTest {
    private static final Jaxpr SCALED =
            PrimitiveExamples.program(new Scaled(2.5, "a \"b\""), ArrayType.of(DType.FLOAT64, 3));

    record Scaled(double factor, String unit) implements Custom {
        @Override
        public String name() {
            return "scaled";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return Array.of(inputs.get(0));
        }
    }

    @Test
    void givenAsValues() {
        ParseOptions options = RoundTrips.HOST.withCustoms(new Scaled(1, ""), new Scaled(2.5, "a \"b\""));
        RoundTrips.binary(SCALED, options);
        RoundTrips.text(SCALED, options);
    }

    @Test
    void madeFromTheirParameters() {
        ParseOptions options = RoundTrips.HOST.withCustomReader(
                "scaled", p -> new Scaled(Double.parseDouble(p.get("factor")), p.get("unit")));
        RoundTrips.binary(SCALED, options);
        RoundTrips.text(SCALED, options);
    }

    @Test
    void unknownOnesAreRefused() {
        byte[] file = JaxprFiles.toBytes(SCALED);
        assertEquals("""
            FX0702 byte 48: the user-defined operation 'scaled' with parameters {factor=2.5, unit=a "b"} is unknown
              hint: give it with ParseOptions.withCustoms or withCustomReader\
            """, refusal(RoundTrips.HOST, file));
    }

    @Test
    void whateverAReaderThrowsIsARefusal() {
        ParseOptions options = RoundTrips.HOST.withCustomReader("scaled", p -> {
            throw new IllegalStateException("no");
        });
        assertEquals("""
            FX0702 byte 48: a value is refused
              java.lang.IllegalStateException: no\
            """, refusal(options, JaxprFiles.toBytes(SCALED)));
        assertEquals("""
            FX0701 line 3, column 16: a value is refused
              in b:f64[3] = scaled[factor="2.5" unit="a \\"b\\""] a
              java.lang.IllegalStateException: no\
            """, refusal(options, JaxprPrinter.printFile(SCALED).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void operandsThatMakeAnOperationFailAreRefused() {
        ParseOptions options = RoundTrips.HOST.withCustoms(new Scaled(1, ""));
        String text = "fluxion jaxpr 1 { lambda ; . let a:f64[] = scaled[factor=1.0 unit=\"\"] in (a,) }";
        assertEquals("""
            FX0701 line 1, column 34: a value is refused
              in fluxion jaxpr 1 { lambda ; . let a:f64[] = scaled[factor=1.0 unit=""] in (a,) }
              FX0104 scaled: the types of the results fail
                java.lang.IndexOutOfBoundsException: get(0)\
            """, refusal(options, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String refusal(ParseOptions options, byte... file) {
        return assertThrows(FluxionException.class, () -> JaxprFiles.fromBytes(file, options))
                .getMessage();
    }
}
