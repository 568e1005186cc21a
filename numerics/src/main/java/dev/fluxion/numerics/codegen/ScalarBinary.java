package dev.fluxion.numerics.codegen;

import static dev.fluxion.numerics.codegen.ScalarCode.desc;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Bytecode for the operations of two operands of one dtype. */
final class ScalarBinary {
    private static final ClassDesc DTYPE = desc(DType.class);

    private final CodeBuilder code;
    private final ScalarCode scalars;

    ScalarBinary(CodeBuilder code) {
        this.code = code;
        this.scalars = new ScalarCode(code);
    }

    void emit(BinaryOp op, ScalarOperations.Operands in) {
        DType dtype = in.dtype(0);
        switch (op) {
            case ADD, SUB, MUL, MAX, MIN, AND, OR, XOR -> {
                in.push(0);
                in.push(1);
                scalars.arithmetic(op, dtype);
            }
            case DIV -> {
                if (dtype.isFloating()) {
                    in.push(0);
                    in.push(1);
                    scalars.arithmetic(op, dtype);
                } else {
                    call(op, in);
                }
            }
            case REM -> {
                if (dtype.isFloating()) {
                    in.push(0);
                    in.push(1);
                    if (dtype == DType.FLOAT64) {
                        code.drem();
                    } else {
                        code.frem();
                    }
                } else {
                    call(op, in);
                }
            }
            case POW, ATAN2, NEXTAFTER -> call(op, in);
            case SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC -> {
                if (isShiftInRange(in.literal(1))) {
                    in.push(0);
                    code.loadConstant((int) in.literal(1).longValue());
                    shift(op, dtype);
                } else {
                    call(op, in);
                }
            }
        }
    }

    /** Whether a shift amount is a literal from 0 to the width - 1, where the machine's shift is lax's. */
    static boolean isShiftInRange(Literal amount) {
        return amount != null
                && amount.longValue() >= 0
                && amount.longValue() < 8L * amount.dtype().byteSize();
    }

    private void shift(BinaryOp op, DType dtype) {
        boolean isLong = dtype == DType.INT64;
        code.with(OperatorInstruction.of(
                switch (op) {
                    case SHIFT_LEFT -> isLong ? Opcode.LSHL : Opcode.ISHL;
                    case SHIFT_RIGHT_LOGICAL -> isLong ? Opcode.LUSHR : Opcode.IUSHR;
                    case SHIFT_RIGHT_ARITHMETIC -> isLong ? Opcode.LSHR : Opcode.ISHR;
                    case ADD, SUB, MUL, DIV, REM, POW, ATAN2, MAX, MIN, NEXTAFTER, AND, OR, XOR ->
                        throw new IllegalArgumentException("not a shift: " + op);
                }));
    }

    /** The reference meaning, called. */
    private void call(BinaryOp op, ScalarOperations.Operands in) {
        DType dtype = in.dtype(0);
        ClassDesc wide = dtype.isFloating() ? CD_double : CD_long;
        code.getstatic(desc(BinaryOp.class), op.name(), desc(BinaryOp.class));
        code.getstatic(DTYPE, dtype.name(), DTYPE);
        for (int i = 0; i < 2; i++) {
            in.push(i);
            scalars.convert(dtype, dtype.isFloating() ? DType.FLOAT64 : DType.INT64);
        }
        code.invokevirtual(desc(BinaryOp.class), "apply", MethodTypeDesc.of(wide, DTYPE, wide, wide));
        scalars.convert(dtype.isFloating() ? DType.FLOAT64 : DType.INT64, dtype);
    }
}
