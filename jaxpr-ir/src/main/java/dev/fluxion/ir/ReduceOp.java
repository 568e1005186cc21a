package dev.fluxion.ir;

/** The operations of {@link Reduction.Reduce} with their identities. SUM PROD MAX MIN take numbers, AND OR truth values and integers. */
public enum ReduceOp {
    SUM,
    PROD,
    /** NaN wins; over an empty axis -inf (floats) or the smallest integer. */
    MAX,
    /** NaN wins; over an empty axis +inf (floats) or the largest integer. */
    MIN,
    AND,
    OR;

    /** The value that changes nothing: what a reduction over nothing gives. */
    public Literal identity(DType dtype) {
        return switch (this) {
            case SUM, OR -> Literal.of(dtype, 0L);
            case PROD -> Literal.of(dtype, 1L);
            case AND -> dtype == DType.BOOL ? Literal.of(true) : Literal.of(dtype, -1L);
            case MAX -> extreme(dtype, Double.NEGATIVE_INFINITY, Integer.MIN_VALUE, Long.MIN_VALUE);
            case MIN -> extreme(dtype, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, Long.MAX_VALUE);
        };
    }

    /** The elementwise operation that this reduction repeats. */
    public BinaryOp binary() {
        return switch (this) {
            case SUM -> BinaryOp.ADD;
            case PROD -> BinaryOp.MUL;
            case MAX -> BinaryOp.MAX;
            case MIN -> BinaryOp.MIN;
            case AND -> BinaryOp.AND;
            case OR -> BinaryOp.OR;
        };
    }

    private static Literal extreme(DType dtype, double real, int i32, long i64) {
        return switch (dtype) {
            case FLOAT32, FLOAT64 -> Literal.of(dtype, real);
            case INT32 -> Literal.of(dtype, (long) i32);
            case INT64 -> Literal.of(dtype, i64);
            case BOOL -> Literal.of(real > 0);
        };
    }
}
