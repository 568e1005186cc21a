package dev.fluxion.transforms;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/** A text with places for values: {@code loss = {}}. {@code {{} and {@code }}} stand for the braces themselves. */
public final class DebugFormat {
    /** The texts between the places. */
    private final Array<String> texts;

    private DebugFormat(Array<String> texts) {
        this.texts = texts;
    }

    /** @throws FluxionException FX0104 when a brace has no partner, or there are more or fewer places than values */
    public static DebugFormat of(String format, int values) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '{' && c != '}') {
                text.append(c);
                continue;
            }
            char next = i + 1 < format.length() ? format.charAt(i + 1) : 0;
            if (next == c) {
                text.append(c);
            } else if (c == '{' && next == '}') {
                texts.add(text.toString());
                text.setLength(0);
            } else {
                throw refuse(format, "has a brace without a partner at position " + i);
            }
            i++;
        }
        texts.add(text.toString());
        if (texts.size() - 1 != values) {
            throw refuse(format, "has " + (texts.size() - 1) + " places, given " + values + " values");
        }
        return new DebugFormat(Array.ofAll(texts));
    }

    private static FluxionException refuse(String format, String what) {
        return Tracing.located(FluxionException.of(ErrorCode.BAD_PARAMETER, "debugPrint: \"" + format + "\" " + what)
                .hint("write {} for a value, {{ and }} for braces"));
    }

    /** The text with the values in its places. */
    public String text(Array<?> values) {
        StringBuilder text = new StringBuilder(texts.get(0));
        for (int i = 0; i < values.size(); i++) {
            text.append(values.get(i)).append(texts.get(i + 1));
        }
        return text.toString();
    }
}
