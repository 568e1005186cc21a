package dev.fluxion.ir.text;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.LazyJaxpr;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads programs in the notation of {@link JaxprPrinter}: {@code parse(printWithConstants(j))} is {@code j} up to the names
 * of variables. Blanks and line ends may stand anywhere between words. What was read is checked by {@link JaxprChecker}.
 */
public final class JaxprParser {
    private final Scanner scanner;
    private final ProgramReader programs;
    private final List<Rule> openRules = new ArrayList<>();

    /** A derivative rule that is being read, so that it can be referred to from within. */
    private static final class Rule {
        private final LazyJaxpr lazy = LazyJaxpr.of(() -> this.program);
        private Jaxpr program;
    }

    private JaxprParser(String text, ParseOptions options) {
        this.scanner = new Scanner(text);
        this.programs = new ProgramReader(scanner, this, options);
    }

    /**
     * The program that {@code text} shows.
     *
     * @throws FluxionException FX0701 with line and column when the text is not a program, FX0102 when it is an incorrect one
     */
    public static Jaxpr parse(String text) {
        return parse(text, ParseOptions.DEFAULT);
    }

    /**
     * The program that {@code text} shows, with data for its constants and user-defined operations from {@code options}.
     *
     * @throws FluxionException FX0701 with line and column when the text is not a program, FX0102 when it is an incorrect one
     */
    public static Jaxpr parse(String text, ParseOptions options) {
        JaxprParser parser = new JaxprParser(text, options);
        Jaxpr jaxpr = parser.program();
        if (!parser.scanner.atEnd()) {
            throw parser.scanner.expected("the end of the text");
        }
        return JaxprChecker.check(jaxpr);
    }

    Jaxpr program() {
        scanner.enter();
        Jaxpr jaxpr = programs.read();
        scanner.leave();
        return jaxpr;
    }

    /** A program, or {@code ^k} for the k-th rule around this place. */
    LazyJaxpr rule() {
        int start = scanner.position();
        if (scanner.accept("^")) {
            int outward = scanner.integer();
            if (outward < 0 || outward >= openRules.size()) {
                throw scanner.wrong(start, "^" + outward + " refers to no rule around this place");
            }
            return openRules.get(openRules.size() - 1 - outward).lazy;
        }
        if (scanner.accept("...")) {
            throw scanner.wrong(start, "a rule that was cut off when it was printed cannot be read");
        }
        Rule rule = new Rule();
        openRules.add(rule);
        rule.program = program();
        openRules.removeLast();
        return rule.lazy;
    }
}
