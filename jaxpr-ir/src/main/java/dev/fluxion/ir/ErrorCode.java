package dev.fluxion.ir;

/**
 * The catalogue of errors. Each code is permanent and has a section of the same name in {@code docs/errors.md}.
 *
 * <p>01 programs and types, 02 shapes and dtypes of operations, 03 tracing, 04 transforms, 05 trees, 06 engines, 07 texts and files.
 */
public enum ErrorCode {
    /** A shape with a negative size or too many elements. */
    BAD_SHAPE("FX0101"),
    /** A program that the checker refuses. */
    BAD_PROGRAM("FX0102"),
    /** An operation got another number of operands than it takes. */
    OPERAND_COUNT("FX0103"),
    /** A parameter of an operation is outside its range. */
    BAD_PARAMETER("FX0104"),

    /** Operands whose shapes do not fit each other. */
    SHAPE_MISMATCH("FX0201"),
    /** Operands whose dtypes do not fit the operation or each other. */
    DTYPE_MISMATCH("FX0202"),
    /** dot: contracted or batch sizes differ. */
    DOT_MISMATCH("FX0203"),
    /** An axis outside the rank, or given twice. */
    BAD_AXIS("FX0204"),
    /** A reshape that changes the number of elements. */
    BAD_RESHAPE("FX0205"),
    /** Shapes that do not broadcast together. */
    BROADCAST_MISMATCH("FX0206"),
    /** A static index outside the array. */
    BAD_INDEX("FX0207"),
    /** A reduction without identity over an empty axis. */
    EMPTY_REDUCTION("FX0208"),
    /** An einsum specification that cannot be read or does not fit its operands. */
    BAD_EINSUM("FX0209"),

    /** The value of a tracer was asked for. */
    CONCRETE_VALUE_NEEDED("FX0301"),
    /** A tracer was used after its trace had ended. */
    LEAKED_TRACER("FX0302"),
    /** A traced function returned something that is not an array tree. */
    BAD_RESULT("FX0303"),
    /** The body of a loop gives another carry than it takes. */
    CARRY_MISMATCH("FX0304"),
    /** Branches of one choice whose results differ in structure or type. */
    BRANCH_MISMATCH("FX0305"),
    /** A predicate, condition, index or bound that is not one scalar of the right kind. */
    BAD_PREDICATE("FX0306"),
    /** Arrays to loop over whose sizes differ or are not there. */
    LENGTH_MISMATCH("FX0307"),
    /** A function around an equation gives something unlike the unknown. */
    SOLVER_MISMATCH("FX0308"),

    /** grad of a function whose result is not a scalar. */
    NON_SCALAR_GRAD("FX0401"),
    /** A derivative with respect to integers or truth values. */
    NON_FLOAT_GRAD("FX0402"),
    /** Tangents or cotangents that do not fit the primals. */
    TANGENT_MISMATCH("FX0403"),
    /** vmap over arguments whose batch sizes differ or are missing. */
    BATCH_MISMATCH("FX0404"),
    /** A function that was to be transposed is not linear. */
    NOT_LINEAR("FX0405"),
    /** An operation without the rule that a transform needs. */
    MISSING_RULE("FX0406"),
    /** A custom rule whose result does not fit the function. */
    BAD_CUSTOM_RULE("FX0407"),
    /** checkGrads found a derivative that disagrees with finite differences. */
    GRADS_DISAGREE("FX0408"),
    /** A matrix of derivatives that no array, or not the memory of this JVM, can hold. */
    TOO_LARGE("FX0409"),
    /** Reverse mode through a loop whose number of steps is not known. */
    UNBOUNDED_LOOP("FX0410"),

    /** Two trees of different structure where equal ones are needed. */
    TREE_MISMATCH("FX0501"),
    /** A value that is not a tree of arrays. */
    NOT_A_TREE("FX0502"),
    /** A static argument that is an array or has no value to compare. */
    BAD_STATIC("FX0503"),

    /** No engine was found. */
    NO_BACKEND("FX0601"),
    /** Data given to an engine does not fit the declared type. */
    BAD_DATA("FX0602"),
    /** An array was used whose buffer had been given up to a program. */
    DONATED("FX0603"),
    /** A compiled function was called with other arguments than it was compiled for. */
    COMPILED_MISMATCH("FX0604"),

    /** Text that is not a program. */
    BAD_TEXT("FX0701"),
    /** Bytes that are not a program. */
    BAD_FILE("FX0702"),
    /** A text or file beyond the limits of the reader. */
    LIMIT_EXCEEDED("FX0703"),
    /** Something that has no form in a file. */
    NOT_PORTABLE("FX0704");

    private final String id;

    ErrorCode(String id) {
        this.id = id;
    }

    /** The permanent identifier, such as {@code FX0203}. */
    public String id() {
        return id;
    }
}
