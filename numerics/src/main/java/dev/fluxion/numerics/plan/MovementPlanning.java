package dev.fluxion.numerics.plan;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/** Movements: views where strides can express them, copies where not. */
final class MovementPlanning {
    private final Fusion fusion;
    private final Buffers buffers;

    MovementPlanning(Fusion fusion, Buffers buffers) {
        this.fusion = fusion;
        this.buffers = buffers;
    }

    Value plan(Movement p, List<Value> in, ArrayType type) {
        return switch (p) {
            case Movement.BroadcastInDim _,
                    Movement.Reshape _,
                    Movement.Transpose _,
                    Movement.Squeeze _,
                    Movement.ExpandDims _,
                    Movement.Slice _,
                    Movement.Rev _ -> view(p, in.get(0), type.shape());
            case Movement.Iota(DType dtype, Shape shape, int dimension) -> {
                int size = shape.dim(dimension);
                Layout line = Layout.contiguous(Shape.of(size));
                yield new Value.View(buffers.iota(dtype, size), line.broadcast(shape, Ints.of(dimension)));
            }
            case Movement.Concatenate(int dimension) -> concatenate(in, dimension, type);
            case Movement.Pad pad -> pad(pad, in.get(0), in.get(1), type);
            case Movement.DynamicSlice _ -> dynamicSlice(in, type);
            case Movement.DynamicUpdateSlice _ -> dynamicUpdateSlice(in, type);
        };
    }

    private Value view(Movement p, Value x, Shape shape) {
        return switch (x) {
            case Value.Splat(var literal, var _) -> new Value.Splat(literal, shape);
            case Value.View view -> {
                Layout layout = Views.of(p, view.layout(), shape);
                if (layout == null) {
                    Value.View whole = buffers.whole(view);
                    yield new Value.View(whole.node(), Views.of(p, whole.layout(), shape));
                }
                yield new Value.View(view.node(), layout);
            }
        };
    }

    private Value concatenate(List<Value> in, int dimension, ArrayType type) {
        List<Value.View> parts = in.stream().map(buffers::view).toList();
        Node output = buffers.output(type);
        Layout target = Layout.contiguous(type.shape());
        List<Placement> placements = new ArrayList<>();
        int[] start = new int[type.rank()];
        for (Value.View part : parts) {
            Shape shape = Shape.of(part.layout().dims());
            Layout place = target.slice(Ints.of(start), shape, Ints.fill(type.rank(), 1));
            placements.add(new Placement(part.node(), part.layout(), place));
            start[dimension] += shape.dim(dimension);
        }
        return append(new Assembly(null, placements, output), type);
    }

    private Value pad(Movement.Pad p, Value x, Value value, ArrayType type) {
        Value.View view = buffers.view(x);
        Scalar filling = Scalar.of(value);
        int rank = type.rank();
        int[] start = new int[rank];
        int[] sizes = new int[rank];
        int[] first = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int step = p.interior().get(axis) + 1;
            int low = p.low().get(axis);
            // Elements before and behind the result are cut off.
            start[axis] = low >= 0 ? 0 : Math.ceilDiv(-low, step);
            int end =
                    Math.min(view.layout().dim(axis), Math.ceilDiv(type.shape().dim(axis) - low, step));
            sizes[axis] = Math.max(0, end - start[axis]);
            first[axis] = low + start[axis] * step;
        }
        Node output = buffers.output(type);
        Layout source = view.layout().slice(Ints.of(start), Shape.of(sizes), Ints.fill(rank, 1));
        Layout place = Layout.contiguous(type.shape())
                .slice(Ints.of(first), Shape.of(sizes), p.interior().map(gap -> gap + 1));
        return append(new Assembly(filling, List.of(new Placement(view.node(), source, place)), output), type);
    }

    private Value append(Assembly step, ArrayType type) {
        fusion.append(step);
        return Value.whole(step.output(), type.shape());
    }

    private Value dynamicSlice(List<Value> in, ArrayType type) {
        Value.View view = buffers.view(in.get(0));
        List<Scalar> starts = in.subList(1, in.size()).stream().map(Scalar::of).toList();
        Node output = buffers.output(type);
        Window window = Window.of(view.layout(), type.shape(), starts);
        WindowRead step = new WindowRead(view.node(), window, output);
        fusion.append(step);
        return Value.whole(output, type.shape());
    }

    private Value dynamicUpdateSlice(List<Value> in, ArrayType type) {
        Value.View base = buffers.view(in.get(0));
        Value.View update = buffers.view(in.get(1));
        List<Scalar> starts = in.subList(2, in.size()).stream().map(Scalar::of).toList();
        Node output = buffers.output(type);
        Window window = Window.of(
                Layout.contiguous(type.shape()), Shape.of(update.layout().dims()), starts);
        WindowWrite step = new WindowWrite(base, update, window, output);
        fusion.append(step);
        return Value.whole(output, type.shape());
    }
}
