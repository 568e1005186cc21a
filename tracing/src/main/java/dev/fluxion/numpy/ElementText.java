package dev.fluxion.numpy;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.DType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Elements as NumPy prints them: the shortest digits that tell them apart, 8 decimals at most, of equal width. */
final class ElementText {
    private static final int DECIMALS = 8;
    private static final double SCIENTIFIC_FROM = 1e8;
    private static final double SCIENTIFIC_BELOW = 1e-4;
    private static final double SCIENTIFIC_RATIO = 1e3;
    private static final double SCALAR_SCIENTIFIC_FROM = 1e16;

    private ElementText() {}

    /** The text of an element by its index, of equal width for all the elements shown. */
    static IntFunction<String> of(ArrayData data, int[] shown) {
        return switch (data.type().dtype()) {
            case BOOL -> i -> data.booleanAt(i) ? " True" : "False";
            case INT32, INT64 -> {
                int width = Arrays.stream(shown)
                        .map(i -> Long.toString(data.longAt(i)).length())
                        .max()
                        .orElse(0);
                yield i -> padLeft(Long.toString(data.longAt(i)), width);
            }
            case FLOAT32, FLOAT64 -> floats(data, shown);
        };
    }

    /** A scalar: all its digits. */
    static String ofScalar(ArrayData data) {
        return switch (data.type().dtype()) {
            case BOOL -> data.booleanAt(0) ? "True" : "False";
            case INT32, INT64 -> Long.toString(data.longAt(0));
            case FLOAT32, FLOAT64 -> {
                double x = data.doubleAt(0);
                double size = Math.abs(x);
                if (!Double.isFinite(x)) {
                    yield special(x);
                }
                BigDecimal digits = shortest(x, data.type().dtype());
                boolean plain = x == 0 || (size >= SCIENTIFIC_BELOW && size < SCALAR_SCIENTIFIC_FROM);
                String text = plain ? positional(x, digits) : scientific(x, digits, 0, 2);
                yield text.endsWith(".") ? text + "0" : text.replace(".e", "e");
            }
        };
    }

    private static IntFunction<String> floats(ArrayData data, int[] shown) {
        DType dtype = data.type().dtype();
        double[] finite = IntStream.of(shown)
                .mapToDouble(data::doubleAt)
                .filter(Double::isFinite)
                .toArray();
        double most =
                Arrays.stream(finite).map(Math::abs).filter(x -> x > 0).max().orElse(1);
        double least =
                Arrays.stream(finite).map(Math::abs).filter(x -> x > 0).min().orElse(1);
        boolean scientific = most >= SCIENTIFIC_FROM || least < SCIENTIFIC_BELOW || most / least > SCIENTIFIC_RATIO;
        DoubleFunction<String> text = scientific ? scientific(finite, dtype) : positional(finite, dtype);
        int width = IntStream.of(shown)
                .mapToObj(i -> number(data.doubleAt(i), text))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return i -> padLeft(number(data.doubleAt(i), text), width);
    }

    private static String number(double x, DoubleFunction<String> finite) {
        return Double.isFinite(x) ? finite.apply(x) : special(x);
    }

    private static String special(double x) {
        return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
    }

    /** Equally many places after the point, the missing ones blank. */
    private static DoubleFunction<String> positional(double[] finite, DType dtype) {
        DoubleFunction<String> plain = x -> positional(x, rounded(x, dtype));
        int places = Arrays.stream(finite)
                .mapToObj(plain)
                .mapToInt(s -> s.length() - s.indexOf('.'))
                .max()
                .orElse(1);
        return x -> {
            String text = plain.apply(x);
            return text + " ".repeat(places - (text.length() - text.indexOf('.')));
        };
    }

    /** Equally many digits of mantissa and exponent. */
    private static DoubleFunction<String> scientific(double[] finite, DType dtype) {
        int decimals = 0;
        int exponentDigits = 2;
        for (double x : finite) {
            BigDecimal digits = significant(x, dtype);
            decimals = Math.max(decimals, digits.precision() - 1);
            exponentDigits = Math.max(
                    exponentDigits, Integer.toString(Math.abs(exponent(digits))).length());
        }
        int places = decimals;
        int width = exponentDigits;
        return x -> scientific(x, significant(x, dtype), places, width);
    }

    private static int exponent(BigDecimal digits) {
        return digits.signum() == 0 ? 0 : digits.precision() - digits.scale() - 1;
    }

    private static String scientific(double x, BigDecimal digits, int decimals, int exponentDigits) {
        int exponent = exponent(digits);
        String mantissa = digits.unscaledValue().abs().toString();
        String fraction = mantissa.substring(1);
        String text = mantissa.charAt(0) + "." + fraction + "0".repeat(Math.max(0, decimals - fraction.length()));
        String power = Integer.toString(Math.abs(exponent));
        return sign(x) + text + "e" + (exponent < 0 ? "-" : "+")
                + "0".repeat(Math.max(0, exponentDigits - power.length())) + power;
    }

    private static String positional(double x, BigDecimal digits) {
        String text = digits.abs().toPlainString();
        return sign(x) + (text.contains(".") ? text : text + ".");
    }

    private static String sign(double x) {
        return x < 0 || (x == 0 && 1 / x < 0) ? "-" : "";
    }

    /** The shortest decimal that reads back as x. */
    private static BigDecimal shortest(double x, DType dtype) {
        String text = dtype == DType.FLOAT32 ? Float.toString((float) x) : Double.toString(x);
        return strip(new BigDecimal(text));
    }

    /** The shortest decimal, or x rounded to 8 decimals when that is longer. */
    private static BigDecimal rounded(double x, DType dtype) {
        BigDecimal shortest = shortest(x, dtype);
        return shortest.scale() <= DECIMALS
                ? shortest
                : strip(new BigDecimal(x).setScale(DECIMALS, RoundingMode.HALF_EVEN));
    }

    /** The shortest decimal, or x rounded to 9 digits when that is longer. */
    private static BigDecimal significant(double x, DType dtype) {
        BigDecimal shortest = shortest(x, dtype);
        return shortest.precision() <= DECIMALS + 1
                ? shortest
                : strip(new BigDecimal(x).round(new MathContext(DECIMALS + 1, RoundingMode.HALF_EVEN)));
    }

    private static BigDecimal strip(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.signum() == 0 ? BigDecimal.ZERO : stripped;
    }

    private static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
