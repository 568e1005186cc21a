package dev.fluxion.ir.passes;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.Primitive;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * {@code y = jit[jaxpr=body] x} becomes the equations of {@code body}, when it is called only once or is short; long
 * programs called from several places stay shared. Functions with derivative rules of their own stay calls.
 */
public final class InlineCalls implements Pass {
    /** A body of at most this many equations is inlined at every call. */
    private static final int SHORT = 32;

    @Override
    public String name() {
        return "inline_calls";
    }

    @Override
    public Jaxpr apply(Jaxpr jaxpr) {
        Map<Jaxpr, Integer> calls = countCalls(jaxpr);
        return calls.isEmpty() ? jaxpr : new Inlining(calls).rewrite(jaxpr);
    }

    /** How often each sub-program is named in the program and all sub-programs. */
    private static Map<Jaxpr, Integer> countCalls(Jaxpr jaxpr) {
        Map<Jaxpr, Integer> calls = new IdentityHashMap<>();
        Deque<Jaxpr> waiting = new ArrayDeque<>();
        waiting.add(jaxpr);
        while (!waiting.isEmpty()) {
            waiting.remove().equations().forEach(equation -> {
                if (equation.primitive() instanceof Control control) {
                    for (Jaxpr body : Parameters.subPrograms(control)) {
                        if (calls.merge(body, 1, Integer::sum) == 1) {
                            waiting.add(body);
                        }
                    }
                }
            });
        }
        return calls;
    }

    private static final class Inlining extends Rewriting {
        private final Map<Jaxpr, Integer> calls;

        Inlining(Map<Jaxpr, Integer> calls) {
            this.calls = calls;
        }

        @Override
        Step begin(Jaxpr jaxpr, JaxprBuilder builder) {
            return (equation, primitive, operands) -> isInlined(equation.primitive(), primitive)
                    ? builder.inline(((Control.Call) primitive).body(), operands)
                    : builder.append(primitive, operands, equation.source());
        }

        private boolean isInlined(Primitive before, Primitive rewritten) {
            return before instanceof Control.Call(var _, Jaxpr named)
                    && rewritten instanceof Control.Call(var _, Jaxpr body)
                    && (calls.get(named) == 1 || body.equations().size() <= SHORT);
        }
    }
}
