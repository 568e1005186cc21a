package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.UnaryOp;
import java.lang.classfile.CodeBuilder;

/** Bytecode for one operation on vectors, of those that {@link VectorLowering} leaves: the result stays on the stack. */
final class VectorOperations {
    /** Where the values are. */
    interface Values {
        /** Pushes the vector. */
        void push(Atom atom);

        /** Pushes truth values as a mask for lanes of the given type. */
        void pushMask(Atom atom, DType lane);

        /** The lane type that truth values were made for. */
        DType lane(Atom atom);

        /** Does a function lane by lane through scalar code. */
        void callPerLane(Equation equation);

        /** Whether a value is a call that is needed only where it is chosen. */
        boolean isLazy(Atom atom);

        /** Leaves vectors in which the truth value is true somewhere to scalar code. */
        void leaveWhere(Atom isBeyond);
    }

    private final CodeBuilder code;
    private final VectorTypes types;
    private final Values values;

    VectorOperations(CodeBuilder code, VectorTypes types, Values values) {
        this.code = code;
        this.types = types;
        this.values = values;
    }

    /** The lane type of the mask that an operation with a BOOL result makes. */
    DType lane(Equation equation) {
        Atom x = equation.input(0);
        if (x.dtype() != DType.BOOL) {
            return x.dtype();
        }
        return equation.inputs().size() > 1 && x instanceof Literal ? values.lane(equation.input(1)) : values.lane(x);
    }

    void emit(Equation equation) {
        Elementwise p = (Elementwise) equation.primitive();
        Atom x = equation.input(0);
        DType dtype = x.dtype();
        if (ScalarOperations.isPerLane(p, dtype)) {
            values.callPerLane(equation);
            return;
        }
        switch (p) {
            case Elementwise.Unary(UnaryOp op) -> unary(op, x);
            case Elementwise.Binary(BinaryOp op) -> {
                if (dtype == DType.BOOL) {
                    DType lane = lane(equation);
                    values.pushMask(x, lane);
                    values.pushMask(equation.input(1), lane);
                    arithmetic(op, DType.BOOL);
                } else {
                    binary(op, x, equation.input(1));
                }
            }
            case Elementwise.Compare(CompareOp op) -> {
                values.push(x);
                types.operator(op.name(), "Comparison");
                values.push(equation.input(1));
                types.compare(dtype);
            }
            case Elementwise.Fma _ -> {
                values.push(x);
                values.push(equation.input(1));
                values.push(equation.input(2));
                types.fma(dtype);
            }
            case Elementwise.SelectN _ -> select(equation);
            case Elementwise.ConvertElementType(DType to) -> {
                values.push(x);
                types.operator(letter(dtype) + "2" + letter(to), "Conversion");
                types.species(to);
                types.convert(dtype, to);
            }
            case Elementwise.BitcastConvertType(DType to) -> {
                values.push(x);
                types.reinterpret(dtype, to);
            }
            case Elementwise.Polygamma _,
                    Elementwise.IntegerPow _,
                    Elementwise.Clamp _,
                    Elementwise.StopGradient _,
                    Elementwise.Named _,
                    Elementwise.Copy _ -> throw ScalarOperations.notLowered(p);
        }
    }

    private void unary(UnaryOp op, Atom x) {
        if (x.dtype() == DType.BOOL) {
            values.pushMask(x, values.lane(x));
            types.not();
            return;
        }
        values.push(x);
        types.operator(op.name(), "Unary");
        types.lanewiseUnary(x.dtype());
    }

    private void binary(BinaryOp op, Atom x, Atom y) {
        values.push(x);
        switch (op) {
            case SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC -> {
                types.operator(
                        op == BinaryOp.SHIFT_LEFT ? "LSHL" : op == BinaryOp.SHIFT_RIGHT_LOGICAL ? "LSHR" : "ASHR",
                        "Binary");
                if (y instanceof Literal amount) {
                    new ScalarCode(code).constant(amount);
                    types.lanewiseScalar(x.dtype());
                } else {
                    values.push(y);
                    types.lanewise(x.dtype());
                }
            }
            case ADD, SUB, MUL, DIV, REM, POW, ATAN2, MAX, MIN, NEXTAFTER, AND, OR, XOR -> {
                values.push(y);
                arithmetic(op, x.dtype());
            }
        }
    }

    /** {@code a op b} of the two vectors or masks on the stack. */
    void arithmetic(BinaryOp op, DType dtype) {
        if (dtype == DType.BOOL) {
            types.logical(
                    switch (op) {
                        case AND, MIN -> "and";
                        case OR, MAX -> "or";
                        case XOR -> "xor";
                        case ADD,
                                SUB,
                                MUL,
                                DIV,
                                REM,
                                POW,
                                ATAN2,
                                NEXTAFTER,
                                SHIFT_LEFT,
                                SHIFT_RIGHT_LOGICAL,
                                SHIFT_RIGHT_ARITHMETIC -> throw new IllegalArgumentException(op + " of truth values");
                    });
            return;
        }
        // The operator belongs below the second operand, which is on the stack already.
        types.operator(op.name(), op == BinaryOp.SUB || op == BinaryOp.DIV ? "Binary" : "Associative");
        code.swap();
        types.lanewise(dtype);
    }

    private void select(Equation equation) {
        Atom which = equation.input(0);
        DType dtype = equation.output().dtype();
        values.push(equation.input(1));
        if (values.isLazy(equation.input(2))) {
            values.leaveWhere(which);
            return;
        }
        values.push(equation.input(2));
        values.pushMask(which, dtype);
        types.blend(dtype);
    }

    private static String letter(DType dtype) {
        return switch (dtype) {
            case INT32 -> "I";
            case INT64 -> "L";
            case FLOAT32 -> "F";
            case FLOAT64 -> "D";
            case BOOL -> throw new IllegalArgumentException("conversions of truth values are lowered");
        };
    }
}
