package dev.fluxion.ir.text;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Var;
import java.util.IdentityHashMap;
import java.util.Map;

/** Prints programs in JAX's notation. */
public final class JaxprPrinter {
    private JaxprPrinter() {}

    public static String print(Jaxpr jaxpr) {
        Map<Var, String> names = new IdentityHashMap<>();
        StringBuilder text = new StringBuilder("{ lambda ");
        jaxpr.constants().forEach(c -> text.append(atom(names, c.var())).append(' '));
        text.append("; ");
        jaxpr.inputs()
                .forEach(v ->
                        text.append(atom(names, v)).append(':').append(v.type()).append(' '));
        text.append(". let\n");
        for (Equation e : jaxpr.equations()) {
            text.append("    ");
            e.outputs()
                    .forEach(v -> text.append(atom(names, v))
                            .append(':')
                            .append(v.type())
                            .append(' '));
            text.append("= ").append(e.primitive());
            e.inputs().forEach(v -> text.append(' ').append(atom(names, v)));
            text.append('\n');
        }
        return text.append("  in (")
                .append(jaxpr.outputs().map(o -> atom(names, o)).mkString(", "))
                .append(") }")
                .toString();
    }

    private static String atom(Map<Var, String> names, Atom atom) {
        return switch (atom) {
            case Literal literal -> literal + ":" + literal.type();
            case Var var -> names.computeIfAbsent(var, v -> "v" + names.size());
        };
    }
}
