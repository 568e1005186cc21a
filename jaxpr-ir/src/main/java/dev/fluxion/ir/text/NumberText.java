package dev.fluxion.ir.text;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import java.math.BigDecimal;

/** Numbers as JAX (that is Python) writes them: {@code 2.0}, {@code 1e-05}, {@code inf}, {@code True}. */
final class NumberText {
    private static final long NAN64 = Double.doubleToLongBits(Double.NaN);
    private static final long NAN32 = Float.floatToIntBits(Float.NaN);

    private NumberText() {}

    /** The shortest text that reads back as the same bits. */
    static String of(Literal literal) {
        long bits = literal.bits();
        return switch (literal.dtype()) {
            case BOOL -> of(bits != 0);
            case INT32, INT64 -> Long.toString(bits);
            case FLOAT32 -> {
                float value = Float.intBitsToFloat((int) bits);
                yield Float.isNaN(value) ? nan(bits, NAN32) : real(value, Float.toString(value));
            }
            case FLOAT64 -> {
                double value = Double.longBitsToDouble(bits);
                yield Double.isNaN(value) ? nan(bits, NAN64) : real(value, Double.toString(value));
            }
        };
    }

    static String of(boolean value) {
        return value ? "True" : "False";
    }

    /** A NaN of other bits than the usual one carries them. */
    private static String nan(long bits, long usual) {
        return bits == usual
                ? "nan"
                : "nan(0x" + (usual == NAN32 ? Integer.toHexString((int) bits) : Long.toHexString(bits)) + ")";
    }

    private static String real(double value, String shortest) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return shortest.indexOf('E') < 0 ? shortest : withExponent(new BigDecimal(shortest));
    }

    /** Plain digits for exponents from -4 to 15, else {@code d.dde+xx}. */
    private static String withExponent(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        String digits = stripped.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - stripped.scale();
        if (exponent >= -4 && exponent < 16) {
            String plain = stripped.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String sign = stripped.signum() < 0 ? "-" : "";
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return sign
                + mantissa
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    /** JAX's long name: {@code float64}. */
    static String of(DType dtype) {
        return switch (dtype) {
            case BOOL -> "bool";
            case INT32 -> "int32";
            case INT64 -> "int64";
            case FLOAT32 -> "float32";
            case FLOAT64 -> "float64";
        };
    }
}
