package dev.fluxion.ir.text;

import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Shape;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads parameter values by the declared type of their component. The texts are {@link ParameterDoc}'s. */
final class ParameterReader {
    /** No array of the field has more axes than some dozens; the limit keeps hostile texts from costing time. */
    private static final int MAX_INTS = 1000;

    private final Scanner scanner;
    private final JaxprParser programs;

    ParameterReader(Scanner scanner, JaxprParser programs) {
        this.scanner = scanner;
        this.programs = programs;
    }

    Object read(Class<?> type) {
        if (type == int.class) {
            return scanner.integer();
        }
        if (type == boolean.class) {
            return truth();
        }
        if (type == String.class) {
            return scanner.string();
        }
        if (type == Shape.class) {
            return Shape.of(ints("(", ")"));
        }
        if (type == Ints.class) {
            return ints("(", ")");
        }
        if (type == DType.class) {
            return dtype();
        }
        if (type == DotDimensionNumbers.class) {
            return dimensionNumbers();
        }
        if (type == CheckpointPolicy.class) {
            return PolicyText.read(scanner);
        }
        if (type == Jaxpr.class) {
            return programs.program();
        }
        if (type == LazyJaxpr.class) {
            return programs.rule();
        }
        if (type == Array.class) {
            return branches();
        }
        throw new IllegalStateException("no text is known for parameters of " + type);
    }

    private Array<Jaxpr> branches() {
        scanner.expect("(");
        List<Jaxpr> branches = new ArrayList<>();
        while (!scanner.accept(")")) {
            branches.add(programs.program());
        }
        return Array.ofAll(branches);
    }

    private boolean truth() {
        int start = scanner.position();
        return switch (scanner.word("True or False")) {
            case "True" -> true;
            case "False" -> false;
            default -> throw scanner.wrong(start, "expected True or False");
        };
    }

    private DType dtype() {
        int start = scanner.position();
        String word = scanner.word("a dtype");
        return Arrays.stream(DType.values())
                .filter(dtype -> NumberText.of(dtype).equals(word))
                .findFirst()
                .orElseThrow(() -> unknownDtype(start, word));
    }

    private FluxionException unknownDtype(int at, String word) {
        return scanner.wrong(at, "expected a dtype: bool, int32, int64, float32 or float64")
                .detail("found '" + Scanner.abbreviate(word) + "'");
    }

    /** {@code (([1], [0]), ([], []))}. */
    private DotDimensionNumbers dimensionNumbers() {
        scanner.expect("(");
        scanner.expect("(");
        Ints lhsContracting = ints("[", "]");
        scanner.expect(",");
        Ints rhsContracting = ints("[", "]");
        scanner.expect(")");
        scanner.expect(",");
        scanner.expect("(");
        Ints lhsBatch = ints("[", "]");
        scanner.expect(",");
        Ints rhsBatch = ints("[", "]");
        scanner.expect(")");
        scanner.expect(")");
        return new DotDimensionNumbers(lhsContracting, rhsContracting, lhsBatch, rhsBatch);
    }

    /** Integers between brackets, separated by commas, one of which may stand at the end. */
    Ints ints(String open, String close) {
        scanner.expect(open);
        List<Integer> values = new ArrayList<>();
        while (!scanner.accept(close)) {
            if (!values.isEmpty()) {
                scanner.expect(",");
                if (scanner.accept(close)) {
                    break;
                }
            }
            int start = scanner.position();
            values.add(scanner.integer());
            if (values.size() > MAX_INTS) {
                throw scanner.wrong(start, "more than " + MAX_INTS + " integers");
            }
        }
        return Ints.of(values.stream().mapToInt(Integer::intValue));
    }
}
