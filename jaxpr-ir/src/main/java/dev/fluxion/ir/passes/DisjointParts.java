package dev.fluxion.ir.passes;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Shape;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Arrays padded with zeros to one shape, no two of which overlap. */
final class DisjointParts {
    /** Parts that differ along several axes are compared each with each. */
    private static final int MOST_BOXES = 32;

    /** {@code padded} has the elements of {@code part} from {@code start} on. */
    private record Part(Ints start, Atom part, Atom padded) {
        int start(int axis) {
            return start.get(axis);
        }

        int end(int axis) {
            return start.get(axis) + part.shape().dim(axis);
        }

        boolean overlaps(Part other) {
            return Ints.range(start.size()).stream()
                    .allMatch(axis -> start(axis) < other.end(axis) && other.start(axis) < end(axis));
        }
    }

    private final ArrayType type;
    private final List<Part> parts = new ArrayList<>();

    /** The parts by where they begin, while all of them fill the other axes. */
    private final TreeMap<Integer, Part> byStart = new TreeMap<>();

    private int axis = -1;

    DisjointParts(ArrayType type) {
        this.type = type;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Adds a part that overlaps none of the others and has elements; else leaves all as it is and returns false. */
    boolean add(Movement.Pad pad, Atom part, Atom padded) {
        if (part.shape().size() == 0) {
            return false;
        }
        Part added = new Part(pad.low(), part, padded);
        int along = onlyAxis(added);
        boolean inLine = along >= 0 && (parts.isEmpty() || (along == axis && byStart.size() == parts.size()));
        boolean fits = inLine ? fitsInLine(added, along) : fitsAmongBoxes(added);
        if (fits) {
            if (inLine) {
                axis = along;
                byStart.put(added.start(along), added);
            }
            parts.add(added);
        }
        return fits;
    }

    /** The one axis along which the part is shorter than the whole, or -1. */
    private int onlyAxis(Part part) {
        int[] shorter = Ints.range(type.rank()).stream()
                .filter(d -> part.part.shape().dim(d) < type.shape().dim(d))
                .toArray();
        return shorter.length == 1 ? shorter[0] : -1;
    }

    private boolean fitsInLine(Part added, int along) {
        Map.Entry<Integer, Part> before = byStart.floorEntry(added.start(along));
        Map.Entry<Integer, Part> behind = byStart.ceilingEntry(added.start(along));
        return (before == null || before.getValue().end(along) <= added.start(along))
                && (behind == null || added.end(along) <= behind.getKey());
    }

    private boolean fitsAmongBoxes(Part added) {
        return parts.size() < MOST_BOXES && parts.stream().noneMatch(added::overlaps);
    }

    /** The sum of all padded arrays. */
    Atom together(BiFunction<Primitive, Array<Atom>, Atom> append) {
        if (parts.size() == 1) {
            return parts.get(0).padded();
        }
        return byStart.size() == parts.size() ? concatenated(append) : overwritten(append);
    }

    private Atom concatenated(BiFunction<Primitive, Array<Atom>, Atom> append) {
        List<Atom> pieces = new ArrayList<>();
        int at = 0;
        for (Part part : byStart.values()) {
            zeros(at, part.start(axis), pieces, append);
            pieces.add(part.part());
            at = part.end(axis);
        }
        zeros(at, type.shape().dim(axis), pieces, append);
        return append.apply(new Movement.Concatenate(axis), Array.ofAll(pieces));
    }

    private void zeros(int from, int to, List<Atom> pieces, BiFunction<Primitive, Array<Atom>, Atom> append) {
        if (from < to) {
            Shape gap = type.shape().with(axis, to - from);
            Atom zero = Literal.of(type.dtype(), 0L);
            pieces.add(append.apply(new Movement.BroadcastInDim(gap, Ints.of()), Array.of(zero)));
        }
    }

    private Atom overwritten(BiFunction<Primitive, Array<Atom>, Atom> append) {
        Atom all = parts.get(0).padded();
        for (Part part : parts.subList(1, parts.size())) {
            Array<Atom> starts =
                    Array.ofAll(part.start().stream().mapToObj(i -> (Atom) Literal.of(DType.INT32, (long) i)));
            all = append.apply(
                    new Movement.DynamicUpdateSlice(),
                    Array.of(all, part.part()).appendAll(starts));
        }
        return all;
    }
}
