package dev.fluxion.ir.text;

import dev.fluxion.ir.Custom;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.text.PrimitiveTable.Field;
import io.vavr.control.Option;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;

/** Reads {@code name[parameters]}. */
final class OperationReader {
    private final Scanner scanner;
    private final ParameterReader parameters;
    private final ParseOptions options;

    OperationReader(Scanner scanner, JaxprParser programs, ParseOptions options) {
        this.scanner = scanner;
        this.parameters = new ParameterReader(scanner, programs);
        this.options = options;
    }

    Primitive read() {
        int start = scanner.position();
        String name = scanner.word("the name of an operation");
        if (options.knowsCustom(name)) {
            return custom(start, name);
        }
        PrimitiveTable.Entry entry = PrimitiveTable.find(name);
        if (entry == null) {
            throw scanner.wrong(start, "there is no operation '" + Scanner.abbreviate(name) + "'")
                    .hint("give user-defined operations with ParseOptions.withCustoms");
        }
        return builtIn(start, name, entry);
    }

    private Primitive builtIn(int start, String name, PrimitiveTable.Entry entry) {
        Map<String, Object> values = new HashMap<>();
        if (scanner.accept("[")) {
            while (!scanner.accept("]")) {
                int place = scanner.position();
                String key = scanner.word("a parameter or ']'");
                Field field = entry.fields()
                        .find(f -> f.key().equals(key) && !f.isFamily())
                        .getOrElseThrow(() ->
                                scanner.wrong(place, name + " has no parameter '" + Scanner.abbreviate(key) + "'"));
                scanner.expect("=");
                if (values.put(key, value(field)) != null) {
                    throw scanner.wrong(place, "parameter " + key + " is given twice");
                }
            }
        }
        Object[] arguments = new Object[entry.fields().size()];
        for (int i = 0; i < arguments.length; i++) {
            Field field = entry.fields().get(i);
            arguments[i] = field.isFamily() ? entry.op() : values.get(field.key());
            if (arguments[i] == null) {
                throw scanner.wrong(start, name + ": parameter " + field.key() + " is missing");
            }
        }
        try {
            return entry.create(arguments);
        } catch (InvocationTargetException e) {
            throw scanner.relocate(start, e.getCause());
        }
    }

    private Object value(Field field) {
        int start = scanner.position();
        try {
            return parameters.read(field.type());
        } catch (FluxionException e) {
            throw scanner.relocate(start, e);
        }
    }

    /** The user-defined operation whose parameters print as the ones given. */
    private Custom custom(int start, String name) {
        Map<String, String> given = new HashMap<>();
        if (scanner.accept("[")) {
            while (!scanner.accept("]")) {
                String key = scanner.word("a parameter or ']'");
                scanner.expect("=");
                given.put(key, scanner.string());
            }
        }
        Option<Custom> found;
        try {
            found = options.custom(name, given);
        } catch (RuntimeException e) {
            throw scanner.relocate(start, e);
        }
        return found.getOrElseThrow(() -> scanner.wrong(start, "no operation given has these parameters")
                .detail("given are "
                        + options.customs()
                                .filter(custom -> custom.name().equals(name))
                                .map(ParseOptions::customTexts)
                                .mkString(", ")));
    }
}
