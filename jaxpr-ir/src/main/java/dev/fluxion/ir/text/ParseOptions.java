package dev.fluxion.ir.text;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.Custom;
import io.vavr.collection.Array;
import java.util.function.BiFunction;

/**
 * What a text alone does not say.
 *
 * @param constants the data of the constants that the text gives no elements for, in the order of their appearance
 * @param customs the user-defined operations that may occur
 * @param arrays makes array data of a type and a Java array of its elements, as {@link Backend#array} does
 */
public record ParseOptions(
        Array<ArrayData> constants, Array<Custom> customs, BiFunction<ArrayType, Object, ArrayData> arrays) {

    /** No constants, no user-defined operations; array data is the engine's. */
    public static final ParseOptions DEFAULT = new ParseOptions(
            Array.empty(), Array.empty(), (type, elements) -> Backend.get().array(type, elements));

    public ParseOptions withConstants(ArrayData... data) {
        return new ParseOptions(Array.of(data), customs, arrays);
    }

    public ParseOptions withCustoms(Custom... operations) {
        return new ParseOptions(constants, Array.of(operations), arrays);
    }

    public ParseOptions withArrays(BiFunction<ArrayType, Object, ArrayData> factory) {
        return new ParseOptions(constants, customs, factory);
    }
}
