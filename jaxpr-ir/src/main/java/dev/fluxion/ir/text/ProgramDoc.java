package dev.fluxion.ir.text;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.Parameters.Parameter;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Turns a program into a document. Recursive over sub-programs, not over equations. */
final class ProgramDoc {
    /** How deep rules within rules are printed. */
    static final int MAX_RULES = 4;

    private final boolean withConstants;
    private final boolean withSources;
    private final ParameterDoc parameterDoc = new ParameterDoc(this);
    private final List<LazyJaxpr> openRules = new ArrayList<>();
    private final Map<Primitive, Doc> operations = new HashMap<>();
    private final Definitions definitions;
    private Names names = new Names();

    ProgramDoc(boolean withConstants, Definitions definitions) {
        this(withConstants, false, definitions);
    }

    ProgramDoc(boolean withConstants, boolean withSources, Definitions definitions) {
        this.withConstants = withConstants;
        this.withSources = withSources;
        this.definitions = definitions;
    }

    Doc of(Jaxpr jaxpr) {
        Map<Var, String> outer = names.enter();
        Doc head = head(jaxpr);
        Set<Var> read = jaxpr.reads();
        List<Doc> equations = new ArrayList<>(jaxpr.equations().size());
        jaxpr.equations().forEach(equation -> equations.add(equation(equation, read)));
        Doc body =
                equations.isEmpty() ? Doc.NIL : Doc.nest(2, Doc.concat(new Doc.Break(" "), Doc.join("; ", equations)));
        Doc result = Doc.text("in " + tuple(jaxpr.outputs().map(this::atom)) + " }");
        names.leave(outer);
        return Doc.group(Doc.nest(2, Doc.concat(head, body, new Doc.Break(" "), result)));
    }

    /** The equation alone, its variables named as in the whole program. */
    Doc of(Jaxpr jaxpr, Equation wanted) {
        head(jaxpr);
        Set<Var> read = jaxpr.reads();
        for (Equation equation : jaxpr.equations()) {
            Doc doc = equation(equation, read);
            if (equation == wanted) {
                return doc;
            }
        }
        throw new IllegalArgumentException("the equation is not in the program");
    }

    private Doc head(Jaxpr jaxpr) {
        String constants = jaxpr.constants().map(this::constant).mkString(" ");
        String inputs = jaxpr.inputs().map(this::declaration).mkString(" ");
        return Doc.text("{ lambda " + constants + "; " + inputs + ". let");
    }

    private String constant(Constant constant) {
        return declaration(constant.var()) + (withConstants ? "=" + elements(constant.value()) : "");
    }

    private static String elements(ArrayData data) {
        ElementBits bits = ElementBits.of(data);
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < bits.size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(NumberText.of(Literal.ofBits(data.type().dtype(), bits.get(i))));
        }
        return text.append(']').toString();
    }

    private Doc equation(Equation equation, Set<Var> read) {
        String outputs = equation.outputs()
                .map(out -> read.contains(out) ? declaration(out) : "_:" + out.type())
                .mkString(" ");
        Doc operation = operation(equation.primitive());
        String inputs = equation.inputs().map(in -> " " + atom(in)).mkString();
        String source = withSources && equation.source().isKnown() ? "  # " + equation.source() : "";
        return Doc.concat(Doc.text(outputs + (outputs.isEmpty() ? "= " : " = ")), operation, Doc.text(inputs + source));
    }

    /** {@code name[parameters]}. */
    private Doc operation(Primitive primitive) {
        return switch (primitive) {
            case Elementwise _, Movement _, Reduction _, DotGeneral _, Threefry2x32 _ ->
                operations.computeIfAbsent(primitive, p -> operation(p, parameterDoc::of));
            case Control.Call call ->
                operation(call, value -> value instanceof Jaxpr body ? withFreshNames(body) : parameterDoc.of(value));
            case Control control -> operation(control, parameterDoc::of);
            case Custom custom -> operation(custom, value -> Doc.text(ParameterDoc.quoted(String.valueOf(value))));
        };
    }

    private static Doc operation(Primitive primitive, Function<Object, Doc> toDoc) {
        List<Doc> parameters = new ArrayList<>();
        for (Parameter parameter : Parameters.of(primitive)) {
            String key = ParameterNames.of(primitive.getClass(), parameter.name()) + "=";
            parameters.add(Doc.concat(Doc.text(key), toDoc.apply(parameter.value())));
        }
        Doc name = Doc.text(primitive.name());
        return parameters.isEmpty() ? name : Doc.concat(name, bracketed(parameters));
    }

    private static Doc bracketed(List<Doc> parts) {
        return Doc.group(Doc.concat(
                Doc.text("["),
                Doc.nest(2, Doc.concat(new Doc.Break(""), Doc.join(" ", parts))),
                new Doc.Break(""),
                Doc.text("]")));
    }

    /** A called program starts with {@code a} again, so that a shared one reads the same everywhere. */
    private Doc withFreshNames(Jaxpr body) {
        if (definitions.has(body)) {
            return subProgram(body);
        }
        Names outer = names;
        names = new Names();
        Doc doc = of(body);
        names = outer;
        return doc;
    }

    /** The program, or the name that the text defines for it. */
    Doc subProgram(Jaxpr jaxpr) {
        return definitions.has(jaxpr) ? Doc.text(definitions.nameOf(jaxpr)) : of(jaxpr);
    }

    /** A derivative rule; within itself a mark. */
    Doc rule(LazyJaxpr rule) {
        if (definitions.areComplete()) {
            return subProgram(rule.get());
        }
        int open = openRules.lastIndexOf(rule);
        if (open >= 0) {
            return Doc.text("^" + (openRules.size() - 1 - open));
        }
        if (openRules.size() == MAX_RULES) {
            return Doc.text("...");
        }
        openRules.add(rule);
        Doc doc = of(rule.get());
        openRules.removeLast();
        return doc;
    }

    private String atom(Atom atom) {
        return switch (atom) {
            case Var var -> names.of(var);
            case Literal literal -> NumberText.of(literal) + ":" + literal.type();
        };
    }

    private String declaration(Var var) {
        return names.of(var) + ":" + var.type();
    }

    private static String tuple(Array<String> parts) {
        return parts.size() == 1 ? "(" + parts.get(0) + ",)" : parts.mkString("(", ", ", ")");
    }
}
