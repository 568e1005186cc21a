package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.CompareOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.OperatorInstruction;

/** Bytecode for comparisons, and for the choice between values: with branches. */
final class ScalarChoice {
    private final CodeBuilder code;

    ScalarChoice(CodeBuilder code) {
        this.code = code;
    }

    void compare(CompareOp op, ScalarOperations.Operands in) {
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
    void select(ScalarOperations.Operands in, int first) {
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
}
