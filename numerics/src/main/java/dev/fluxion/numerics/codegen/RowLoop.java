package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/** Bytecode for the loop over rows of a generated kernel: where each array's row starts, and the loop itself. */
final class RowLoop {
    private final CodeBuilder code;
    private final KernelSpec spec;
    private final int[] arrays;
    private final int[] starts;
    private final int[] steps;
    private final int row;
    private int lanes;

    RowLoop(KernelSpec spec, CodeBuilder code) {
        this.spec = spec;
        this.code = code;
        this.arrays = new int[spec.arrayCount()];
        this.starts = new int[arrays.length];
        this.steps = new int[arrays.length];
        this.row = code.allocateLocal(TypeKind.INT);
    }

    /** Takes array k from the parameters. */
    void load(int k, DType dtype) {
        arrays[k] = KernelClass.loadArray(code, k, dtype);
        starts[k] = KernelClass.loadOffset(code, k);
        if (spec.loop()) {
            steps[k] = KernelClass.loadRowStride(code, arrays.length, k);
            code.iload(starts[k]).iload(KernelClass.ROW).iload(steps[k]).imul().iadd();
            code.istore(starts[k]);
        }
    }

    boolean isLoaded(int k) {
        return arrays[k] != 0;
    }

    /** The local variable of array k. */
    int array(int k) {
        return arrays[k];
    }

    /** The local variable of the index in array k at which the row starts. */
    int start(int k) {
        return starts[k];
    }

    /** The local variable of the row. */
    int row() {
        return row;
    }

    /** The local variable of the row's first accumulator. */
    int lanes() {
        return lanes;
    }

    /** Emits the loop, with {@link #lanes} where accumulators are in memory. */
    void emit(boolean accumulates, Runnable body) {
        Label start = code.newLabel();
        Label end = code.newLabel();
        code.iload(KernelClass.ROW).istore(row);
        if (accumulates) {
            lanes = code.allocateLocal(TypeKind.INT);
            code.iload(row).loadConstant(Kernel.ACCUMULATORS).imul().istore(lanes);
        }
        code.labelBinding(start);
        code.iload(row).iload(KernelClass.ROWS).if_icmpge(end);
        body.run();
        for (int k = 0; k < arrays.length; k++) {
            if (isLoaded(k)) {
                code.iload(starts[k]).iload(steps[k]).iadd().istore(starts[k]);
            }
        }
        if (accumulates) {
            code.iinc(lanes, Kernel.ACCUMULATORS);
        }
        code.iinc(row, 1).goto_(start);
        code.labelBinding(end);
    }
}
