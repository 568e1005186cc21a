package dev.fluxion.ir.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gamma functions of negative arguments against 40-digit values: at their zeros, at the poles, tiny and large ones. */
class GammaOfNegativesTest {
    @ParameterizedTest(name = "{0}({1})")
    @CsvFileSource(resources = "gamma-negatives.csv")
    @DisplayName("results are rounded correctly, or nearly so, zeros included")
    void isAccurate(String function, double x, BigDecimal exact) {
        double result = apply(function, x);
        double ulps = new BigDecimal(result).subtract(exact).abs().doubleValue() / Math.ulp(exact.doubleValue());
        double bound = function.equals("trigamma") ? 0.75 : 0.51;
        assertTrue(ulps <= bound, () -> result + " is off by " + ulps + " ulp");
    }

    /** The formulas themselves do the decimal arithmetic, so it can be tested away from zeros, too. */
    @ParameterizedTest(name = "{0}({1})")
    @CsvFileSource(resources = "gamma-negatives.csv")
    @DisplayName("decimal arithmetic rounds correctly anywhere")
    void decimalsAreExact(String function, double x, BigDecimal exact) {
        if (x > -1e-30) {
            return; // the sine would need more digits
        }
        switch (function) {
            case "lgamma" -> assertEquals(exact.doubleValue(), GammaNearZeros.lgamma(x));
            case "digamma" -> assertEquals(exact.doubleValue(), GammaNearZeros.digamma(x));
            default -> assertEquals("trigamma", function);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5040830082644554, -1.5734984731623904, -2.6107208684441447})
    @DisplayName("the sign of digamma changes at its zeros from one double to the next")
    void signs(double zero) {
        assertTrue(GammaFunctions.digamma(Math.nextDown(zero)) < 0);
        assertTrue(GammaFunctions.digamma(Math.nextUp(zero)) > 0);
    }

    private static double apply(String function, double x) {
        return switch (function) {
            case "lgamma" -> GammaFunctions.lgamma(x);
            case "digamma" -> GammaFunctions.digamma(x);
            default -> GammaFunctions.polygamma(1, x);
        };
    }
}
