package dev.fluxion.ir.text;

import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Shape;
import io.vavr.collection.Array;
import java.util.regex.Pattern;

/** The texts of parameter values. {@link ParameterReader} reads them. */
final class ParameterDoc {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.$<>@-]+");

    private final ProgramDoc programs;

    ParameterDoc(ProgramDoc programs) {
        this.programs = programs;
    }

    Doc of(Object value) {
        return switch (value) {
            case Jaxpr jaxpr -> programs.subProgram(jaxpr);
            case LazyJaxpr rule -> programs.rule(rule);
            case Array<?> branches -> branches(branches);
            default -> Doc.text(text(value));
        };
    }

    /** {@code ( {...} {...} )}, each program on lines of its own. */
    private Doc branches(Array<?> branches) {
        Doc inside = Doc.join(" ", branches.map(this::of).toJavaList());
        return Doc.group(Doc.concat(
                Doc.text("("), Doc.nest(2, Doc.concat(new Doc.Break(""), inside)), new Doc.Break(""), Doc.text(")")));
    }

    private static String text(Object value) {
        return switch (value) {
            case DType dtype -> NumberText.of(dtype);
            case Shape shape -> shape.dims().toString();
            case String string -> BARE.matcher(string).matches() ? string : quoted(string);
            case Boolean truth -> NumberText.of(truth);
            case CheckpointPolicy policy -> PolicyText.of(policy);
            case Integer _, Ints _, DotDimensionNumbers _ -> value.toString();
            default -> throw new IllegalStateException("no text is known for parameters of " + value.getClass());
        };
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
