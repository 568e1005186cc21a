package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Shape;
import dev.fluxion.numerics.codegen.ProductShape;
import dev.fluxion.numerics.kernels.Epilogue;
import dev.fluxion.numerics.kernels.MatrixProduct;
import dev.fluxion.numerics.kernels.MatrixProduct.Operand;
import java.util.List;
import java.util.function.Function;

/** {@code output[batch] = left[batch] (m x k) times right[batch] (k x n)}, row-major. */
record DotStep(MatrixView left, MatrixView right, Shape batch, int m, int n, int k, Node output) implements Step {
    @Override
    public List<Node> reads() {
        return List.of(left.node(), right.node());
    }

    @Override
    public List<Node> writes() {
        return List.of(output);
    }

    @Override
    public boolean writesSlices() {
        return true;
    }

    @Override
    public long nanos() {
        return Cost.product(output.dtype(), output.size(), k);
    }

    @Override
    public Instruction emit() {
        return emit(slots -> Epilogue.NONE);
    }

    /** @param epilogue makes, in every run, what follows upon the parts of the product */
    Instruction emit(Function<Object[], Epilogue> epilogue) {
        MatrixProduct product = MatrixProduct.of(new ProductShape(
                output.dtype(),
                m,
                n,
                k,
                left.rowStride(),
                left.columnStride(),
                right.rowStride(),
                right.columnStride()));
        Place leftPlace = left.node().place();
        Place rightPlace = right.node().place();
        Place written = output.place();
        int[] leftOffsets = offsets(left);
        int[] rightOffsets = offsets(right);
        return slots -> {
            Object x = leftPlace.array(slots);
            Object y = rightPlace.array(slots);
            Operand a = new Operand(x, leftPlace.start(slots), left.rowStride(), left.columnStride());
            Operand b = new Operand(y, rightPlace.start(slots), right.rowStride(), right.columnStride());
            Object c = written.array(slots);
            product.run(a, leftOffsets, b, rightOffsets, c, written.start(slots), epilogue.apply(slots));
        };
    }

    /** Where each matrix of the batch begins. */
    private int[] offsets(MatrixView view) {
        int[] offsets = new int[batch.size()];
        for (int i = 0; i < offsets.length; i++) {
            int rest = i;
            offsets[i] = view.offset();
            for (int axis = batch.rank() - 1; axis >= 0; axis--) {
                offsets[i] += rest % batch.dim(axis) * view.batchStrides().get(axis);
                rest /= batch.dim(axis);
            }
        }
        return offsets;
    }
}
