package dev.fluxion.numerics.reference;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ScalarMeaning;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;

/** {@code out[i] = meaning(a[i], b[i], ...)}; scalars beside arrays repeat. */
final class ElementwiseMeaning {
    private ElementwiseMeaning() {}

    static HostArray of(Elementwise p, Array<HostArray> in, ArrayType type) {
        Object out = HostData.allocate(type.dtype(), type.size());
        if (out instanceof double[] doubles && p instanceof Elementwise.Unary(UnaryOp op)) {
            unary(op, in.get(0), doubles);
        } else if (out instanceof double[] doubles && p instanceof Elementwise.Binary(BinaryOp op)) {
            binary(op, in.get(0), in.get(1), doubles);
        } else {
            for (int i = 0; i < type.size(); i++) {
                int index = i;
                Array<Literal> operands = in.map(x -> x.literalAt(index * step(x)));
                HostData.put(out, i, ScalarMeaning.of(p, operands));
            }
        }
        return HostArray.wrap(type, out);
    }

    /** The general loop without its literals, which the hot cases need not. */
    private static void unary(UnaryOp op, HostArray x, double[] out) {
        int step = step(x);
        for (int i = 0; i < out.length; i++) {
            out[i] = op.apply(x.doubleAt(i * step));
        }
    }

    private static void binary(BinaryOp op, HostArray x, HostArray y, double[] out) {
        int xStep = step(x);
        int yStep = step(y);
        for (int i = 0; i < out.length; i++) {
            out[i] = op.apply(DType.FLOAT64, x.doubleAt(i * xStep), y.doubleAt(i * yStep));
        }
    }

    private static int step(HostArray x) {
        return x.type().isScalar() ? 0 : 1;
    }
}
