package dev.fluxion.numerics.plan;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Shape;
import java.util.List;

/** Reductions, and the dot products: matrix products, products with a vector (sums of products), outer products. */
final class ReductionPlanning {
    private final Fusion fusion;
    private final Buffers buffers;

    ReductionPlanning(Fusion fusion, Buffers buffers) {
        this.fusion = fusion;
        this.buffers = buffers;
    }

    /** @param shape the shape of the result */
    Value reduce(ReduceOp op, Ints axes, Value x, Shape shape) {
        Shape from = shapeOf(x);
        Ints space = Region.space(from);
        Ints reduced = withoutUnits(from, axes);
        if (reduced.isEmpty()) {
            return switch (x) {
                case Value.Splat(var literal, var _) -> new Value.Splat(literal, shape);
                case Value.View(Node node, Layout layout) ->
                    new Value.View(node, layout.select(axes.complement(layout.rank())));
            };
        }
        Value operand = x;
        boolean direct = x instanceof Value.View view
                && (view.isWhole()
                        || Nest.ofReduction(space, reduced).fits(view.layout().withoutUnits()));
        if (x instanceof Value.View && !direct) {
            operand = buffers.whole(x);
        }
        return Value.whole(fusion.reduction(op, space, reduced, operand), shape);
    }

    /** The given axes as axes of the shape without its axes of size 1. */
    private static Ints withoutUnits(Shape shape, Ints axes) {
        int[] position = new int[shape.rank()];
        int next = 0;
        for (int axis = 0; axis < position.length; axis++) {
            position[axis] = next;
            next += shape.dim(axis) == 1 ? 0 : 1;
        }
        return Ints.of(axes.stream().filter(axis -> shape.dim(axis) != 1).map(axis -> position[axis]))
                .sorted();
    }

    private static Shape shapeOf(Value value) {
        return switch (value) {
            case Value.Splat(var _, Shape shape) -> shape;
            case Value.View(var _, Layout layout) -> Shape.of(layout.dims());
        };
    }

    Value dot(DotDimensionNumbers d, Value lhs, Value rhs, ArrayType type) {
        Value.View left = buffers.view(lhs);
        Value.View right = buffers.view(rhs);
        Ints leftFree = d.lhsFree(left.layout().rank());
        Ints rightFree = d.rhsFree(right.layout().rank());
        Layout a = left.layout().select(d.lhsBatch().concat(leftFree).concat(d.lhsContracting()));
        Layout b = right.layout().select(d.rhsBatch().concat(d.rhsContracting()).concat(rightFree));
        Sizes sizes = new Sizes(
                Shape.of(d.lhsBatch().map(left.layout()::dim)),
                Shape.of(leftFree.map(left.layout()::dim)),
                Shape.of(rightFree.map(right.layout()::dim)),
                Shape.of(d.lhsContracting().map(left.layout()::dim)));
        if (sizes.rows().size() == 1
                || sizes.columns().size() == 1
                || sizes.contracted().isScalar()) {
            return sumOfProducts(new Value.View(left.node(), a), new Value.View(right.node(), b), sizes, type);
        }
        Value.View rows = new Value.View(left.node(), a);
        Value.View columns = new Value.View(right.node(), b);
        Node output = sharesRight(rows, columns, sizes)
                ? product(
                        rows,
                        new Value.View(
                                right.node(), b.select(Ints.range(d.lhsBatch().size(), b.rank()))),
                        sizes.joined(),
                        type)
                : product(rows, columns, sizes, type);
        return Value.whole(output, type.shape());
    }

    /** The sizes of the groups of axes of a dot product. */
    private record Sizes(Shape batch, Shape rows, Shape columns, Shape contracted) {
        /** The batch as further rows. */
        Sizes joined() {
            return new Sizes(Shape.SCALAR, Shape.of(batch.dims().concat(rows.dims())), columns, contracted);
        }
    }

    /** Whether all matrices of a batch have the same right operand, and the rows of all left ones are evenly spaced. */
    private static boolean sharesRight(Value.View a, Value.View b, Sizes sizes) {
        int batches = sizes.batch().rank();
        return batches > 0
                && Ints.range(batches).stream()
                        .allMatch(axis ->
                                b.layout().stride(axis) == 0 || sizes.batch().dim(axis) == 1)
                && MatrixView.of(a, 0, batches + sizes.rows().rank()) != null;
    }

    /**
     * Products of the elements in a region, summed over the contracted axes. These stand last when there is one column, so
     * that each element of the result is the sum of a row; with one row they stand before the columns.
     */
    private Value sumOfProducts(Value.View a, Value.View b, Sizes sizes, ArrayType type) {
        Ints batch = Ints.range(sizes.batch().rank());
        int next = batch.size();
        Ints rows = Ints.range(next, next + sizes.rows().rank());
        next += rows.size();
        int contractedRank = sizes.contracted().rank();
        int columnRank = sizes.columns().rank();
        boolean contractedLast = sizes.columns().size() == 1;
        Ints columns = Ints.range(0, columnRank)
                .map(axis -> axis + batch.size() + rows.size() + (contractedLast ? 0 : contractedRank));
        Ints contracted = Ints.range(0, contractedRank)
                .map(axis -> axis + batch.size() + rows.size() + (contractedLast ? columnRank : 0));
        Ints dims = sizes.batch().dims().concat(sizes.rows().dims());
        Shape space = Shape.of(
                contractedLast
                        ? dims.concat(sizes.columns().dims())
                                .concat(sizes.contracted().dims())
                        : dims.concat(sizes.contracted().dims())
                                .concat(sizes.columns().dims()));
        Layout left = a.layout().broadcast(space, batch.concat(rows).concat(contracted));
        Layout right = b.layout().broadcast(space, batch.concat(contracted).concat(columns));
        List<Value> operands = List.of(new Value.View(a.node(), left), new Value.View(b.node(), right));
        Ints longDims = Region.space(space);
        Elementwise multiply = new Elementwise.Binary(BinaryOp.MUL);
        Node products = fusion.elementwise(multiply, longDims, operands, 1, List.of(type.dtype()))
                .get(0);
        return reduce(ReduceOp.SUM, contracted, Value.whole(products, space), type.shape());
    }

    private Node product(Value.View a, Value.View b, Sizes sizes, ArrayType type) {
        int batches = sizes.batch().rank();
        MatrixView left = matrix(a, batches, sizes.rows().rank());
        MatrixView right = matrix(b, batches, sizes.contracted().rank());
        Node output = buffers.output(type);
        int m = sizes.rows().size();
        int n = sizes.columns().size();
        int k = sizes.contracted().size();
        fusion.append(new DotStep(left, right, sizes.batch(), m, n, k, output));
        return output;
    }

    /** The operand as matrices: copied when its rows or columns are not evenly spaced. */
    private MatrixView matrix(Value.View view, int batches, int rowRank) {
        MatrixView direct = MatrixView.of(view, batches, rowRank);
        return direct != null ? direct : MatrixView.of(buffers.whole(view), batches, rowRank);
    }
}
