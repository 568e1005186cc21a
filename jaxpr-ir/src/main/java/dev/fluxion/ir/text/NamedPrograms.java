package dev.fluxion.ir.text;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import java.util.HashMap;
import java.util.Map;

/** Names of programs in a text, {@code @0}: sub-programs are defined before they are used, rules anywhere. */
final class NamedPrograms {
    private record Awaited(int place, LazyJaxpr rule) {}

    private final Scanner scanner;
    private final Map<String, Jaxpr> programs = new HashMap<>();
    private final Map<String, Awaited> rules = new HashMap<>();

    NamedPrograms(Scanner scanner) {
        this.scanner = scanner;
    }

    boolean isNext() {
        return scanner.peek() == '@';
    }

    /** Whether {@code @name =} comes next. */
    boolean atDefinition() {
        if (!isNext()) {
            return false;
        }
        int start = scanner.position();
        name();
        boolean equals = scanner.peek() == '=';
        scanner.reset(start);
        return equals;
    }

    String name() {
        scanner.expect("@");
        return scanner.number("the name of a program");
    }

    void define(int start, String name, Jaxpr jaxpr) {
        if (programs.put(name, jaxpr) != null) {
            throw scanner.wrong(start, "program @" + Scanner.abbreviate(name) + " is defined twice");
        }
    }

    Jaxpr program() {
        int start = scanner.position();
        String name = name();
        Jaxpr jaxpr = programs.get(name);
        if (jaxpr == null) {
            throw scanner.wrong(start, "program @" + Scanner.abbreviate(name) + " is not defined before");
        }
        return jaxpr;
    }

    LazyJaxpr rule() {
        int start = scanner.position();
        String name = name();
        return rules.computeIfAbsent(name, n -> new Awaited(start, LazyJaxpr.of(() -> programs.get(n))))
                .rule();
    }

    /** Refuses names of rules that nothing defines; to be called at the end. */
    void requireRules() {
        rules.forEach((name, awaited) -> {
            if (!programs.containsKey(name)) {
                throw scanner.wrong(awaited.place(), "program @" + Scanner.abbreviate(name) + " is not defined");
            }
        });
    }
}
