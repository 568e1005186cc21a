package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.numerics.elementary.ElementaryProgram;
import dev.fluxion.numerics.elementary.ElementaryPrograms;
import io.vavr.collection.Array;
import java.util.function.UnaryOperator;

/**
 * Rewrites a kernel's body over fewer operations, those that both emitters know: elementary functions become their programs
 * over exactly rounded operations, integer powers become products, and so on. Both emitters and the interpreter run the
 * result, so that their bits are the same. What functions share (sine and cosine their range reduction) the builder finds.
 */
final class Lowering {
    private final JaxprBuilder builder = new JaxprBuilder();
    private final boolean keepsFunctions;

    private Lowering(boolean keepsFunctions) {
        this.keepsFunctions = keepsFunctions;
    }

    static Jaxpr lower(Jaxpr body) {
        Lowering lowering = new Lowering(false);
        return BodyRewriting.of(body, lowering.builder, Lowering::lower, lowering::step);
    }

    /** The same for a body without sub-programs, but elementary functions stay: see {@link SharedFunctions}. */
    static Jaxpr lowerAroundFunctions(Jaxpr body) {
        Lowering lowering = new Lowering(true);
        return BodyRewriting.of(body, lowering.builder, UnaryOperator.identity(), lowering::step);
    }

    private Atom step(Elementwise p, Array<Atom> in) {
        Atom x = in.get(0);
        if (keepsFunctions && SharedFunctions.contains(p, x.dtype())) {
            return append(p, in);
        }
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> unary(op, x);
            case Elementwise.IntegerPow(int y) -> integerPow(x, y);
            case Elementwise.SelectN _ -> select(in);
            case Elementwise.Clamp _ -> binary(BinaryOp.MIN, binary(BinaryOp.MAX, in.get(1), x), in.get(2));
            case Elementwise.StopGradient _, Elementwise.Named _, Elementwise.Copy _ -> x;
            case Elementwise.Binary(BinaryOp op) ->
                ElementaryPrograms.of(op, x.dtype())
                        .map(program -> builder.inline(program, in).get(0))
                        .orElseGet(() -> append(p, in));
            case Elementwise.Polygamma polygamma ->
                ElementaryPrograms.of(polygamma, x.dtype())
                        .map(program -> elementary(program, x))
                        .orElseGet(() -> append(p, in));
            case Elementwise.Compare _,
                    Elementwise.Fma _,
                    Elementwise.ConvertElementType _,
                    Elementwise.BitcastConvertType _ -> append(p, in);
        };
    }

    private Atom unary(UnaryOp op, Atom x) {
        return switch (op) {
            case SQUARE -> binary(BinaryOp.MUL, x, x);
            case RECIPROCAL -> binary(BinaryOp.DIV, one(x.dtype()), x);
            case RSQRT -> {
                Atom root = append(new Elementwise.Unary(UnaryOp.SQRT), Array.of(convert(x, DType.FLOAT64)));
                yield convert(binary(BinaryOp.DIV, one(DType.FLOAT64), root), x.dtype());
            }
            case NEG, SQRT, ABS, SIGN, FLOOR, CEIL, ROUND, ROUND_NEAREST_EVEN, IS_FINITE, NOT ->
                append(new Elementwise.Unary(op), Array.of(x));
            case SIN,
                    COS,
                    TAN,
                    ASIN,
                    ACOS,
                    ATAN,
                    SINH,
                    COSH,
                    TANH,
                    ASINH,
                    ACOSH,
                    ATANH,
                    EXP,
                    EXP2,
                    EXPM1,
                    LOG,
                    LOG1P,
                    LOG2,
                    LOG10,
                    CBRT,
                    LOGISTIC,
                    ERF,
                    ERFC,
                    ERF_INV,
                    LGAMMA,
                    DIGAMMA ->
                ElementaryPrograms.of(op, x.dtype())
                        .map(program -> elementary(program, x))
                        .orElseGet(() -> append(new Elementwise.Unary(op), Array.of(x)));
        };
    }

    /** Where the program's guard excludes the argument the reference meaning; emitters evaluate it only where it is chosen. */
    private Atom elementary(ElementaryProgram program, Atom x) {
        Atom near = builder.inline(program.body(), Array.of(x)).get(0);
        return switch (program.guard()) {
            case ElementaryProgram.Nowhere _ -> near;
            case ElementaryProgram.Beyond(double limit) -> {
                Atom magnitude = append(new Elementwise.Unary(UnaryOp.ABS), Array.of(x));
                yield unless(CompareOp.GT, magnitude, limit, near, program.function(), x);
            }
            case ElementaryProgram.Negative _ -> unless(CompareOp.LT, x, 0, near, program.function(), x);
        };
    }

    private Atom unless(CompareOp compare, Atom compared, double bound, Atom near, Elementwise function, Atom x) {
        Atom isFar = append(new Elementwise.Compare(compare), Array.of(compared, Literal.of(x.dtype(), bound)));
        Atom far = append(function, Array.of(x));
        return append(new Elementwise.SelectN(), Array.of(isFar, near, far));
    }

    /** {@code x^y} by the products of the reference meaning, in its order. */
    private Atom integerPow(Atom x, int y) {
        Atom power = one(x.dtype());
        Atom square = x;
        for (long rest = Math.abs((long) y); rest != 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                power = binary(BinaryOp.MUL, power, square);
            }
            if (rest > 1) {
                square = binary(BinaryOp.MUL, square, square);
            }
        }
        return y < 0 ? binary(BinaryOp.DIV, one(x.dtype()), power) : power;
    }

    /** A choice between many as choices between two. */
    private Atom select(Array<Atom> in) {
        Atom which = in.get(0);
        if (which.dtype() == DType.BOOL && in.size() == 3) {
            return append(new Elementwise.SelectN(), in);
        }
        Atom result = in.get(1);
        for (int k = 1; k < in.size() - 1; k++) {
            Literal at = Literal.of(DType.INT32, (long) k);
            Atom beyond = append(new Elementwise.Compare(CompareOp.GE), Array.of(which, at));
            result = append(new Elementwise.SelectN(), Array.of(beyond, result, in.get(k + 1)));
        }
        return result;
    }

    private Atom convert(Atom x, DType to) {
        return append(new Elementwise.ConvertElementType(to), Array.of(x));
    }

    private Atom binary(BinaryOp op, Atom x, Atom y) {
        return append(new Elementwise.Binary(op), Array.of(x, y));
    }

    private Atom append(Elementwise p, Array<Atom> in) {
        return builder.append(p, in, SourceInfo.UNKNOWN).get(0);
    }

    private static Literal one(DType dtype) {
        return Literal.of(dtype, 1L);
    }
}
