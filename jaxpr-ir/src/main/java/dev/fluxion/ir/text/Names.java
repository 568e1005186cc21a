package dev.fluxion.ir.text;

import dev.fluxion.ir.Var;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Names for variables in the order they are met: a, b, ..., z, aa, ab, ..., the words of the notation left out. */
final class Names {
    static final Set<String> RESERVED = Set.of("in", "let", "lambda", "nan", "inf");

    private Map<Var, String> names = new IdentityHashMap<>();
    private int next;

    /** Forgets the names given so far but goes on counting: a sub-program does not see the variables around it. */
    Map<Var, String> enter() {
        Map<Var, String> outer = names;
        names = new IdentityHashMap<>();
        return outer;
    }

    void leave(Map<Var, String> outer) {
        names = outer;
    }

    String of(Var var) {
        return names.computeIfAbsent(var, v -> fresh());
    }

    private String fresh() {
        String name;
        do {
            name = nth(next++);
        } while (RESERVED.contains(name));
        return name;
    }

    private static String nth(int n) {
        StringBuilder name = new StringBuilder();
        for (int rest = n + 1; rest > 0; rest = (rest - 1) / 26) {
            name.append((char) ('a' + (rest - 1) % 26));
        }
        return name.reverse().toString();
    }
}
