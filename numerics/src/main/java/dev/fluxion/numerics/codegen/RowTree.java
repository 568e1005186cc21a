package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ReduceOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/**
 * An output to which rows are reduced: {@code out[row] = out[row] op tree}, the tree of {@link KernelSpec.Output.Reduce} over
 * accumulators in vectors. In the last vector the elements that the one before it has give way to the identity, behind the others.
 *
 * <p>Accumulators without elements are left out, and the first element of one is not combined with the identity. That can make a sum
 * -0 that would be 0 else, and nothing else: the output began with 0, so that adding either to it gives the same bits.
 */
final class RowTree implements StraightReduction {
    private final StraightRow row;
    private final RowConstants constants;
    private final BinaryOp op;
    private final Literal identity;
    private final DType dtype;
    private final int array;
    private final int[] accumulators;

    /** @param array the output's place among the arrays */
    RowTree(StraightRow row, RowConstants constants, ReduceOp op, DType dtype, int array) {
        this.row = row;
        this.constants = constants;
        this.op = op.binary();
        this.identity = op.identity(dtype);
        this.dtype = dtype;
        this.array = array;
        this.accumulators = new int[Math.min(Kernel.ACCUMULATORS / row.lanes(), row.vectors())];
    }

    @Override
    public void beforeRows() {
        for (int j = 0; j < accumulators.length; j++) {
            accumulators[j] = row.code().allocateLocal(TypeKind.REFERENCE);
        }
    }

    @Override
    public void take(int j) {
        CodeBuilder code = row.code();
        if (row.left() > 0 && j == row.vectors() - 1) {
            constants.pushTurned(code, dtype);
            row.types().rearrange(dtype);
            row.types().species(dtype);
            new ScalarCode(code).constant(identity);
            row.types().broadcast(dtype);
            constants.pushBehind(code, dtype);
            row.types().blend(dtype);
        }
        int accumulator = accumulators[j % accumulators.length];
        if (j >= accumulators.length) {
            code.aload(accumulator).swap();
            row.operations().arithmetic(op, dtype);
        }
        code.astore(accumulator);
    }

    @Override
    public void afterRow() {
        CodeBuilder code = row.code();
        TypeKind element = KernelClass.element(dtype);
        code.aload(row.rows().array(array))
                .iload(row.rows().start(array))
                .dup2()
                .arrayLoad(element);
        pushTree(code);
        new ScalarCode(code).arithmetic(op, dtype);
        code.arrayStore(element);
    }

    /** Pushes the accumulators combined, a scalar. */
    private void pushTree(CodeBuilder code) {
        for (int half = Kernel.ACCUMULATORS / row.lanes() / 2; half > 0; half /= 2) {
            for (int j = 0; j < half && j + half < accumulators.length; j++) {
                code.aload(accumulators[j]).aload(accumulators[j + half]);
                row.operations().arithmetic(op, dtype);
                code.astore(accumulators[j]);
            }
        }
        code.aload(accumulators[0]);
        for (int half = row.lanes() / 2; half > 0; half /= 2) {
            code.dup();
            constants.pushAcross(code, half, dtype);
            row.types().rearrange(dtype);
            row.operations().arithmetic(op, dtype);
        }
        row.types().firstLane(dtype);
    }

    @Override
    public void afterRows() {}
}
