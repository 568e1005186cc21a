package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Shape;
import dev.fluxion.numerics.kernels.StridedCopy;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** {@code output = a window of from}: dynamic_slice. */
record WindowRead(Node from, Window window, Node output) implements Step {
    @Override
    public List<Node> reads() {
        return Stream.concat(Stream.of(from), window.reads().stream()).toList();
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
        return Cost.move(output.size());
    }

    @Override
    public Instruction emit() {
        int[] dims = window.layout().dims();
        Layout target = Layout.contiguous(Shape.of(dims));
        StridedCopy copy = new StridedCopy(dims, window.layout().strides(), target.strides());
        Place read = from.place();
        Place written = output.place();
        ToIntFunction<Object[]> offset = window.offset();
        return slots -> copy.run(
                read.array(slots),
                read.start(slots) + offset.applyAsInt(slots),
                written.array(slots),
                written.start(slots));
    }
}
