package dev.fluxion.numerics.codegen;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Bytecode on scalar values on the stack, and their types there: truth values are ints. */
final class ScalarCode {
    private static final ClassDesc MATH = desc(Math.class);

    private final CodeBuilder code;

    ScalarCode(CodeBuilder code) {
        this.code = code;
    }

    static TypeKind kind(DType dtype) {
        return switch (dtype) {
            case BOOL, INT32 -> TypeKind.INT;
            case INT64 -> TypeKind.LONG;
            case FLOAT32 -> TypeKind.FLOAT;
            case FLOAT64 -> TypeKind.DOUBLE;
        };
    }

    static ClassDesc type(DType dtype) {
        return switch (dtype) {
            case BOOL, INT32 -> CD_int;
            case INT64 -> CD_long;
            case FLOAT32 -> CD_float;
            case FLOAT64 -> CD_double;
        };
    }

    static ClassDesc desc(Class<?> type) {
        return ClassDesc.ofDescriptor(type.descriptorString());
    }

    void constant(Literal literal) {
        switch (literal.dtype()) {
            case BOOL -> code.loadConstant(literal.booleanValue() ? 1 : 0);
            case INT32 -> code.loadConstant((int) literal.longValue());
            case INT64 -> code.loadConstant(literal.longValue());
            case FLOAT32 -> code.loadConstant((float) literal.doubleValue());
            case FLOAT64 -> code.loadConstant(literal.doubleValue());
        }
    }

    /** {@code a op b} of the two values on the stack. */
    void arithmetic(BinaryOp op, DType dtype) {
        ClassDesc type = type(dtype);
        switch (op) {
            case ADD -> pick(dtype, Opcode.IADD, Opcode.LADD, Opcode.FADD, Opcode.DADD);
            case SUB -> pick(dtype, Opcode.ISUB, Opcode.LSUB, Opcode.FSUB, Opcode.DSUB);
            case MUL -> pick(dtype, Opcode.IMUL, Opcode.LMUL, Opcode.FMUL, Opcode.DMUL);
            case DIV -> pick(dtype, Opcode.IDIV, Opcode.LDIV, Opcode.FDIV, Opcode.DDIV);
            case MAX -> invoke(MATH, "max", type, type, type);
            case MIN -> invoke(MATH, "min", type, type, type);
            case AND -> pick(dtype, Opcode.IAND, Opcode.LAND, null, null);
            case OR -> pick(dtype, Opcode.IOR, Opcode.LOR, null, null);
            case XOR -> pick(dtype, Opcode.IXOR, Opcode.LXOR, null, null);
            case REM, POW, ATAN2, NEXTAFTER, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC ->
                throw new IllegalArgumentException("not one instruction: " + op);
        }
    }

    private void pick(DType dtype, Opcode i32, Opcode i64, Opcode f32, Opcode f64) {
        code.with(OperatorInstruction.of(
                switch (dtype) {
                    case BOOL, INT32 -> i32;
                    case INT64 -> i64;
                    case FLOAT32 -> f32;
                    case FLOAT64 -> f64;
                }));
    }

    void convert(DType from, DType to) {
        if (to == DType.BOOL && from != DType.BOOL) {
            Label isZero = code.newLabel();
            Label end = code.newLabel();
            switch (from) {
                case BOOL, INT32 -> {}
                case INT64 -> code.lconst_0().lcmp();
                case FLOAT32 -> code.fconst_0().fcmpl();
                case FLOAT64 -> code.dconst_0().dcmpl();
            }
            code.ifeq(isZero).iconst_1().goto_(end);
            code.labelBinding(isZero).iconst_0().labelBinding(end);
        } else if (kind(from) != kind(to)) {
            code.conversion(kind(from), kind(to));
        }
    }

    void bitcast(DType from, DType to) {
        if (from == to) {
            return;
        }
        switch (from) {
            case FLOAT64 -> invoke(desc(Double.class), "doubleToRawLongBits", CD_long, CD_double);
            case INT64 -> invoke(desc(Double.class), "longBitsToDouble", CD_double, CD_long);
            case FLOAT32 -> invoke(desc(Float.class), "floatToRawIntBits", CD_int, CD_float);
            case INT32 -> invoke(desc(Float.class), "intBitsToFloat", CD_float, CD_int);
            case BOOL -> throw new IllegalArgumentException("bitcast of truth values");
        }
    }

    void widen(DType dtype) {
        convert(dtype, DType.FLOAT64);
    }

    void narrow(DType dtype) {
        convert(DType.FLOAT64, dtype);
    }

    void invoke(ClassDesc owner, String name, ClassDesc result, ClassDesc... parameters) {
        code.invokestatic(owner, name, MethodTypeDesc.of(result, parameters));
    }
}
