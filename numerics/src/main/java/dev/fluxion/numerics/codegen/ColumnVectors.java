package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/**
 * An output that is reduced over the rows, whose row stride is 0: {@code out[i] = out[i] op value[row][i]}, row by row in vectors
 * that go to memory when the rows are done. An element in two vectors is the same in both.
 */
final class ColumnVectors implements StraightReduction {
    private final StraightRow row;
    private final BinaryOp op;
    private final DType dtype;
    private final DType lane;
    private final int array;
    private final int[] vectors;

    /**
     * @param lane the lane type of vectors of the dtype
     * @param array the output's place among the arrays
     */
    ColumnVectors(StraightRow row, BinaryOp op, DType dtype, DType lane, int array) {
        this.row = row;
        this.op = op;
        this.dtype = dtype;
        this.lane = lane;
        this.array = array;
        this.vectors = new int[row.vectors()];
    }

    @Override
    public void beforeRows() {
        for (int j = 0; j < vectors.length; j++) {
            vectors[j] = row.code().allocateLocal(TypeKind.REFERENCE);
            row.types().species(lane);
            element(j);
            row.types().loadAny(dtype);
            row.code().astore(vectors[j]);
        }
    }

    @Override
    public void take(int j) {
        // The values come first: HotSpot knows their class, but that of a vector from the row before by its notes only.
        row.code().aload(vectors[j]);
        row.operations().arithmetic(op, dtype);
        row.code().astore(vectors[j]);
    }

    @Override
    public void afterRow() {}

    @Override
    public void afterRows() {
        for (int j = 0; j < vectors.length; j++) {
            row.code().aload(vectors[j]);
            element(j);
            row.types().storeAny(dtype);
        }
    }

    private void element(int j) {
        CodeBuilder code = row.code();
        code.aload(row.rows().array(array)).iload(row.rows().start(array));
        code.loadConstant(row.begin(j)).iadd();
    }
}
