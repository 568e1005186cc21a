package dev.fluxion.transforms;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Var;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code <v, grad h(x)> = d/de h(x + e v)}: a gradient of which a program only uses its product with a direction is a forward
 * derivative, which is less work, and whose own derivatives stay short. Forward derivatives of order n share their parts with
 * those of lower order, so that programs grow with a power of n; what reverse mode makes of reverse mode doubles each time.
 */
final class Directional {
    private static final ProgramCache<Class<Directional>, Jaxpr> PROGRAMS = new ProgramCache<>();

    /**
     * Where a gradient ends up: in one scalar, linearly.
     *
     * @param tail the equations from the gradient to the scalar, in order
     */
    private record Contraction(GradientCalls.Call call, List<Equation> tail) {
        Var scalar() {
            return tail.getLast().output();
        }
    }

    private Directional() {}

    /** The program with contracted gradients as forward derivatives, or itself where there are none. */
    static Jaxpr of(Jaxpr jaxpr) {
        return GradientCalls.of(jaxpr).isEmpty() ? jaxpr : PROGRAMS.get(jaxpr, Directional.class, () -> rewrite(jaxpr));
    }

    private static Jaxpr rewrite(Jaxpr jaxpr) {
        Map<Equation, Contraction> contractions = new IdentityHashMap<>();
        Map<Var, Integer> uses = jaxpr.useCounts();
        for (GradientCalls.Call call : GradientCalls.of(jaxpr)) {
            List<Equation> tail = mayRunAgain(jaxpr, call) ? tail(jaxpr, call, uses) : null;
            if (tail != null && tail.stream().noneMatch(contractions::containsKey)) {
                Contraction contraction = new Contraction(call, tail);
                tail.forEach(equation -> contractions.put(equation, contraction));
            }
        }
        Jaxpr forward = contractions.isEmpty() ? jaxpr : rewrite(jaxpr, contractions);
        return Gradient.hasReverseRule(forward) ? jaxpr : forward;
    }

    /** Effects must not happen twice; and a program may lack values that its gradients did not need in the end. */
    private static boolean mayRunAgain(Jaxpr jaxpr, GradientCalls.Call call) {
        Set<Atom> computed = Collections.newSetFromMap(new IdentityHashMap<>());
        jaxpr.constants().forEach(c -> computed.add(c.var()));
        jaxpr.inputs().forEach(computed::add);
        jaxpr.equations().forEach(equation -> equation.outputs().forEach(computed::add));
        return !call.function().hasEffects()
                && call.inputs().forAll(atom -> atom instanceof Literal || computed.contains(atom));
    }

    /** The equations between a gradient and the one scalar that takes it all in, or null. */
    private static List<Equation> tail(Jaxpr jaxpr, GradientCalls.Call call, Map<Var, Integer> uses) {
        Set<Var> dependent = Collections.newSetFromMap(new IdentityHashMap<>());
        int pending = 0;
        for (Atom gradient : call.gradients()) {
            if (gradient instanceof Var var && dependent.add(var)) {
                pending += uses.getOrDefault(var, 0);
            }
        }
        List<Equation> tail = new ArrayList<>();
        for (Equation equation : jaxpr.equations()) {
            Array<Boolean> linear = equation.inputs().map(dependent::contains);
            if (linear.contains(true)) {
                if (!Linearity.isLinear(equation, linear)) {
                    return null;
                }
                tail.add(equation);
                Var out = equation.output();
                dependent.add(out);
                pending += uses.get(out) - linear.count(marked -> marked);
                if (out.type().isScalar() && pending == uses.get(out)) {
                    return tail;
                }
            }
        }
        return null;
    }

    private static Jaxpr rewrite(Jaxpr jaxpr, Map<Equation, Contraction> contractions) {
        return Trace.of("taking a gradient", jaxpr.inputTypes(), inputs -> {
                    Trace trace = Trace.current();
                    Environment values = new Environment(jaxpr, inputs);
                    for (Equation equation : jaxpr.equations()) {
                        Contraction contraction = contractions.get(equation);
                        trace.from(equation.source());
                        if (contraction == null) {
                            Array<NDArray> in = values.get(equation.inputs());
                            values.put(equation.outputs(), Tracing.bindAll(equation.primitive(), in));
                        } else if (equation.output() == contraction.scalar()) {
                            values.put(equation.outputs(), Array.of(derivative(contraction, values)));
                        }
                    }
                    return values.get(jaxpr.outputs());
                })
                .jaxpr();
    }

    private static NDArray derivative(Contraction contraction, Environment values) {
        GradientCalls.Call call = contraction.call();
        Array<NDArray> direction = direction(contraction, values);
        Array<NDArray> tangents = Jvp.push(
                        of(call.function()), values.get(call.inputs()), Masks.spread(call.wrt(), direction))
                .tangents();
        return Transpose.withZeros(
                        tangents.take(1), Array.of(contraction.scalar().type()))
                .get(0);
    }

    /** What each gradient is multiplied with: the cotangents of the tail; null is zero. */
    private static Array<NDArray> direction(Contraction contraction, Environment values) {
        Set<Var> known = new LinkedHashSet<>();
        Array<Var> gradients = contraction
                .call()
                .gradients()
                .filter(Var.class::isInstance)
                .map(Var.class::cast)
                .distinct();
        Set<Var> inside = Collections.newSetFromMap(new IdentityHashMap<>());
        gradients.forEach(inside::add);
        for (Equation equation : contraction.tail()) {
            equation.inputs()
                    .filter(Var.class::isInstance)
                    .map(Var.class::cast)
                    .filter(in -> !inside.contains(in))
                    .forEach(known::add);
            inside.add(equation.output());
        }
        Array<Var> coefficients = Array.ofAll(known);
        Jaxpr tail = new Jaxpr(
                Array.empty(),
                coefficients.appendAll(gradients),
                Array.ofAll(contraction.tail()),
                Array.of(contraction.scalar()));
        Array<NDArray> cotangents = Transpose.pull(
                        tail,
                        values.get(coefficients).appendAll(gradients.map(gradient -> null)),
                        Array.of(Tracing.literal(Literal.of(contraction.scalar().dtype(), 1L))))
                .drop(coefficients.size());
        return contraction
                .call()
                .gradients()
                .map(g -> g instanceof Var var ? cotangents.get(gradients.indexOf(var)) : null);
    }
}
