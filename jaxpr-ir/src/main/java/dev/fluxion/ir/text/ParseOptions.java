package dev.fluxion.ir.text;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Parameters;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What a text or a file alone does not say, and how much of it is read.
 *
 * @param constants the data of the constants that a text gives no elements for, in the order of their appearance
 * @param customs the user-defined operations that may occur
 * @param readers user-defined operations that are made anew from the texts of their parameters, by name
 * @param limits how large programs may be
 * @param arrays makes array data of a type and a Java array of its elements, as {@link Backend#array} does
 */
public record ParseOptions(
        Array<ArrayData> constants,
        Array<Custom> customs,
        io.vavr.collection.Map<String, CustomReader> readers,
        ReadLimits limits,
        BiFunction<ArrayType, Object, ArrayData> arrays) {

    /** No constants, no user-defined operations; array data is the engine's. */
    public static final ParseOptions DEFAULT = new ParseOptions(
            Array.empty(),
            Array.empty(),
            io.vavr.collection.HashMap.empty(),
            ReadLimits.DEFAULT,
            (type, elements) -> Backend.get().array(type, elements));

    /** Makes a user-defined operation from the texts of its parameters. */
    @FunctionalInterface
    public interface CustomReader {
        /** The operation; a FluxionException or any other exception refuses the parameters. */
        Custom read(Map<String, String> parameters);
    }

    public ParseOptions withConstants(ArrayData... data) {
        return new ParseOptions(Array.of(data), customs, readers, limits, arrays);
    }

    public ParseOptions withCustoms(Custom... operations) {
        return new ParseOptions(constants, Array.of(operations), readers, limits, arrays);
    }

    /** These options, where operations called {@code name} are made by {@code reader}. */
    public ParseOptions withCustomReader(String name, CustomReader reader) {
        return new ParseOptions(constants, customs, readers.put(name, reader), limits, arrays);
    }

    public ParseOptions withLimits(ReadLimits newLimits) {
        return new ParseOptions(constants, customs, readers, newLimits, arrays);
    }

    public ParseOptions withArrays(BiFunction<ArrayType, Object, ArrayData> factory) {
        return new ParseOptions(constants, customs, readers, limits, factory);
    }

    /** Whether {@code name} is a user-defined operation here. */
    public boolean knowsCustom(String name) {
        return readers.containsKey(name)
                || customs.exists(custom -> custom.name().equals(name));
    }

    /** The user-defined operation of this name whose parameters have these texts. */
    public Option<Custom> custom(String name, Map<String, String> parameters) {
        Option<Custom> given = customs.find(
                custom -> custom.name().equals(name) && customTexts(custom).equals(parameters));
        return given.isDefined() ? given : readers.get(name).flatMap(reader -> Option.of(reader.read(parameters)));
    }

    /** The texts of a user-defined operation's parameters by their names: how it is told apart from others of its name. */
    public static Map<String, String> customTexts(Custom custom) {
        Map<String, String> texts = new HashMap<>();
        Parameters.of(custom)
                .forEach(p -> texts.put(ParameterNames.of(custom.getClass(), p.name()), String.valueOf(p.value())));
        return texts;
    }
}
