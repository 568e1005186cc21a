package dev.fluxion.numerics.plan;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * In long programs, which come from loops written out, kernels that differ in their numbers alone are to be one: there is less
 * to generate and to compile. So the factors and terms of arithmetic are read from memory, where they are arrays of one
 * element. Kernels with the few numbers that the rules of derivatives bring along are alike anyway.
 */
final class SharedKernels {
    /** Programs with more equations are long. */
    private static final int LONG = 500;

    private final Buffers buffers;
    private final boolean isLong;

    SharedKernels(Buffers buffers, int equations) {
        this.buffers = buffers;
        this.isLong = equations > LONG;
    }

    /** The operands of an operation, for results of the given shape. */
    List<Value> operands(Elementwise p, Shape shape, List<Value> in) {
        if (!isLong || shape.size() == 1 || !(p instanceof Elementwise.Binary(BinaryOp op) && isArithmetic(op))) {
            return in;
        }
        List<Value> operands = new ArrayList<>(in.size());
        for (Value value : in) {
            boolean moves = value instanceof Value.Splat(Literal literal, Shape _) && isOfItsOwn(literal);
            operands.add(moves ? buffers.view(new Value.Splat(((Value.Splat) value).literal(), shape)) : value);
        }
        return operands;
    }

    private static boolean isArithmetic(BinaryOp op) {
        return switch (op) {
            case ADD, SUB, MUL, DIV -> true;
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
    }

    private static boolean isOfItsOwn(Literal literal) {
        if (!literal.dtype().isFloating()) {
            return false;
        }
        double magnitude = Math.abs(literal.doubleValue());
        return magnitude != 0 && magnitude != 0.5 && magnitude != 1 && magnitude != 2;
    }
}
