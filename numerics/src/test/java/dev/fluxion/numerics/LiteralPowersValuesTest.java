package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.passes.LiteralPowers;
import io.vavr.collection.Array;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Powers that become products and roots against {@link StrictMath#pow}, with NaN, infinities, and zeros of both signs. */
class LiteralPowersValuesTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "2, 1", "-1, 1", "0.5, 1", "3, 2", "-2, 2", "1.5, 2", "-0.5, 2"})
    void powersAreThoseOfPow(double exponent, int ulps) {
        for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
            agree(dtype, exponent, ulps, Samples.special(dtype, 0, 1));
            agree(dtype, exponent, ulps, Samples.ordinary(dtype, 2000));
        }
    }

    private static void agree(DType dtype, double exponent, int ulps, ArrayData x) {
        JaxprBuilder builder = new JaxprBuilder();
        Atom power = builder.append(
                new Elementwise.Binary(BinaryOp.POW), builder.input(x.type()), Literal.of(dtype, exponent));
        Jaxpr reduced = new LiteralPowers().apply(builder.build(Array.of(power)));
        assertTrue(reduced.equations().forAll(e -> !e.primitive().equals(new Elementwise.Binary(BinaryOp.POW))));
        ArrayData actual = Agreement.REFERENCE.compile(reduced).run(x)[0];
        for (int i = 0; i < x.type().size(); i++) {
            double expected = BinaryOp.POW.apply(dtype, x.doubleAt(i), exponent);
            double y = actual.doubleAt(i);
            double base = x.doubleAt(i);
            if (Double.isFinite(expected) && expected != 0) {
                double ulp = dtype == DType.FLOAT32 ? Math.ulp((float) expected) : Math.ulp(expected);
                assertTrue(Math.abs(y - expected) <= ulps * ulp, () -> base + "^" + exponent + " is " + y);
            } else {
                assertEquals(expected, y, () -> base + "^" + exponent);
            }
        }
        Agreement.exact(reduced, x);
    }
}
