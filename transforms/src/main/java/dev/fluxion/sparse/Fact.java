package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import java.util.function.Supplier;

/**
 * What is known of a value before the program runs.
 *
 * @param dependence on which variables its elements depend; null on none
 * @param value computes the value, where it depends on no input of the program; else null
 */
record Fact(ArrayType type, Dependence dependence, Supplier<ArrayData> value) {
    /** A value that depends on no variable, but is not known. */
    static Fact independent(ArrayType type) {
        return new Fact(type, null, null);
    }

    /** A value that is not known; integers and truth values carry no derivative. */
    static Fact of(ArrayType type, Dependence dependence) {
        return new Fact(type, type.dtype().isFloating() ? dependence : null, null);
    }

    boolean isKnown() {
        return value != null;
    }

    boolean isDependent() {
        return dependence != null;
    }
}
