package dev.fluxion.numerics.codegen;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.scalar.GammaFunctions;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Bytecode for one elementwise operation on scalars: operands are pushed by the caller's hand, the result stays on the stack. */
final class ScalarOperations {
    private static final ClassDesc MATH = desc(Math.class);
    private static final ClassDesc DTYPE = desc(DType.class);

    private final CodeBuilder code;

    ScalarOperations(CodeBuilder code) {
        this.code = code;
    }

    /** Pushes operand i of the operation. */
    interface Operands {
        void push(int i);

        DType dtype(int i);

        /** The operand as a literal, or null. */
        Literal literal(int i);

        int count();
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

    void constant(Literal literal) {
        switch (literal.dtype()) {
            case BOOL -> code.loadConstant(literal.booleanValue() ? 1 : 0);
            case INT32 -> code.loadConstant((int) literal.longValue());
            case INT64 -> code.loadConstant(literal.longValue());
            case FLOAT32 -> code.loadConstant((float) literal.doubleValue());
            case FLOAT64 -> code.loadConstant(literal.doubleValue());
        }
    }

    /** Whether vector code does this operation lane by lane through the scalar code. */
    static boolean isPerLane(Elementwise p, DType dtype) {
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> !op.isExact();
            case Elementwise.Polygamma _ -> true;
            case Elementwise.Binary(BinaryOp op) ->
                switch (op) {
                    case POW, ATAN2, NEXTAFTER, REM -> true;
                    case DIV -> dtype.isInteger();
                    case ADD,
                            SUB,
                            MUL,
                            MAX,
                            MIN,
                            AND,
                            OR,
                            XOR,
                            SHIFT_LEFT,
                            SHIFT_RIGHT_LOGICAL,
                            SHIFT_RIGHT_ARITHMETIC -> false;
                };
            case Elementwise.IntegerPow _,
                    Elementwise.Compare _,
                    Elementwise.Fma _,
                    Elementwise.SelectN _,
                    Elementwise.Clamp _,
                    Elementwise.ConvertElementType _,
                    Elementwise.BitcastConvertType _,
                    Elementwise.StopGradient _,
                    Elementwise.Copy _ -> false;
        };
    }

    void emit(Elementwise p, Operands in) {
        DType dtype = in.dtype(0);
        switch (p) {
            case Elementwise.Unary(UnaryOp op) -> unary(op, in);
            case Elementwise.IntegerPow _ -> throw notLowered(p);
            case Elementwise.Polygamma(int m) -> {
                code.loadConstant(m);
                in.push(0);
                widen(dtype);
                invoke(desc(GammaFunctions.class), "polygamma", CD_double, CD_int, CD_double);
                narrow(dtype);
            }
            case Elementwise.Binary(BinaryOp op) -> binary(op, in);
            case Elementwise.Compare(CompareOp op) -> compare(op, in);
            case Elementwise.Fma _ -> {
                in.push(0);
                in.push(1);
                in.push(2);
                ClassDesc type = type(dtype);
                invoke(MATH, "fma", type, type, type, type);
            }
            case Elementwise.SelectN _ -> select(in, 0);
            case Elementwise.Clamp _ -> {
                in.push(1);
                in.push(0);
                arithmetic(BinaryOp.MAX, dtype);
                in.push(2);
                arithmetic(BinaryOp.MIN, dtype);
            }
            case Elementwise.ConvertElementType(DType to) -> {
                in.push(0);
                convert(dtype, to);
            }
            case Elementwise.BitcastConvertType(DType to) -> {
                in.push(0);
                bitcast(dtype, to);
            }
            case Elementwise.StopGradient _, Elementwise.Copy _ -> in.push(0);
        }
    }

    private void unary(UnaryOp op, Operands in) {
        DType dtype = in.dtype(0);
        ClassDesc type = type(dtype);
        if (op == UnaryOp.RECIPROCAL) {
            constant(Literal.of(dtype, 1L));
        } else if (op == UnaryOp.ROUND || !op.isExact()) {
            code.getstatic(desc(UnaryOp.class), op.name(), desc(UnaryOp.class));
        }
        in.push(0);
        switch (op) {
            case NEG -> {
                switch (dtype) {
                    case BOOL, INT32 -> code.ineg();
                    case INT64 -> code.lneg();
                    case FLOAT32 -> code.fneg();
                    case FLOAT64 -> code.dneg();
                }
            }
            case ABS -> invoke(MATH, "abs", type, type);
            case SIGN -> {
                if (dtype.isFloating()) {
                    invoke(MATH, "signum", type, type);
                } else {
                    convert(dtype, DType.INT64);
                    invoke(desc(Long.class), "signum", CD_int, CD_long);
                    convert(DType.INT32, dtype);
                }
            }
            case SQUARE -> {
                in.push(0);
                arithmetic(BinaryOp.MUL, dtype);
            }
            case NOT -> {
                if (dtype == DType.INT64) {
                    code.loadConstant(-1L).lxor();
                } else {
                    code.loadConstant(dtype == DType.BOOL ? 1 : -1).ixor();
                }
            }
            case SQRT, FLOOR, CEIL, ROUND_NEAREST_EVEN -> {
                widen(dtype);
                String name = op == UnaryOp.ROUND_NEAREST_EVEN ? "rint" : op.toString();
                invoke(MATH, name, CD_double, CD_double);
                narrow(dtype);
            }
            case IS_FINITE -> {
                widen(dtype);
                invoke(desc(Double.class), "isFinite", CD_boolean, CD_double);
            }
            case RECIPROCAL -> arithmetic(BinaryOp.DIV, dtype);
            case ROUND,
                    SIN,
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
                    RSQRT,
                    CBRT,
                    LOGISTIC,
                    ERF,
                    ERFC,
                    ERF_INV,
                    LGAMMA,
                    DIGAMMA -> {
                widen(dtype);
                code.invokevirtual(desc(UnaryOp.class), "apply", MethodTypeDesc.of(CD_double, CD_double));
                narrow(dtype);
            }
        }
    }

    private void binary(BinaryOp op, Operands in) {
        DType dtype = in.dtype(0);
        switch (op) {
            case ADD, SUB, MUL, MAX, MIN, AND, OR, XOR -> {
                in.push(0);
                in.push(1);
                arithmetic(op, dtype);
            }
            case DIV -> {
                if (dtype.isFloating()) {
                    in.push(0);
                    in.push(1);
                    arithmetic(op, dtype);
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
    private void call(BinaryOp op, Operands in) {
        DType dtype = in.dtype(0);
        ClassDesc wide = dtype.isFloating() ? CD_double : CD_long;
        code.getstatic(desc(BinaryOp.class), op.name(), desc(BinaryOp.class));
        code.getstatic(DTYPE, dtype.name(), DTYPE);
        for (int i = 0; i < 2; i++) {
            in.push(i);
            convert(dtype, dtype.isFloating() ? DType.FLOAT64 : DType.INT64);
        }
        code.invokevirtual(desc(BinaryOp.class), "apply", MethodTypeDesc.of(wide, DTYPE, wide, wide));
        convert(dtype.isFloating() ? DType.FLOAT64 : DType.INT64, dtype);
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

    private void compare(CompareOp op, Operands in) {
        in.push(0);
        in.push(1);
        Label isFalse = code.newLabel();
        Label end = code.newLabel();
        // A comparison with NaN must come out false (true for NE): G for "less", L for "greater" sends NaN there.
        boolean less = op == CompareOp.LT || op == CompareOp.LE;
        switch (in.dtype(0)) {
            case BOOL, INT32 ->
                code.with(BranchInstruction.of(
                        switch (op) {
                            case EQ -> Opcode.IF_ICMPNE;
                            case NE -> Opcode.IF_ICMPEQ;
                            case LT -> Opcode.IF_ICMPGE;
                            case LE -> Opcode.IF_ICMPGT;
                            case GT -> Opcode.IF_ICMPLE;
                            case GE -> Opcode.IF_ICMPLT;
                        },
                        isFalse));
            case INT64 -> branchUnless(op, Opcode.LCMP, isFalse);
            case FLOAT32 -> branchUnless(op, less ? Opcode.FCMPG : Opcode.FCMPL, isFalse);
            case FLOAT64 -> branchUnless(op, less ? Opcode.DCMPG : Opcode.DCMPL, isFalse);
        }
        code.iconst_1().goto_(end);
        code.labelBinding(isFalse).iconst_0().labelBinding(end);
    }

    private void branchUnless(CompareOp op, Opcode comparison, Label isFalse) {
        code.with(OperatorInstruction.of(comparison));
        code.with(BranchInstruction.of(
                switch (op) {
                    case EQ -> Opcode.IFNE;
                    case NE -> Opcode.IFEQ;
                    case LT -> Opcode.IFGE;
                    case LE -> Opcode.IFGT;
                    case GT -> Opcode.IFLE;
                    case GE -> Opcode.IFLT;
                },
                isFalse));
    }

    /** Case {@code first} if {@code which <= first}, else the same for the next; the last case takes the rest. */
    private void select(Operands in, int first) {
        if (first == in.count() - 2) {
            in.push(first + 1);
            return;
        }
        Label next = code.newLabel();
        Label end = code.newLabel();
        in.push(0);
        code.loadConstant(first);
        code.if_icmpgt(next);
        in.push(first + 1);
        code.goto_(end);
        code.labelBinding(next);
        select(in, first + 1);
        code.labelBinding(end);
    }

    private void convert(DType from, DType to) {
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

    private void bitcast(DType from, DType to) {
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

    private void widen(DType dtype) {
        convert(dtype, DType.FLOAT64);
    }

    private void narrow(DType dtype) {
        convert(DType.FLOAT64, dtype);
    }

    private void invoke(ClassDesc owner, String name, ClassDesc result, ClassDesc... parameters) {
        code.invokestatic(owner, name, MethodTypeDesc.of(result, parameters));
    }

    static ClassDesc desc(Class<?> type) {
        return ClassDesc.ofDescriptor(type.descriptorString());
    }

    static IllegalStateException notLowered(Elementwise p) {
        return new IllegalStateException(p + " is lowered before code is emitted");
    }
}
