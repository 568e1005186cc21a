package dev.fluxion.ir.text;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.SourceInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads programs in the notation of {@link JaxprPrinter}: {@code parse(printWithConstants(j))} is {@code j} up to the names
 * of variables. Blanks and line ends may stand anywhere between words. What was read is checked by {@link JaxprChecker}.
 */
public final class JaxprParser {
    private final Scanner scanner;
    private final ReadBudget budget;
    private final ProgramReader programs;
    private final NamedPrograms named;
    private final List<Rule> openRules = new ArrayList<>();
    private int depth;

    /** A derivative rule that is being read, so that it can be referred to from within. */
    private static final class Rule {
        private final LazyJaxpr lazy = LazyJaxpr.of(() -> this.program);
        private Jaxpr program;
    }

    private JaxprParser(String text, ParseOptions options) {
        if (text.length() > options.limits().maxBytes()) {
            throw ReadLimits.exceeded("the text has " + text.length() + " characters, more than "
                    + options.limits().maxBytes());
        }
        this.scanner = new Scanner(text);
        this.budget = new ReadBudget(options.limits());
        this.programs = new ProgramReader(scanner, this, budget, options);
        this.named = new NamedPrograms(scanner);
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
     * @throws FluxionException FX0701 with line and column when the text is not a program, FX0102 when it is an incorrect
     *     one, FX0703 when it is beyond the limits
     */
    public static Jaxpr parse(String text, ParseOptions options) {
        return JaxprChecker.check(new JaxprParser(text, options).document());
    }

    /**
     * The program in the text form of a file ({@link JaxprPrinter#printFile}); derivative rules are checked too.
     *
     * @throws FluxionException FX0701 with line and column when the text is not a program, FX0102 when it is an incorrect
     *     one, FX0703 when it is beyond the limits
     */
    public static Jaxpr parseFile(String text, ParseOptions options) {
        JaxprParser parser = new JaxprParser(text, options);
        FileHeader.read(parser.scanner);
        return JaxprChecker.checkWithRules(parser.document());
    }

    private Jaxpr document() {
        try {
            return definitionsAndProgram();
        } catch (FluxionException e) {
            throw e.code() == ErrorCode.LIMIT_EXCEEDED
                    ? e.at(SourceInfo.UNKNOWN, "reading " + scanner.place(scanner.position()))
                    : e;
        }
    }

    private Jaxpr definitionsAndProgram() {
        while (named.atDefinition()) {
            int start = scanner.position();
            String name = named.name();
            scanner.expect("=");
            named.define(start, name, program());
        }
        Jaxpr jaxpr = program();
        if (!scanner.atEnd()) {
            throw scanner.expected("the end of the text");
        }
        named.requireRules();
        return jaxpr;
    }

    /** A program, or the name of one defined before. */
    Jaxpr program() {
        if (named.isNext()) {
            return named.program();
        }
        budget.nesting(++depth);
        Jaxpr jaxpr = programs.read();
        depth--;
        budget.program(jaxpr);
        return jaxpr;
    }

    /** A program, the name of one defined anywhere, or {@code ^k} for the k-th rule around this place. */
    LazyJaxpr rule() {
        int start = scanner.position();
        if (named.isNext()) {
            return named.rule();
        }
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
