package dev.fluxion.numerics.reference;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Shape;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.HostData;

/** {@code out[batch, i, j] = sum over k of lhs[batch, i, k] * rhs[batch, j, k]}, k ascending. */
final class DotMeaning {
    private DotMeaning() {}

    static HostArray of(DotDimensionNumbers d, HostArray lhs, HostArray rhs, ArrayType type) {
        Object out = HostData.allocate(type.dtype(), type.size());
        Shape left = lhs.type().shape();
        Shape right = rhs.type().shape();
        Shape contracted = Shape.of(d.lhsContracting().map(left::dim));
        int batches = d.lhsBatch().size();
        Ints leftFree = d.lhsFree(left.rank());
        Ints rightFree = d.rhsFree(right.rank());
        int[] leftSteps = steps(left, d.lhsContracting(), contracted);
        int[] rightSteps = steps(right, d.rhsContracting(), contracted);
        for (int i = 0; i < type.size(); i++) {
            int[] index = Index.of(type.shape(), i);
            int leftStart = offset(left, d.lhsBatch(), index, 0) + offset(left, leftFree, index, batches);
            int rightStart =
                    offset(right, d.rhsBatch(), index, 0) + offset(right, rightFree, index, batches + leftFree.size());
            HostData.put(out, i, sum(lhs, rhs, leftStart, rightStart, leftSteps, rightSteps));
        }
        return HostArray.wrap(type, out);
    }

    private static Literal sum(HostArray lhs, HostArray rhs, int left, int right, int[] leftSteps, int[] rightSteps) {
        if (lhs.type().dtype().isFloating()) {
            double sum = 0;
            for (int k = 0; k < leftSteps.length; k++) {
                sum += lhs.doubleAt(left + leftSteps[k]) * rhs.doubleAt(right + rightSteps[k]);
            }
            return Literal.of(lhs.type().dtype(), sum);
        }
        long sum = 0;
        for (int k = 0; k < leftSteps.length; k++) {
            sum += lhs.longAt(left + leftSteps[k]) * rhs.longAt(right + rightSteps[k]);
        }
        return Literal.of(lhs.type().dtype(), sum);
    }

    /** For each contracted multi-index, in row-major order, its distance in elements. */
    private static int[] steps(Shape shape, Ints axes, Shape contracted) {
        int[] steps = new int[contracted.size()];
        for (int k = 0; k < steps.length; k++) {
            steps[k] = offset(shape, axes, Index.of(contracted, k), 0);
        }
        return steps;
    }

    /** The distance of the index entries from {@code from} on, read along {@code axes}. */
    private static int offset(Shape shape, Ints axes, int[] index, int from) {
        int offset = 0;
        for (int k = 0; k < axes.size(); k++) {
            offset += index[from + k] * shape.strides().get(axes.get(k));
        }
        return offset;
    }
}
