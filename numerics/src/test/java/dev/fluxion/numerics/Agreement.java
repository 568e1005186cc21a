package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.numerics.reference.ReferenceBackend;
import io.vavr.collection.Array;

/** The engine must give what the reference engine gives: the same bits, or nearly the same where sums are reordered. */
final class Agreement {
    static final Backend REFERENCE = new ReferenceBackend();
    static final Backend ENGINE = new CpuBackend();

    private Agreement() {}

    static void exact(Jaxpr jaxpr, ArrayData... inputs) {
        within(0, jaxpr, inputs);
    }

    static void exact(Primitive primitive, ArrayData... inputs) {
        within(0, program(primitive, inputs), inputs);
    }

    /** The program of one operation on inputs of the given types. */
    static Jaxpr program(Primitive primitive, ArrayData... inputs) {
        JaxprBuilder builder = new JaxprBuilder();
        Array<Atom> operands = Array.of(inputs).map(in -> builder.input(in.type()));
        return builder.build(builder.append(primitive, operands, SourceInfo.UNKNOWN));
    }

    /** @param ulps the difference allowed, in units of the last place of the larger of the value and 1 */
    static void within(int ulps, Jaxpr jaxpr, ArrayData... inputs) {
        ArrayData[] expected = REFERENCE.compile(jaxpr).run(inputs);
        ArrayData[] actual = ENGINE.compile(jaxpr).run(inputs);
        assertEquals(expected.length, actual.length);
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k].type(), actual[k].type());
            compare(ulps, jaxpr, k, expected[k], actual[k]);
        }
    }

    private static void compare(int ulps, Jaxpr jaxpr, int output, ArrayData expected, ArrayData actual) {
        for (int i = 0; i < expected.type().size(); i++) {
            if (!near(ulps, expected, actual, i)) {
                fail("output " + output + "[" + i + "] is "
                        + HostArray.of(actual).literalAt(i) + " instead of "
                        + HostArray.of(expected).literalAt(i) + " in\n" + jaxpr);
            }
        }
    }

    private static boolean near(int ulps, ArrayData expected, ArrayData actual, int i) {
        DType dtype = expected.type().dtype();
        if (!dtype.isFloating()) {
            return expected.longAt(i) == actual.longAt(i);
        }
        double x = expected.doubleAt(i);
        double y = actual.doubleAt(i);
        if (ulps == 0 || !Double.isFinite(x)) {
            return Double.compare(x, y) == 0;
        }
        double larger = Math.max(1, Math.abs(x));
        double ulp = dtype == DType.FLOAT32 ? Math.ulp((float) larger) : Math.ulp(larger);
        return Math.abs(x - y) <= ulps * ulp;
    }
}
