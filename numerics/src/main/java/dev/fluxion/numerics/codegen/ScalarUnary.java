package dev.fluxion.numerics.codegen;

import static dev.fluxion.numerics.codegen.ScalarCode.desc;
import static dev.fluxion.numerics.codegen.ScalarCode.type;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.UnaryOp;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Bytecode for the operations of one operand. */
final class ScalarUnary {
    private static final ClassDesc MATH = desc(Math.class);

    private final CodeBuilder code;
    private final ScalarCode scalars;

    ScalarUnary(CodeBuilder code) {
        this.code = code;
        this.scalars = new ScalarCode(code);
    }

    void emit(UnaryOp op, ScalarOperations.Operands in) {
        DType dtype = in.dtype(0);
        ClassDesc type = type(dtype);
        if (op == UnaryOp.RECIPROCAL) {
            scalars.constant(Literal.of(dtype, 1L));
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
            case ABS -> scalars.invoke(MATH, "abs", type, type);
            case SIGN -> {
                if (dtype.isFloating()) {
                    scalars.invoke(MATH, "signum", type, type);
                } else {
                    scalars.convert(dtype, DType.INT64);
                    scalars.invoke(desc(Long.class), "signum", CD_int, CD_long);
                    scalars.convert(DType.INT32, dtype);
                }
            }
            case SQUARE -> {
                in.push(0);
                scalars.arithmetic(BinaryOp.MUL, dtype);
            }
            case NOT -> {
                if (dtype == DType.INT64) {
                    code.loadConstant(-1L).lxor();
                } else {
                    code.loadConstant(dtype == DType.BOOL ? 1 : -1).ixor();
                }
            }
            case SQRT, FLOOR, CEIL, ROUND_NEAREST_EVEN -> {
                scalars.widen(dtype);
                String name = op == UnaryOp.ROUND_NEAREST_EVEN ? "rint" : op.toString();
                scalars.invoke(MATH, name, CD_double, CD_double);
                scalars.narrow(dtype);
            }
            case IS_FINITE -> {
                scalars.widen(dtype);
                scalars.invoke(desc(Double.class), "isFinite", CD_boolean, CD_double);
            }
            case RECIPROCAL -> scalars.arithmetic(BinaryOp.DIV, dtype);
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
                    LOG2,
                    LOG10,
                    RSQRT,
                    CBRT,
                    LOGISTIC,
                    ERF,
                    ERFC,
                    ERF_INV,
                    LGAMMA,
                    DIGAMMA -> {
                scalars.widen(dtype);
                code.invokevirtual(desc(UnaryOp.class), "apply", MethodTypeDesc.of(CD_double, CD_double));
                scalars.narrow(dtype);
            }
        }
    }
}
