package dev.fluxion.transforms;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;

/** In which of their operands operations are linear, as far as {@link Directional} needs it. */
final class Linearity {
    private Linearity() {}

    /** Whether the result is linear in the marked operands together: a multiple of them, without a rest. */
    static boolean isLinear(Equation equation, Array<Boolean> marked) {
        return switch (equation.primitive()) {
            case Elementwise p -> elementwise(p, marked);
            case Movement.Concatenate _ -> marked.forAll(yes -> yes);
            case Movement.DynamicUpdateSlice _ -> marked.get(0) && marked.get(1);
            case Movement.Pad _ -> isZero(equation.input(1));
            case Movement _ -> true;
            case Reduction.Reduce(ReduceOp op, Ints _) -> op == ReduceOp.SUM;
            case Reduction.Cumulative(CumulativeOp op, int _, boolean _) -> op == CumulativeOp.CUMSUM;
            case Reduction.ArgReduce _ -> false;
            case DotGeneral _ -> isOne(marked);
            case Threefry2x32 _, Control _, Custom _ -> false;
        };
    }

    private static boolean elementwise(Elementwise p, Array<Boolean> marked) {
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> op == UnaryOp.NEG;
            case Elementwise.Binary(BinaryOp op) ->
                switch (op) {
                    case ADD, SUB -> marked.get(0) && marked.get(1);
                    case MUL -> isOne(marked);
                    case DIV -> !marked.get(1);
                    case REM,
                            POW,
                            ATAN2,
                            MAX,
                            MIN,
                            NEXTAFTER,
                            AND,
                            OR,
                            XOR,
                            SHIFT_LEFT,
                            SHIFT_RIGHT_LOGICAL,
                            SHIFT_RIGHT_ARITHMETIC -> false;
                };
            case Elementwise.SelectN _ -> marked.tail().forAll(yes -> yes);
            case Elementwise.ConvertElementType(DType to) -> to.isFloating();
            case Elementwise.Copy _, Elementwise.Named _ -> true;
            case Elementwise.IntegerPow _,
                    Elementwise.Polygamma _,
                    Elementwise.Compare _,
                    Elementwise.Fma _,
                    Elementwise.Clamp _,
                    Elementwise.BitcastConvertType _,
                    Elementwise.StopGradient _ -> false;
        };
    }

    private static boolean isOne(Array<Boolean> marked) {
        return marked.count(yes -> yes) == 1;
    }

    private static boolean isZero(Atom atom) {
        return atom instanceof Literal literal && literal.is(0);
    }
}
