package dev.fluxion.numerics.codegen;

import static dev.fluxion.numerics.codegen.ScalarCode.desc;
import static dev.fluxion.numerics.codegen.ScalarCode.type;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.scalar.GammaFunctions;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;

/** Bytecode for one elementwise operation on scalars: operands are pushed by the caller's hand, the result stays on the stack. */
final class ScalarOperations {
    private static final ClassDesc MATH = desc(Math.class);

    private final CodeBuilder code;
    private final ScalarCode scalars;
    private final boolean sharesFunctions;

    /** Functions are what they are after {@link Lowering}: their reference meaning. */
    ScalarOperations(CodeBuilder code) {
        this(code, false);
    }

    /** @param sharesFunctions whether elementary functions are {@link SharedFunctions}, not their reference meaning */
    ScalarOperations(CodeBuilder code, boolean sharesFunctions) {
        this.code = code;
        this.sharesFunctions = sharesFunctions;
        this.scalars = new ScalarCode(code);
    }

    /** Pushes operand i of the operation. */
    interface Operands {
        void push(int i);

        DType dtype(int i);

        /** The operand as a literal, or null. */
        Literal literal(int i);

        int count();
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
                    Elementwise.Named _,
                    Elementwise.Copy _ -> false;
        };
    }

    void emit(Elementwise p, Operands in) {
        DType dtype = in.dtype(0);
        if (sharesFunctions && SharedFunctions.contains(p, dtype)) {
            for (int k = 0; k < in.count(); k++) {
                in.push(k);
            }
            SharedFunctions.call(p, dtype, code);
            return;
        }
        switch (p) {
            case Elementwise.Unary(UnaryOp op) -> new ScalarUnary(code).emit(op, in);
            case Elementwise.IntegerPow _ -> throw notLowered(p);
            case Elementwise.Polygamma(int m) -> {
                code.loadConstant(m);
                in.push(0);
                scalars.widen(dtype);
                scalars.invoke(desc(GammaFunctions.class), "polygamma", CD_double, CD_int, CD_double);
                scalars.narrow(dtype);
            }
            case Elementwise.Binary(BinaryOp op) -> new ScalarBinary(code).emit(op, in);
            case Elementwise.Compare(CompareOp op) -> new ScalarChoice(code).compare(op, in);
            case Elementwise.Fma _ -> {
                in.push(0);
                in.push(1);
                in.push(2);
                ClassDesc type = type(dtype);
                scalars.invoke(MATH, "fma", type, type, type, type);
            }
            case Elementwise.SelectN _ -> new ScalarChoice(code).select(in, 0);
            case Elementwise.Clamp _ -> {
                in.push(1);
                in.push(0);
                scalars.arithmetic(BinaryOp.MAX, dtype);
                in.push(2);
                scalars.arithmetic(BinaryOp.MIN, dtype);
            }
            case Elementwise.ConvertElementType(DType to) -> {
                in.push(0);
                scalars.convert(dtype, to);
            }
            case Elementwise.BitcastConvertType(DType to) -> {
                in.push(0);
                scalars.bitcast(dtype, to);
            }
            case Elementwise.StopGradient _, Elementwise.Named _, Elementwise.Copy _ -> in.push(0);
        }
    }

    static IllegalStateException notLowered(Elementwise p) {
        return new IllegalStateException(p + " is lowered before code is emitted");
    }
}
