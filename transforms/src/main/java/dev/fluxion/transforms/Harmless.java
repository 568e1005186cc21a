package dev.fluxion.transforms;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.UnaryOp;

/**
 * Programs whose derivatives do not depend on their arguments: a zero cotangent gives zeros whatever the arguments are. Work
 * on integers and truth values has no derivative and does no harm either.
 */
final class Harmless {
    private Harmless() {}

    static boolean is(Jaxpr jaxpr) {
        return jaxpr.equations().forAll(Harmless::is);
    }

    private static boolean is(Equation equation) {
        if (equation.outputs().forAll(out -> !out.dtype().isFloating())) {
            return !(equation.primitive() instanceof Control) && !(equation.primitive() instanceof Custom);
        }
        return switch (equation.primitive()) {
            case Elementwise.Unary(UnaryOp op) -> op == UnaryOp.NEG;
            case Elementwise.Binary(BinaryOp op) ->
                switch (op) {
                    case ADD, SUB -> true;
                    case MUL -> equation.inputs().exists(in -> in instanceof Literal);
                    case DIV -> equation.input(1) instanceof Literal;
                    case MAX,
                            MIN,
                            POW,
                            REM,
                            ATAN2,
                            NEXTAFTER,
                            AND,
                            OR,
                            XOR,
                            SHIFT_LEFT,
                            SHIFT_RIGHT_LOGICAL,
                            SHIFT_RIGHT_ARITHMETIC -> false;
                };
            case Elementwise.SelectN _,
                    Elementwise.ConvertElementType _,
                    Elementwise.StopGradient _,
                    Elementwise.Named _,
                    Elementwise.Copy _,
                    Movement _ -> true;
            case Elementwise.IntegerPow _,
                    Elementwise.Polygamma _,
                    Elementwise.Compare _,
                    Elementwise.Fma _,
                    Elementwise.Clamp _,
                    Elementwise.BitcastConvertType _ -> false;
            case Reduction.Reduce(ReduceOp op, var _) -> op == ReduceOp.SUM;
            case Reduction.Cumulative(CumulativeOp op, var _, var _) -> op == CumulativeOp.CUMSUM;
            case Reduction.ArgReduce _ -> true;
            case Control.Call call -> is(call.body());
            case Control.Checkpoint checkpoint -> is(checkpoint.body());
            case DotGeneral _, Threefry2x32 _, Control _, Custom _ -> false;
        };
    }
}
