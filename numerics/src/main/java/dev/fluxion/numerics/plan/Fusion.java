package dev.fluxion.numerics.plan;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ReduceOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of a plan in their order of execution. An elementwise operation joins an existing region of its index space
 * when all it reads is there by then: the region of an operand first, else one that reads the same arrays, else the
 * latest of that space.
 */
final class Fusion {
    private final List<Step> steps = new ArrayList<>();
    private final Map<Ints, Region> latest = new HashMap<>();

    List<Step> steps() {
        return steps;
    }

    /** The position of the next step. */
    int next() {
        return steps.size();
    }

    void append(Step step) {
        for (Node node : step.reads()) {
            node.readBy(next());
        }
        steps.add(step);
    }

    /** Elementwise work over the index space {@code dims}; {@code outputs} values of one dtype each come out. */
    List<Node> elementwise(Primitive primitive, Ints dims, List<Value> operands, int cost, List<DType> outputs) {
        Region region = place(dims, operands, cost, null);
        int size = 1;
        for (int axis = 0; axis < dims.size(); axis++) {
            size *= dims.get(axis);
        }
        List<Node> nodes = new ArrayList<>(outputs.size());
        for (DType dtype : outputs) {
            nodes.add(Node.inRegion(dtype, size, region.index()));
        }
        region.add(new Region.Member(primitive, operands, nodes), cost);
        return nodes;
    }

    /** A reduction over the given axes of the index space {@code dims}. */
    Node reduction(ReduceOp op, Ints dims, Ints axes, Value operand) {
        Nest loops = Nest.ofReduction(dims, axes);
        Region region = place(dims, List.of(operand), 1, loops);
        int size = axes.complement(dims.size()).stream().map(dims::get).reduce(1, (a, b) -> a * b);
        Node output = Node.stored(operand.dtype(), size, region.index());
        region.add(new Region.End(op, operand, axes, output), loops);
        return output;
    }

    private Region place(Ints dims, List<Value> operands, int cost, Nest wanted) {
        int earliest = 0;
        Region producer = null;
        Region reader = null;
        for (Value operand : operands) {
            if (!(operand instanceof Value.View view)) {
                continue;
            }
            int made = view.node().producer();
            if (made >= 0
                    && steps.get(made) instanceof Region region
                    && region.dims().equals(dims)
                    && region.holds(view)) {
                earliest = Math.max(earliest, made);
                producer = later(producer, region);
            } else {
                earliest = Math.max(earliest, made + 1);
            }
            Region last = view.node().lastReader();
            if (last != null && last.dims().equals(dims)) {
                reader = later(reader, last);
            }
        }
        for (Region candidate : new Region[] {producer, reader, latest.get(dims)}) {
            if (candidate != null && candidate.index() >= earliest && candidate.accepts(operands, cost, wanted)) {
                return candidate;
            }
        }
        Region region = new Region(next(), dims);
        append(region);
        latest.put(dims, region);
        return region;
    }

    private static Region later(Region a, Region b) {
        return a == null || b.index() > a.index() ? b : a;
    }
}
