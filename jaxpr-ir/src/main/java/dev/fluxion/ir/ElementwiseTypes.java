package dev.fluxion.ir;

import static dev.fluxion.ir.TypeRules.count;

import io.vavr.collection.Array;

/** Types of the elementwise operations: one shape, one dtype; a rank-0 literal may stand beside arrays. */
final class ElementwiseTypes {
    private ElementwiseTypes() {}

    static ArrayType infer(Elementwise p, Array<? extends Atom> in) {
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> {
                count(p, in.size(), 1);
                accept(p, in, op.accepts(in.get(0).dtype()));
                yield in.get(0).type().withDType(op.resultType(in.get(0).dtype()));
            }
            case Elementwise.IntegerPow(int y) -> {
                count(p, in.size(), 1);
                accept(
                        p,
                        in,
                        in.get(0).dtype().isFloating() || (in.get(0).dtype().isInteger() && y >= 0));
                yield in.get(0).type();
            }
            case Elementwise.Polygamma _ -> {
                count(p, in.size(), 1);
                accept(p, in, in.get(0).dtype().isFloating());
                yield in.get(0).type();
            }
            case Elementwise.Binary(BinaryOp op) -> {
                count(p, in.size(), 2);
                sameDtype(p, in, 0);
                accept(p, in, op.accepts(in.get(0).dtype()));
                yield new ArrayType(in.get(0).dtype(), shape(p, in));
            }
            case Elementwise.Compare _ -> {
                count(p, in.size(), 2);
                sameDtype(p, in, 0);
                yield new ArrayType(DType.BOOL, shape(p, in));
            }
            case Elementwise.Fma _ -> {
                count(p, in.size(), 3);
                sameDtype(p, in, 0);
                accept(p, in, in.get(0).dtype().isFloating());
                yield new ArrayType(in.get(0).dtype(), shape(p, in));
            }
            case Elementwise.SelectN _ -> select(p, in);
            case Elementwise.Clamp _ -> {
                count(p, in.size(), 3);
                sameDtype(p, in, 0);
                yield new ArrayType(in.get(0).dtype(), shape(p, in));
            }
            case Elementwise.ConvertElementType(DType to) -> {
                count(p, in.size(), 1);
                yield in.get(0).type().withDType(to);
            }
            case Elementwise.BitcastConvertType(DType to) -> {
                count(p, in.size(), 1);
                DType from = in.get(0).dtype();
                accept(p, in, from.byteSize() == to.byteSize() && from != DType.BOOL && to != DType.BOOL);
                yield in.get(0).type().withDType(to);
            }
            case Elementwise.StopGradient _, Elementwise.Named _, Elementwise.Copy _ -> {
                count(p, in.size(), 1);
                yield in.get(0).type();
            }
        };
    }

    private static ArrayType select(Elementwise p, Array<? extends Atom> in) {
        if (in.size() < 2) {
            throw FluxionException.of(ErrorCode.OPERAND_COUNT, "select_n: takes a predicate and at least one case");
        }
        DType which = in.get(0).dtype();
        accept(p, in, which == DType.INT32 || (which == DType.BOOL && in.size() <= 3));
        sameDtype(p, in, 1);
        return new ArrayType(in.get(1).dtype(), shape(p, in));
    }

    private static void sameDtype(Elementwise p, Array<? extends Atom> in, int from) {
        for (int i = from + 1; i < in.size(); i++) {
            if (in.get(i).dtype() != in.get(from).dtype()) {
                throw FluxionException.of(ErrorCode.DTYPE_MISMATCH, p.name() + ": operands have different dtypes")
                        .detail("operands are " + types(in))
                        .hint("convert one with astype");
            }
        }
    }

    private static void accept(Elementwise p, Array<? extends Atom> in, boolean accepted) {
        if (!accepted) {
            throw FluxionException.of(ErrorCode.DTYPE_MISMATCH, p.name() + ": not defined for " + types(in))
                    .hint("convert with astype");
        }
    }

    /** The one shape of all operands, rank-0 literals aside. */
    private static Shape shape(Elementwise p, Array<? extends Atom> in) {
        Shape shape = null;
        for (Atom atom : in) {
            if (atom instanceof Literal) {
                continue;
            }
            if (shape == null) {
                shape = atom.shape();
            } else if (!shape.equals(atom.shape())) {
                throw FluxionException.of(ErrorCode.SHAPE_MISMATCH, p.name() + ": operands have different shapes")
                        .detail("operands are " + types(in))
                        .hint("operations of the IR do not broadcast; the functions of dev.fluxion.numpy do");
            }
        }
        return shape == null ? Shape.SCALAR : shape;
    }

    private static String types(Array<? extends Atom> in) {
        return in.map(Atom::type).mkString(", ");
    }
}
