package dev.fluxion.numerics.plan;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Shape;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.HostData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings values into the forms that steps read, and keeps the arrays that belong to the plan itself. */
final class Buffers {
    /** An array of the plan: read in every run, never written. */
    record Held(Node node, Object data) {}

    private record Counting(DType dtype, int size) {}

    private final Fusion fusion;
    private final List<Held> constants = new ArrayList<>();
    private final Map<Counting, Node> iotas = new HashMap<>();
    private final Map<Literal, Node> scalars = new HashMap<>();

    Buffers(Fusion fusion) {
        this.fusion = fusion;
    }

    List<Held> constants() {
        return constants;
    }

    Node constant(HostArray array) {
        Node node = Node.input(array.type().dtype(), array.type().size());
        constants.add(new Held(node, array.data()));
        return node;
    }

    /** The output of the next step. */
    Node output(ArrayType type) {
        return Node.stored(type.dtype(), type.size(), fusion.next());
    }

    /** {@code 0, 1, ..., size-1}. */
    Node iota(DType dtype, int size) {
        return iotas.computeIfAbsent(new Counting(dtype, size), key -> {
            Object data = HostData.allocate(dtype, size);
            for (int i = 0; i < size; i++) {
                HostData.put(data, i, Literal.of(dtype, (long) i));
            }
            return constant(HostArray.wrap(ArrayType.of(dtype, size), data));
        });
    }

    /** The value as elements of some buffer. */
    Value.View view(Value value) {
        return switch (value) {
            case Value.View view -> view;
            case Value.Splat(Literal literal, Shape shape) -> {
                Node node = scalars.computeIfAbsent(literal, x -> constant(HostArray.of(x)));
                yield new Value.View(node, Layout.contiguous(Shape.SCALAR).broadcast(shape, Ints.of()));
            }
        };
    }

    /** The value as a buffer that holds just its elements in row-major order: copied there unless it is one. */
    Value.View whole(Value value) {
        Value.View view = view(value);
        if (view.isWhole() && !view.node().isSlice()) {
            view.node().pin();
            return view;
        }
        Shape shape = Shape.of(view.layout().dims());
        return Value.whole(copy(view), shape);
    }

    /** A new array with the elements of the view. */
    Node copy(Value.View view) {
        Node copy = output(new ArrayType(view.dtype(), Shape.of(view.layout().dims())));
        fusion.append(new Copy(view.node(), view.layout(), copy));
        return copy;
    }
}
