package dev.fluxion.numerics.components;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import io.vavr.collection.Array;

/** A value of the program in the making: whole, as its components, or both. Each form is made when it is first asked for. */
final class Parts {
    private final JaxprBuilder builder;
    private final Shape shape;
    private final SourceInfo source;
    private Atom whole;
    private TinyAxes axes;
    private Array<Atom> components;

    private Parts(JaxprBuilder builder, Shape shape, SourceInfo source) {
        this.builder = builder;
        this.shape = shape;
        this.source = source;
    }

    static Parts whole(JaxprBuilder builder, Atom atom, SourceInfo source) {
        Parts parts = new Parts(builder, atom.shape(), source);
        parts.whole = atom;
        return parts;
    }

    /** @param components of shape {@code axes.lead()} each, in row-major order of the tiny axes */
    static Parts of(JaxprBuilder builder, TinyAxes axes, Array<Atom> components, SourceInfo source) {
        Parts parts = new Parts(builder, axes.shape(), source);
        parts.axes = axes;
        parts.components = components;
        return parts;
    }

    Shape shape() {
        return shape;
    }

    /** The array. */
    Atom whole() {
        if (whole == null) {
            Shape single = axes.lead().concat(Shape.of(1));
            Array<Atom> columns = components.map(part -> append(new Movement.Reshape(single), part));
            Atom joined = columns.size() == 1
                    ? columns.get(0)
                    : builder.append(new Movement.Concatenate(axes.lead().rank()), columns, source)
                            .get(0);
            whole = append(new Movement.Reshape(shape), joined);
        }
        return whole;
    }

    /** The components along the last {@code rank} axes. */
    Array<Atom> components(int rank) {
        if (components != null && axes.trail().rank() == rank) {
            return components;
        }
        TinyAxes wanted = TinyAxes.at(shape, rank);
        Array<Atom> slices = Array.range(0, wanted.count()).map(number -> slice(wanted, number));
        if (components == null) {
            axes = wanted;
            components = slices;
        }
        return slices;
    }

    private Atom slice(TinyAxes wanted, int number) {
        if (shape.equals(wanted.lead())) {
            return whole();
        }
        int first = wanted.lead().rank();
        int[] start = new int[shape.rank()];
        System.arraycopy(wanted.index(number), 0, start, first, shape.rank() - first);
        int[] limit = shape.toArray();
        for (int axis = first; axis < limit.length; axis++) {
            limit[axis] = start[axis] + 1;
        }
        Movement slice = new Movement.Slice(Ints.of(start), Ints.of(limit), Ints.fill(limit.length, 1));
        return append(new Movement.Reshape(wanted.lead()), append(slice, whole()));
    }

    private Atom append(Primitive primitive, Atom operand) {
        return builder.append(primitive, Array.of(operand), source).get(0);
    }
}
