package dev.fluxion.ir.binary;

import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.text.ParseOptions;
import dev.fluxion.ir.text.PrimitiveTable;
import dev.fluxion.ir.text.PrimitiveTable.Field;
import io.vavr.control.Option;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads operations; which parameters they have says {@link PrimitiveTable}. */
final class OperationDecoder {
    private static final int MAX_PARAMETERS = 100;

    private final ByteInput in;
    private final String[] strings;
    private final ValueDecoder values;
    private final ParseOptions options;

    OperationDecoder(ByteInput in, String[] strings, ValueDecoder values, ParseOptions options) {
        this.in = in;
        this.strings = strings;
        this.values = values;
        this.options = options;
    }

    Primitive read() {
        int start = in.position();
        int kind = in.readByte();
        String name = strings[in.index("string", strings.length)];
        return switch (kind) {
            case Format.BUILT_IN -> builtIn(start, name);
            case Format.CUSTOM -> custom(start, name);
            default -> throw in.wrong(start, "there is no kind of operation " + kind);
        };
    }

    private Primitive builtIn(int start, String name) {
        PrimitiveTable.Entry entry = PrimitiveTable.find(name);
        if (entry == null) {
            throw in.wrong(start, "there is no operation '" + name + "'");
        }
        Map<String, Object> given = new HashMap<>();
        int count = in.number("the number of parameters", MAX_PARAMETERS);
        for (int i = 0; i < count; i++) {
            int place = in.position();
            String key = strings[in.index("string", strings.length)];
            Field field = entry.fields()
                    .find(f -> f.key().equals(key) && !f.isFamily())
                    .getOrElseThrow(() -> in.wrong(place, name + " has no parameter '" + key + "'"));
            if (given.put(key, values.read(field.genericType())) != null) {
                throw in.wrong(place, name + ": parameter " + key + " is given twice");
            }
        }
        Object[] arguments = new Object[entry.fields().size()];
        for (int i = 0; i < arguments.length; i++) {
            Field field = entry.fields().get(i);
            arguments[i] = field.isFamily() ? entry.op() : given.get(field.key());
            if (arguments[i] == null) {
                throw in.wrong(start, name + ": parameter " + field.key() + " is missing");
            }
        }
        try {
            return entry.create(arguments);
        } catch (InvocationTargetException e) {
            throw in.relocate(start, e.getCause());
        }
    }

    private Primitive custom(int start, String name) {
        Map<String, String> given = new TreeMap<>();
        int count = in.number("the number of parameters", MAX_PARAMETERS);
        for (int i = 0; i < count; i++) {
            String key = strings[in.index("string", strings.length)];
            given.put(key, strings[in.index("string", strings.length)]);
        }
        Option<Custom> found;
        try {
            found = options.custom(name, given);
        } catch (RuntimeException e) {
            throw in.relocate(start, e);
        }
        return found.getOrElseThrow(() -> in.wrong(
                        start, "the user-defined operation '" + name + "' with parameters " + given + " is unknown")
                .hint("give it with ParseOptions.withCustoms or withCustomReader"));
    }
}
