package dev.fluxion.ir;

/** The six comparisons. BOOL compares as 0 and 1. */
public enum CompareOp {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE;

    /** The reference meaning on floats. */
    public boolean apply(double x, double y) {
        return switch (this) {
            case EQ -> x == y;
            case NE -> x != y;
            case LT -> x < y;
            case LE -> x <= y;
            case GT -> x > y;
            case GE -> x >= y;
        };
    }

    /** The reference meaning on integers and truth values. */
    public boolean apply(long x, long y) {
        return switch (this) {
            case EQ -> x == y;
            case NE -> x != y;
            case LT -> x < y;
            case LE -> x <= y;
            case GT -> x > y;
            case GE -> x >= y;
        };
    }

    /** The comparison with exchanged operands: {@code x op y == y op.swapped() x}. */
    public CompareOp swapped() {
        return switch (this) {
            case EQ, NE -> this;
            case LT -> GT;
            case LE -> GE;
            case GT -> LT;
            case GE -> LE;
        };
    }
}
