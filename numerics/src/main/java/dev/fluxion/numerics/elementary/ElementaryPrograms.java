package dev.fluxion.numerics.elementary;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.UnaryOp;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;

/**
 * The elementary functions that are programs over exactly rounded operations.
 *
 * <p>On FLOAT32 the same steps in FLOAT32 arithmetic, with fewer terms; only {@code pow} runs in FLOAT64 between
 * conversions. {@code docs/elementary-functions.md} has the largest errors found and how to find them.
 */
public final class ElementaryPrograms {
    private static final int DTYPES = DType.values().length;

    /** The programs asked for so far, by operation and dtype: many kernels are made of them. */
    private static final AtomicReferenceArray<Optional<ElementaryProgram>> MADE =
            new AtomicReferenceArray<>(UnaryOp.values().length * DTYPES);

    private ElementaryPrograms() {}

    /** The program of {@code op} on {@code dtype}; empty where the operation is exact itself, is one of two exact ones (rsqrt), or has no program yet. */
    public static Optional<ElementaryProgram> of(UnaryOp op, DType dtype) {
        int place = op.ordinal() * DTYPES + dtype.ordinal();
        Optional<ElementaryProgram> known = MADE.get(place);
        if (known == null) {
            known = make(op, dtype);
            MADE.set(place, known);
        }
        return known;
    }

    private static Optional<ElementaryProgram> make(UnaryOp op, DType dtype) {
        if (!dtype.isFloating()) {
            return Optional.empty();
        }
        return switch (op) {
            case EXP -> own(op, dtype, ExpProgram::exp);
            case LOG -> own(op, dtype, LogProgram::log);
            case SIN -> ownUpTo(SinCosProgram.limit(dtype), op, dtype, SinCosProgram::sin);
            case COS -> ownUpTo(SinCosProgram.limit(dtype), op, dtype, SinCosProgram::cos);
            case TAN -> ownUpTo(SinCosProgram.limit(dtype), op, dtype, SinCosProgram::tan);
            case EXP2 -> own(op, dtype, ExpProgram::exp2);
            case EXPM1 -> own(op, dtype, Expm1Program::expm1);
            case LOG1P -> own(op, dtype, LogProgram::log1p);
            case LOG2 -> own(op, dtype, LogOfBaseProgram::log2);
            case LOG10 -> own(op, dtype, LogOfBaseProgram::log10);
            case SINH -> own(op, dtype, SinhCoshProgram::sinh);
            case COSH -> own(op, dtype, SinhCoshProgram::cosh);
            case TANH -> own(op, dtype, TanhProgram::tanh);
            case LOGISTIC -> own(op, dtype, LogisticProgram::logistic);
            case ASIN -> own(op, dtype, AsinProgram::asin);
            case ACOS -> own(op, dtype, AsinProgram::acos);
            case ATAN -> own(op, dtype, AtanProgram::atan);
            case ASINH -> own(op, dtype, AreaProgram::asinh);
            case ACOSH -> own(op, dtype, AreaProgram::acosh);
            case ATANH -> own(op, dtype, AreaProgram::atanh);
            case CBRT -> own(op, dtype, CbrtProgram::cbrt);
            case ERF -> own(op, dtype, ErfProgram::erf);
            case ERFC -> own(op, dtype, ErfcProgram::erfc);
            case ERF_INV -> own(op, dtype, ErfInvProgram::erfInv);
            case LGAMMA -> ownFromZero(op, dtype, LgammaProgram::lgamma);
            case DIGAMMA -> ownFromZero(op, dtype, DigammaProgram::digamma);
            case NEG,
                    SQRT,
                    ABS,
                    SIGN,
                    FLOOR,
                    CEIL,
                    ROUND,
                    ROUND_NEAREST_EVEN,
                    RSQRT,
                    IS_FINITE,
                    NOT,
                    SQUARE,
                    RECIPROCAL -> Optional.empty();
        };
    }

    /** The program of {@code op} on two scalars of {@code dtype}; empty where the operation is exact itself or called. */
    public static Optional<Jaxpr> of(BinaryOp op, DType dtype) {
        if (!dtype.isFloating()) {
            return Optional.empty();
        }
        return switch (op) {
            case POW ->
                Optional.of(
                        dtype == DType.FLOAT64
                                ? Steps.ownBinary(dtype, PowProgram::pow)
                                : Steps.widenedBinary(PowProgram::powOfSingles));
            case ATAN2 -> Optional.of(Steps.ownBinary(dtype, AtanProgram::atan2));
            case ADD,
                    SUB,
                    MUL,
                    DIV,
                    REM,
                    MAX,
                    MIN,
                    NEXTAFTER,
                    AND,
                    OR,
                    XOR,
                    SHIFT_LEFT,
                    SHIFT_RIGHT_LOGICAL,
                    SHIFT_RIGHT_ARITHMETIC -> Optional.empty();
        };
    }

    /** The program of {@code p} on {@code dtype}; there is one for the first derivative of digamma. */
    public static Optional<ElementaryProgram> of(Elementwise.Polygamma p, DType dtype) {
        return p.m() == 1
                ? Optional.of(new ElementaryProgram(
                        p, Steps.ownUnary(dtype, TrigammaProgram::trigamma), new ElementaryProgram.Negative()))
                : Optional.empty();
    }

    /** In the arithmetic of {@code dtype}. */
    private static Optional<ElementaryProgram> own(UnaryOp op, DType dtype, BiFunction<Steps, Atom, Atom> function) {
        return own(new ElementaryProgram.Nowhere(), op, dtype, function);
    }

    private static Optional<ElementaryProgram> ownUpTo(
            double limit, UnaryOp op, DType dtype, BiFunction<Steps, Atom, Atom> function) {
        return own(new ElementaryProgram.Beyond(limit), op, dtype, function);
    }

    private static Optional<ElementaryProgram> ownFromZero(
            UnaryOp op, DType dtype, BiFunction<Steps, Atom, Atom> function) {
        return own(new ElementaryProgram.Negative(), op, dtype, function);
    }

    private static Optional<ElementaryProgram> own(
            ElementaryProgram.Guard guard, UnaryOp op, DType dtype, BiFunction<Steps, Atom, Atom> function) {
        return Optional.of(new ElementaryProgram(new Elementwise.Unary(op), Steps.ownUnary(dtype, function), guard));
    }
}
