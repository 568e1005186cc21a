package dev.fluxion.ir;

import dev.fluxion.ir.text.JaxprPrinter;
import io.vavr.collection.Array;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Verifies programs: every variable is defined once and before its uses, the results of every equation have the types that
 * {@link TypeRules} gives, and sub-programs are correct and without constants. Derivative rules are not looked into.
 */
public final class JaxprChecker {
    private final Jaxpr jaxpr;
    private final Typing typing = new Typing();
    private final Set<Var> defined = Collections.newSetFromMap(new IdentityHashMap<>());

    private JaxprChecker(Jaxpr jaxpr) {
        this.jaxpr = jaxpr;
    }

    /**
     * Returns {@code jaxpr} when it is correct.
     *
     * @throws FluxionException FX0102, saying what is wrong with which equation
     */
    public static Jaxpr check(Jaxpr jaxpr) {
        Set<Jaxpr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Jaxpr> waiting = new ArrayDeque<>();
        waiting.add(jaxpr);
        seen.add(jaxpr);
        while (!waiting.isEmpty()) {
            Jaxpr next = waiting.remove();
            new JaxprChecker(next).run();
            if (next != jaxpr) {
                requireClosed(next);
            }
            for (Equation equation : next.equations()) {
                Parameters.subPrograms(equation.primitive()).filter(seen::add).forEach(waiting::add);
            }
        }
        return jaxpr;
    }

    /**
     * Returns {@code jaxpr} when it and all its derivative rules are correct, and the rules fit their functions. Rules are
     * traced if they were not yet.
     *
     * @throws FluxionException FX0102 or FX0407, saying what is wrong with which equation
     */
    public static Jaxpr checkWithRules(Jaxpr jaxpr) {
        Set<Control> fitting = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Jaxpr program : ProgramOrder.of(jaxpr).programs()) {
            JaxprChecker checker = new JaxprChecker(program);
            checker.run();
            for (Equation equation : program.equations()) {
                if (equation.primitive() instanceof Control control && fitting.add(control)) {
                    Parameters.subPrograms(control).forEach(JaxprChecker::requireClosed);
                    checker.rules(equation, control);
                }
            }
        }
        return jaxpr;
    }

    private void rules(Equation equation, Control control) {
        try {
            RuleTypes.check(control);
        } catch (FluxionException e) {
            throw wrong(equation, "a derivative rule does not fit")
                    .detail(e.getMessage().replace("\n", "\n  "));
        }
    }

    private static void requireClosed(Jaxpr subProgram) {
        if (!subProgram.constants().isEmpty()) {
            throw wrong("a sub-program has constants")
                    .detail("in " + JaxprPrinter.print(subProgram))
                    .hint("pass the arrays to the sub-program as inputs");
        }
    }

    private void run() {
        jaxpr.constants().forEach(this::constant);
        for (Var input : jaxpr.inputs()) {
            if (!defined.add(input)) {
                throw wrong("a variable is an input twice").detail("in " + JaxprPrinter.print(jaxpr));
            }
        }
        jaxpr.equations().forEach(this::equation);
        for (int i = 0; i < jaxpr.outputs().size(); i++) {
            if (!isDefined(jaxpr.outputs().get(i))) {
                throw wrong("output " + i + " is a variable that nothing defines")
                        .detail("in " + JaxprPrinter.print(jaxpr));
            }
        }
    }

    private void constant(Constant constant) {
        if (!constant.var().type().equals(constant.value().type())) {
            throw wrong("the data of a constant has another type than its variable")
                    .detail("variable " + constant.var().type())
                    .detail("data     " + constant.value().type());
        }
        if (!defined.add(constant.var())) {
            throw wrong("two constants have the same variable").detail("in " + JaxprPrinter.print(jaxpr));
        }
    }

    private void equation(Equation equation) {
        for (int i = 0; i < equation.inputs().size(); i++) {
            if (!isDefined(equation.input(i))) {
                throw wrong(equation, "operand " + i + " is not defined before this equation");
            }
        }
        Array<ArrayType> given = equation.outputs().map(Var::type);
        Array<ArrayType> inferred = infer(equation);
        if (inferred.size() != given.size()) {
            throw wrong(equation, "the operation has " + inferred.size() + " results, the equation " + given.size());
        }
        if (!inferred.equals(given)) {
            throw wrong(equation, "the results have other types than the operation gives")
                    .detail("expected " + inferred.mkString(", "))
                    .detail("given    " + given.mkString(", "));
        }
        for (int i = 0; i < equation.outputs().size(); i++) {
            if (!defined.add(equation.outputs().get(i))) {
                throw wrong(equation, "result " + i + " is a variable that is defined already");
            }
        }
    }

    private Array<ArrayType> infer(Equation equation) {
        try {
            return typing.infer(equation.primitive(), equation.inputs());
        } catch (FluxionException e) {
            throw wrong(equation, "the operation refuses its operands")
                    .detail("operands " + equation.inputTypes().mkString(", "))
                    .detail(e.getMessage().replace("\n", "\n  "));
        }
    }

    private boolean isDefined(Atom atom) {
        return switch (atom) {
            case Var var -> defined.contains(var);
            case Literal _ -> true;
        };
    }

    private FluxionException wrong(Equation equation, String what) {
        return wrong("equation " + jaxpr.equations().indexOf(equation) + ": " + what)
                .detail(JaxprPrinter.printEquation(jaxpr, equation))
                .at(equation.source(), "");
    }

    private static FluxionException wrong(String what) {
        return FluxionException.of(ErrorCode.BAD_PROGRAM, what);
    }
}
