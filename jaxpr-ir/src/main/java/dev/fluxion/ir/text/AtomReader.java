package dev.fluxion.ir.text;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.Var;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Reads variables, literals, types and the elements of constants. */
final class AtomReader {
    private static final Set<String> LITERAL_WORDS = Set.of("nan", "inf", "True", "False");

    private final Scanner scanner;
    private final ParameterReader parameters;

    AtomReader(Scanner scanner, ParameterReader parameters) {
        this.scanner = scanner;
        this.parameters = parameters;
    }

    static boolean isLiteral(String word) {
        return LITERAL_WORDS.contains(word);
    }

    /** A variable of the scope, or a literal such as {@code 2.0:f64[]}. */
    Atom read(Map<String, Var> scope) {
        int start = scanner.position();
        String word = scanner.peekWord();
        if (word.isEmpty() ? isNumberStart(scanner.peek()) : isLiteral(word)) {
            return literal();
        }
        Var var = scope.get(scanner.word("a variable or a literal"));
        if (var == null) {
            throw scanner.wrong(start, "variable " + Scanner.abbreviate(word) + " is not defined");
        }
        return var;
    }

    private static boolean isNumberStart(char c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '.';
    }

    private Literal literal() {
        int start = scanner.position();
        String number = number();
        scanner.expect(":");
        ArrayType type = type();
        if (!type.isScalar()) {
            throw scanner.wrong(start, "a literal is a scalar, not " + type);
        }
        return value(start, number, type.dtype());
    }

    /** The text of a number; of a NaN with its bits. */
    private String number() {
        String number = scanner.number("a number");
        if (number.equals("nan") && scanner.accept("(")) {
            number += scanner.number("the bits of the NaN");
            scanner.expect(")");
        }
        return number;
    }

    private Literal value(int start, String number, DType dtype) {
        try {
            return switch (dtype) {
                case BOOL -> Literal.of(truth(number));
                case INT32 -> Literal.of(dtype, (long) Integer.parseInt(number));
                case INT64 -> Literal.of(dtype, Long.parseLong(number));
                case FLOAT32, FLOAT64 -> real(number, dtype);
            };
        } catch (NumberFormatException e) {
            throw scanner.wrong(start, "expected a number of dtype " + dtype)
                    .detail("found '" + Scanner.abbreviate(number) + "'");
        }
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "True" -> true;
            case "False" -> false;
            default -> throw new NumberFormatException();
        };
    }

    private static Literal real(String text, DType dtype) {
        if (text.startsWith("nan0x")) {
            long bits = Long.parseUnsignedLong(text.substring(5), 16);
            Literal literal = Literal.ofBits(dtype, dtype == DType.FLOAT32 ? (int) bits : bits);
            if (!Double.isNaN(literal.doubleValue())) {
                throw new NumberFormatException();
            }
            return literal;
        }
        return switch (text) {
            case "nan" -> Literal.of(dtype, Double.NaN);
            case "inf" -> Literal.of(dtype, Double.POSITIVE_INFINITY);
            case "-inf" -> Literal.of(dtype, Double.NEGATIVE_INFINITY);
            default -> {
                // Java reads more than this notation has: 0x1p3, 1.0f, NaN.
                if (!text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
                    throw new NumberFormatException();
                }
                // Read at the dtype's own precision: through double, a float could round twice.
                yield Literal.of(dtype, dtype == DType.FLOAT32 ? Float.parseFloat(text) : Double.parseDouble(text));
            }
        };
    }

    /** A type such as {@code f64[3,4]}. */
    ArrayType type() {
        int start = scanner.position();
        String word = scanner.peekWord();
        DType dtype = Arrays.stream(DType.values())
                .filter(d -> d.shortName().equals(word))
                .findFirst()
                .orElseThrow(() -> scanner.expected("a type, as f64[3,4]"));
        scanner.expectWord(word);
        return new ArrayType(dtype, shape(start));
    }

    private Shape shape(int start) {
        try {
            return Shape.of(parameters.ints("[", "]"));
        } catch (FluxionException e) {
            throw scanner.relocate(start, e);
        }
    }

    /** Row-major elements in brackets, as a Java array of the type's dtype. */
    Object elements(ArrayType type) {
        int start = scanner.position();
        ElementBits elements = new ElementBits();
        scanner.expect("[");
        while (!scanner.accept("]")) {
            if (elements.size() > 0) {
                scanner.expect(",");
            }
            int place = scanner.position();
            elements.add(value(place, number(), type.dtype()).bits());
        }
        if (elements.size() != type.size()) {
            throw scanner.wrong(
                    start, "expected " + type.size() + " elements for " + type + ", found " + elements.size());
        }
        return elements.toJavaArray(type);
    }
}
