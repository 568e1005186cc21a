package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Shape;
import dev.fluxion.numerics.kernels.StridedCopy;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** {@code output = base with a window replaced by update}: dynamic_update_slice, in place where base dies. */
record WindowWrite(Value.View base, Value.View update, Window window, Node output) implements Step {
    @Override
    public List<Node> reads() {
        return Stream.concat(Stream.of(base.node(), update.node()), window.reads().stream())
                .toList();
    }

    @Override
    public List<Node> writes() {
        return List.of(output);
    }

    @Override
    public Node inPlace(Node written, Predicate<Node> dying) {
        boolean others = update.node() == base.node() || window.reads().contains(base.node());
        return base.isWhole() && !base.node().isSlice() && !others && dying.test(base.node()) ? base.node() : null;
    }

    @Override
    public long nanos() {
        return Cost.move(update.layout().size());
    }

    @Override
    public Instruction emit() {
        int[] dims = window.layout().dims();
        Layout target = Layout.contiguous(Shape.of(base.layout().dims()));
        Instruction whole = Copy.instruction(base.node(), base.layout(), output, target);
        StridedCopy part =
                new StridedCopy(dims, update.layout().strides(), window.layout().strides());
        int updateOffset = update.layout().offset();
        Place read = update.node().place();
        int toSlot = output.slot();
        ToIntFunction<Object[]> offset = window.offset();
        boolean inPlace = base.node().slot() == toSlot;
        return slots -> {
            if (!inPlace) {
                whole.run(slots);
            }
            part.run(read.array(slots), read.start(slots) + updateOffset, slots[toSlot], offset.applyAsInt(slots));
        };
    }
}
