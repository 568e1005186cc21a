package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Shape;
import dev.fluxion.numerics.kernels.StridedCopy;
import java.util.List;

/** {@code to = from, seen through layout}: a move that could not be left to its reader. */
record Copy(Node from, Layout layout, Node to) implements Step {
    @Override
    public List<Node> reads() {
        return List.of(from);
    }

    @Override
    public List<Node> writes() {
        return List.of(to);
    }

    @Override
    public boolean writesSlices() {
        return true;
    }

    @Override
    public long nanos() {
        return Cost.move(to.size());
    }

    @Override
    public Instruction emit() {
        Layout target = Layout.contiguous(Shape.of(layout.dims()));
        return instruction(from, layout, to, target);
    }

    /** Copies between two layouts over the same index space. */
    static Instruction instruction(Node from, Layout source, Node to, Layout target) {
        StridedCopy copy = new StridedCopy(source.dims(), source.strides(), target.strides());
        Place read = from.place();
        Place written = to.place();
        int fromOffset = source.offset();
        int toOffset = target.offset();
        return slots -> copy.run(
                read.array(slots),
                fromOffset + read.start(slots),
                written.array(slots),
                toOffset + written.start(slots));
    }
}
