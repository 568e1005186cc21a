package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function2;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Values and partial derivatives up to the second, by nested forward and by nested reverse mode. */
class GoldenBinaryTest {
    private static final String[] KEYS = {"f", "dx", "dy", "dxx", "dxy", "dyy"};
    /** For each key the arguments in which to differentiate, one after the other. */
    private static final int[][] ARGUMENTS = {{}, {0}, {1}, {0, 0}, {0, 1}, {1, 1}};

    private static final double[] TOLERANCE = {1e-13, 1e-12, 1e-11};

    private static final Function2<NDArray, NDArray, NDArray> DIV = NDArray::div;

    private static Map<String, Function2<NDArray, NDArray, NDArray>> functions() {
        Map<String, Function2<NDArray, NDArray, NDArray>> f = new LinkedHashMap<>();
        f.put("add", NDArray::plus);
        f.put("sub", NDArray::minus);
        f.put("mul", NDArray::times);
        f.put("div", DIV);
        f.put("pow", Lax::pow);
        f.put("atan2", Lax::atan2);
        f.put("max", Lax::max);
        f.put("min", Lax::min);
        f.put("rem", Lax::rem);
        f.put("nextafter", Lax::nextafter);
        f.put("squared_difference", (x, y) -> Lax.square(x.minus(y)));
        return f;
    }

    @TestFactory
    Stream<DynamicTest> derivatives() {
        Map<String, JsonNode> cases = Golden.cases("binary.json");
        return functions().entrySet().stream()
                .map(op -> DynamicTest.dynamicTest(op.getKey(), () -> check(op.getValue(), cases.get(op.getKey()))));
    }

    private static void check(Function2<NDArray, NDArray, NDArray> f, JsonNode c) {
        List<String> wrong = new ArrayList<>();
        for (int k = 0; k < KEYS.length; k++) {
            double rtol = Math.max(TOLERANCE[ARGUMENTS[k].length], 10 * Golden.jaxError(c, k));
            if (c.has("x")) {
                compare(wrong, f, c, k, rtol);
            }
            if (k < 3) {
                compare(wrong, f, c.get("edge"), k, rtol);
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static void compare(
            List<String> wrong, Function2<NDArray, NDArray, NDArray> f, JsonNode c, int k, double rtol) {
        if (c.get(KEYS[k]).isNull()) {
            return;
        }
        double[] x = Golden.numbers(c.get("x"));
        double[] y = Golden.numbers(c.get("y"));
        Jaxpr scalar = trace(f);
        Jaxpr vector = trace(f, x.length);
        for (int argument : ARGUMENTS[k]) {
            scalar = Programs.scalarGradient(scalar, argument);
            vector = Programs.reverseGradient(vector, argument);
        }
        double[] reverse = one(vector, Programs.f64(x), Programs.f64(y));
        for (int i = 0; i < x.length; i++) {
            List<Double> accepted = new ArrayList<>(Golden.accepted(c, KEYS[k], i));
            if (f == DIV && k == 2 && x[i] == 1e-300 && y[i] == 1e-300) {
                // -x / y^2, where JAX overflows in 1 / y^2.
                accepted.add(-1e300);
            }
            boolean finite = Double.isFinite(x[i]) && Double.isFinite(y[i]);
            double forward = one(scalar, Programs.scalar(x[i]), Programs.scalar(y[i]))[0];
            for (double actual : new double[] {forward, reverse[i]}) {
                boolean right = accepted.stream().anyMatch(e -> Golden.close(actual, e, rtol, 1e-300));
                // At infinite arguments JAX's partials are artefacts of its formulas: only values count there.
                if (!right && (finite || k == 0)) {
                    wrong.add(KEYS[k] + " at (" + x[i] + ", " + y[i] + "): " + actual + " instead of " + accepted);
                }
            }
        }
    }

    private static Jaxpr trace(Function2<NDArray, NDArray, NDArray> f, int... shape) {
        ArrayType type = ArrayType.of(DType.FLOAT64, shape);
        return Programs.trace(Array.of(type, type), in -> Array.of(f.apply(in.get(0), in.get(1))));
    }

    private static double[] one(Jaxpr f, ArrayData x, ArrayData y) {
        return Programs.doubles(Programs.run(f, Array.of(x, y)).get(0));
    }
}
