package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Clamp and clip at their bounds, polygamma, powers at delicate points. */
class GoldenSpecialTest {
    private static Map<String, Function1<Array<NDArray>, NDArray>> functions() {
        Map<String, Function1<Array<NDArray>, NDArray>> f = new LinkedHashMap<>();
        f.put("clamp", in -> Lax.clamp(in.get(1), in.get(0), in.get(2)));
        f.put("clip", in -> Lax.min(Lax.max(in.get(0), in.get(1)), in.get(2)));
        for (int m = 0; m < 4; m++) {
            int order = m;
            f.put("polygamma_" + m, in -> Lax.polygamma(order, in.get(0)));
        }
        int[] exponents = {3, 3, 0, 1, 2, 3, -1, 0};
        for (int i = 0; i < exponents.length; i++) {
            int n = exponents[i];
            f.put("pow_int_" + i, in -> Lax.integerPow(in.get(0), n));
        }
        for (int i = 0; i < 7; i++) {
            f.put("pow_float_" + i, in -> Lax.pow(in.get(0), in.get(1)));
        }
        return f;
    }

    @TestFactory
    Stream<DynamicTest> derivatives() {
        Map<String, JsonNode> cases = Golden.cases("ternary_special.json");
        return functions().entrySet().stream()
                .map(op -> DynamicTest.dynamicTest(op.getKey(), () -> check(op.getValue(), cases.get(op.getKey()))));
    }

    private static void check(Function1<Array<NDArray>, NDArray> f, JsonNode c) {
        List<double[]> arguments = new ArrayList<>();
        c.get("args").forEach(list -> arguments.add(Golden.numbers(list)));
        List<String> wrong = new ArrayList<>();
        for (String key : List.of("f", "d0", "d1", "d2", "d00", "d01")) {
            if (c.has(key)) {
                compare(wrong, f, Array.ofAll(arguments), key, Golden.numbers(c.get(key)));
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static void compare(
            List<String> wrong,
            Function1<Array<NDArray>, NDArray> f,
            Array<double[]> arguments,
            String key,
            double[] expected) {
        Jaxpr scalar = trace(f, arguments);
        Jaxpr vector = trace(f, arguments, expected.length);
        // d01 was recorded as the derivative in argument 0 of the one in argument 1: at (0, 1) pow tells the two apart.
        for (int i = key.length() - 1; i > 0; i--) {
            scalar = Programs.scalarGradient(scalar, key.charAt(i) - '0');
            vector = Programs.reverseGradient(vector, key.charAt(i) - '0');
        }
        double[] reverse = one(vector, arguments.map(Programs::f64));
        for (int i = 0; i < expected.length; i++) {
            int at = i;
            double forward = one(scalar, arguments.map(list -> Programs.scalar(list[at])))[0];
            for (double actual : new double[] {forward, reverse[i]}) {
                if (!Golden.close(actual, expected[i], 1e-12, 1e-300)) {
                    wrong.add(key + " at " + arguments.map(list -> list[at]) + ": " + actual + " instead of "
                            + expected[i]);
                }
            }
        }
    }

    private static Jaxpr trace(Function1<Array<NDArray>, NDArray> f, Array<double[]> arguments, int... shape) {
        ArrayType type = ArrayType.of(DType.FLOAT64, shape);
        return Programs.trace(arguments.map(list -> type), in -> Array.of(f.apply(in)));
    }

    private static double[] one(Jaxpr f, Array<ArrayData> inputs) {
        return Programs.doubles(Programs.run(f, inputs).get(0));
    }
}
