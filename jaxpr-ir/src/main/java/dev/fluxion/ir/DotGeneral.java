package dev.fluxion.ir;

import java.util.Objects;

/**
 * {@code out[batch, lhs free, rhs free] = sum over contracted axes of lhs * rhs}.
 *
 * <p>The result's axes are the batch axes in the order given, then the remaining axes of lhs, then those of rhs.
 */
public record DotGeneral(DotDimensionNumbers dimensionNumbers) implements Primitive {
    public DotGeneral {
        Objects.requireNonNull(dimensionNumbers, "dimensionNumbers");
    }

    public static DotGeneral of(Ints lhsContracting, Ints rhsContracting, Ints lhsBatch, Ints rhsBatch) {
        return new DotGeneral(new DotDimensionNumbers(lhsContracting, rhsContracting, lhsBatch, rhsBatch));
    }

    @Override
    public String name() {
        return "dot_general";
    }
}
