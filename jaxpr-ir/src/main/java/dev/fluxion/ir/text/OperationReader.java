package dev.fluxion.ir.text;

import dev.fluxion.ir.Custom;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.Primitive;
import io.vavr.collection.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

/** Reads {@code name[parameters]}. */
final class OperationReader {
    private final Scanner scanner;
    private final ParameterReader parameters;
    private final Array<Custom> customs;

    OperationReader(Scanner scanner, JaxprParser programs, Array<Custom> customs) {
        this.scanner = scanner;
        this.parameters = new ParameterReader(scanner, programs);
        this.customs = customs;
    }

    Primitive read() {
        int start = scanner.position();
        String name = scanner.word("the name of an operation");
        Array<Custom> candidates = customs.filter(custom -> custom.name().equals(name));
        if (!candidates.isEmpty()) {
            return custom(start, candidates);
        }
        PrimitiveTable.Entry entry = PrimitiveTable.find(name);
        if (entry == null) {
            throw scanner.wrong(start, "there is no operation '" + Scanner.abbreviate(name) + "'")
                    .hint("give user-defined operations with ParseOptions.withCustoms");
        }
        return builtIn(start, name, entry);
    }

    private Primitive builtIn(int start, String name, PrimitiveTable.Entry entry) {
        Array<RecordComponent> components = entry.components();
        Map<String, Object> values = new HashMap<>();
        if (scanner.accept("[")) {
            while (!scanner.accept("]")) {
                int place = scanner.position();
                String key = scanner.word("a parameter or ']'");
                RecordComponent component = components
                        .find(c -> ParameterNames.of(entry.type(), c.getName()).equals(key))
                        .getOrElseThrow(() ->
                                scanner.wrong(place, name + " has no parameter '" + Scanner.abbreviate(key) + "'"));
                scanner.expect("=");
                if (values.put(component.getName(), value(component)) != null) {
                    throw scanner.wrong(place, "parameter " + key + " is given twice");
                }
            }
        }
        if (entry.op() != null) {
            values.put("op", entry.op());
        }
        for (RecordComponent component : components) {
            if (!values.containsKey(component.getName())) {
                throw scanner.wrong(
                        start,
                        name + ": parameter " + ParameterNames.of(entry.type(), component.getName()) + " is missing");
            }
        }
        try {
            return entry.create(components.map(c -> values.get(c.getName())).toJavaArray());
        } catch (InvocationTargetException e) {
            throw scanner.relocate(start, e.getCause());
        }
    }

    private Object value(RecordComponent component) {
        int start = scanner.position();
        try {
            return parameters.read(component.getType());
        } catch (FluxionException e) {
            throw scanner.relocate(start, e);
        }
    }

    /** The user-defined operation whose parameters print as the ones given. */
    private Custom custom(int start, Array<Custom> candidates) {
        Map<String, String> given = new HashMap<>();
        if (scanner.accept("[")) {
            while (!scanner.accept("]")) {
                String key = scanner.word("a parameter or ']'");
                scanner.expect("=");
                given.put(key, scanner.string());
            }
        }
        return candidates
                .find(custom -> texts(custom).equals(given))
                .getOrElseThrow(() -> scanner.wrong(start, "no operation given has these parameters")
                        .detail("given are "
                                + candidates.map(OperationReader::texts).mkString(", ")));
    }

    private static Map<String, String> texts(Custom custom) {
        Map<String, String> texts = new HashMap<>();
        Parameters.of(custom)
                .forEach(p -> texts.put(ParameterNames.of(custom.getClass(), p.name()), String.valueOf(p.value())));
        return texts;
    }
}
