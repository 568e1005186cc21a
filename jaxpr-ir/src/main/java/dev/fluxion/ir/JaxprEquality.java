package dev.fluxion.ir;

import dev.fluxion.ir.Parameters.Parameter;
import io.vavr.collection.Array;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether two programs are the same up to the names of variables: equal constants (bit by bit), types, equations in order,
 * sub-programs and derivative rules. Source locations do not count. Compares what {@link StructuralHash} only summarises.
 */
public final class JaxprEquality {
    private record Pair(Object left, Object right) {}

    /**
     * Programs and rules compared already or under comparison. One difference anywhere decides the whole, so that they
     * count as equal: this ends the comparison of rules that contain themselves, and makes sharing cheap.
     */
    private final Set<Pair> compared = new HashSet<>();

    private JaxprEquality() {}

    /** True when {@code left} becomes {@code right} by renaming variables. */
    public static boolean alphaEqual(Jaxpr left, Jaxpr right) {
        return new JaxprEquality().equal(left, right);
    }

    private boolean equal(Jaxpr left, Jaxpr right) {
        if (left == right || !compared.add(new Pair(left, right))) {
            return true;
        }
        Map<Var, Var> renaming = new IdentityHashMap<>();
        return bindConstants(renaming, left.constants(), right.constants())
                && bind(renaming, left.inputs(), right.inputs())
                && equations(renaming, left.equations(), right.equations())
                && atoms(renaming, left.outputs(), right.outputs());
    }

    private boolean equations(Map<Var, Var> renaming, Array<Equation> left, Array<Equation> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            Equation a = left.get(i);
            Equation b = right.get(i);
            if (!primitives(a.primitive(), b.primitive())
                    || !atoms(renaming, a.inputs(), b.inputs())
                    || !bind(renaming, a.outputs(), b.outputs())) {
                return false;
            }
        }
        return true;
    }

    private boolean primitives(Primitive left, Primitive right) {
        return left.equals(right) || (left instanceof Control && right instanceof Control && records(left, right));
    }

    private boolean records(Primitive left, Primitive right) {
        if (left.getClass() != right.getClass()) {
            return false;
        }
        Array<Parameter> a = Parameters.components(left);
        Array<Parameter> b = Parameters.components(right);
        return a.zip(b).forAll(pair -> values(pair._1.value(), pair._2.value()));
    }

    private boolean values(Object left, Object right) {
        if (left instanceof Jaxpr a && right instanceof Jaxpr b) {
            return equal(a, b);
        }
        if (left instanceof LazyJaxpr a && right instanceof LazyJaxpr b) {
            return rules(a, b);
        }
        if (left instanceof Array<?> a && right instanceof Array<?> b) {
            return a.size() == b.size() && a.zip(b).forAll(pair -> values(pair._1, pair._2));
        }
        return Objects.equals(left, right);
    }

    private boolean rules(LazyJaxpr left, LazyJaxpr right) {
        return left == right || !compared.add(new Pair(left, right)) || equal(left.get(), right.get());
    }

    private static boolean bindConstants(Map<Var, Var> renaming, Array<Constant> left, Array<Constant> right) {
        return bind(renaming, left.map(Constant::var), right.map(Constant::var))
                && left.zip(right)
                        .forAll(pair -> sameBits(
                                pair._1.value().toHostArray(), pair._2.value().toHostArray()));
    }

    /** NaNs count by their bits too. */
    private static boolean sameBits(Object left, Object right) {
        return left instanceof boolean[] || right instanceof boolean[]
                ? Objects.deepEquals(left, right)
                : segment(left).mismatch(segment(right)) == -1;
    }

    private static MemorySegment segment(Object elements) {
        return switch (elements) {
            case int[] values -> MemorySegment.ofArray(values);
            case long[] values -> MemorySegment.ofArray(values);
            case float[] values -> MemorySegment.ofArray(values);
            case double[] values -> MemorySegment.ofArray(values);
            default -> throw new IllegalArgumentException("not elements of an array: " + elements.getClass());
        };
    }

    private static boolean bind(Map<Var, Var> renaming, Array<Var> left, Array<Var> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!left.get(i).type().equals(right.get(i).type())) {
                return false;
            }
            renaming.put(left.get(i), right.get(i));
        }
        return true;
    }

    private static boolean atoms(Map<Var, Var> renaming, Array<Atom> left, Array<Atom> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            boolean same = switch (left.get(i)) {
                case Var var -> renaming.get(var) == right.get(i);
                case Literal literal -> literal.equals(right.get(i));
            };
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
