package dev.fluxion.numerics.elementary;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.UnaryOp;
import java.util.Optional;
import java.util.function.BiFunction;

/** The elementary functions that are programs over exactly rounded operations. */
public final class ElementaryPrograms {
    private ElementaryPrograms() {}

    /** The program of {@code op} on {@code dtype}; empty where the operation is exact itself or has no program yet. */
    public static Optional<ElementaryProgram> of(UnaryOp op, DType dtype) {
        if (!dtype.isFloating()) {
            return Optional.empty();
        }
        return switch (op) {
            case EXP -> everywhere(op, dtype, ExpProgram::exp);
            case LOG -> everywhere(op, dtype, LogProgram::log);
            case SIN -> upTo(SinCosProgram.LIMIT, op, dtype, SinCosProgram::sin);
            case COS -> upTo(SinCosProgram.LIMIT, op, dtype, SinCosProgram::cos);
            case TAN -> upTo(SinCosProgram.LIMIT, op, dtype, SinCosProgram::tan);
            case EXP2 -> everywhere(op, dtype, ExpProgram::exp2);
            case EXPM1 -> everywhere(op, dtype, Expm1Program::expm1);
            case LOG1P -> everywhere(op, dtype, LogProgram::log1p);
            case SINH -> everywhere(op, dtype, SinhCoshProgram::sinh);
            case COSH -> everywhere(op, dtype, SinhCoshProgram::cosh);
            case TANH -> everywhere(op, dtype, TanhProgram::tanh);
            case LOGISTIC -> everywhere(op, dtype, LogisticProgram::logistic);
            case RSQRT -> everywhere(op, dtype, (s, x) -> s.div(Steps.lit(1.0), s.sqrt(x)));
            case ASIN, ACOS, ATAN, ASINH, ACOSH, ATANH, CBRT, ERF, ERFC, ERF_INV, LGAMMA, DIGAMMA -> Optional.empty();
            case NEG, SQRT, ABS, SIGN, FLOOR, CEIL, ROUND, ROUND_NEAREST_EVEN, IS_FINITE, NOT, SQUARE, RECIPROCAL ->
                Optional.empty();
        };
    }

    private static Optional<ElementaryProgram> everywhere(
            UnaryOp op, DType dtype, BiFunction<Steps, Atom, Atom> function) {
        return upTo(Double.POSITIVE_INFINITY, op, dtype, function);
    }

    private static Optional<ElementaryProgram> upTo(
            double limit, UnaryOp op, DType dtype, BiFunction<Steps, Atom, Atom> function) {
        return Optional.of(new ElementaryProgram(op, Steps.unary(dtype, function), limit));
    }
}
