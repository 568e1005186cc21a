package dev.fluxion.ir.text;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Whether a program becomes much longer when every shared sub-program and rule is written out at each place: a program of n
 * equations that calls two programs which call two programs each, and so on, has 2^n places.
 */
final class Expansion {
    /** So much is no matter. */
    private static final long ALLOWED = 50_000;

    private final Set<Jaxpr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<LazyJaxpr> openRules = new ArrayList<>();
    private long written;
    private long distinct;

    private Expansion() {}

    static boolean isLong(Jaxpr jaxpr) {
        Expansion expansion = new Expansion();
        expansion.visit(jaxpr);
        return expansion.isLong();
    }

    private boolean isLong() {
        return written > ALLOWED + 4 * distinct;
    }

    private void visit(Jaxpr jaxpr) {
        int size = 1 + jaxpr.equations().size();
        written += size;
        distinct += seen.add(jaxpr) ? size : 0;
        for (Equation equation : jaxpr.equations()) {
            if (isLong()) {
                return;
            }
            if (equation.primitive() instanceof Control control) {
                Parameters.subPrograms(control).forEach(this::visit);
                Parameters.rules(control).forEach(this::visit);
            }
        }
    }

    private void visit(LazyJaxpr rule) {
        if (openRules.size() < ProgramDoc.MAX_RULES && !openRules.contains(rule) && !isLong()) {
            openRules.add(rule);
            visit(rule.get());
            openRules.removeLast();
        }
    }
}
