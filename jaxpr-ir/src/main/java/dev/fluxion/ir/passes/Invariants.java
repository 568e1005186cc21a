package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Effects;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.Var;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the program of a loop computes in every step from the same values, and which of it had better be computed once.
 *
 * <p>A number that is read from memory costs more than one that is made on the way: moves, repeated values and index arrays
 * stay in the loop, and so do sums and products of repeated values. Products of matrices, reductions, copies and
 * sub-programs go, for they need memory anyway; elementary functions, and other elementwise operations on whole arrays, go
 * as long as they need no more memory than what the loop reads and writes.
 *
 * <p>One pass forward tells what is the same in all steps, one pass backward what the loop still needs of it.
 */
final class Invariants {
    /** Operations on each element that are worth a stored array larger than what they read. */
    private static final int DEAR = 8;

    private enum Kind {
        /** A move that is done in reading, or a repeated value. */
        VIEW,
        /** Elementwise. */
        FUSED,
        /** Needs memory for its result wherever it stands. */
        STORED
    }

    /**
     * @param source the elements of the largest array in memory that it is made from
     * @param work the elementwise operations since then
     */
    private record Value(long source, int work) {}

    private final Map<Var, Value> values = new IdentityHashMap<>();
    private final Map<Var, Boolean> needed = new IdentityHashMap<>();
    private final Set<Equation> pays = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Equation> inLoop = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Var> moved = new ArrayList<>();
    private final boolean runs;
    private long room;

    /**
     * @param fixed the inputs that are the same in every step
     * @param outputs the results that the loop still has to give
     * @param room how many bytes elementwise results may take
     * @param runs whether the program runs at least once
     */
    Invariants(Jaxpr program, Iterable<Var> fixed, Iterable<Atom> outputs, long room, boolean runs) {
        this.room = room;
        this.runs = runs;
        fixed.forEach(in -> values.put(in, new Value(in.shape().size(), 0)));
        program.equations().forEach(this::meet);
        outputs.forEach(out -> need(out, true));
        for (int i = program.equations().size() - 1; i >= 0; i--) {
            settle(program.equations().get(i));
        }
    }

    /** Whether the value is the same in every step. */
    boolean holds(Atom atom) {
        return atom instanceof Literal || (atom instanceof Var var && values.containsKey(var));
    }

    /** Whether all results of the equation are the same in every step. */
    boolean holds(Equation equation) {
        return equation.outputs().forAll(this::holds) && !equation.outputs().isEmpty();
    }

    /** Whether the equation stays in the loop. */
    boolean stays(Equation equation) {
        return inLoop.contains(equation);
    }

    /** Whether the loop reads the value. */
    boolean needs(Var var) {
        return needed.containsKey(var);
    }

    /** The values computed in front of the loop that it reads. */
    List<Var> moved() {
        return moved.reversed();
    }

    private void meet(Equation equation) {
        Primitive primitive = equation.primitive();
        if (!equation.inputs().forAll(this::holds) || !isMovable(primitive)) {
            return;
        }
        Kind kind = kind(primitive);
        long source = 1;
        int work = kind == Kind.FUSED ? work(primitive) : 0;
        for (Atom in : equation.inputs()) {
            Value value = in instanceof Var var ? values.get(var) : new Value(1, 0);
            source = Math.max(source, value.source());
            work = Math.min(DEAR, work + value.work());
        }
        if (primitive instanceof Movement.Iota iota) {
            source = iota.shape().dim(iota.dimension());
        }
        for (Var out : equation.outputs()) {
            int size = out.shape().size();
            if (kind == Kind.STORED || (kind == Kind.FUSED && (work == DEAR || size <= source))) {
                pays.add(equation);
            }
            values.put(out, pays.contains(equation) ? new Value(size, 0) : new Value(source, work));
        }
    }

    private void settle(Equation equation) {
        Kind kind = kind(equation.primitive());
        if (holds(equation)) {
            if (!equation.outputs().exists(this::needs)) {
                return;
            }
            if (moves(equation, kind)) {
                moved.addAll(equation.outputs().filter(this::needs).asJava());
                return;
            }
        }
        inLoop.add(equation);
        boolean stored = kind == Kind.STORED && !(equation.primitive() instanceof Reduction.Reduce);
        boolean through = kind == Kind.VIEW
                && !(equation.primitive() instanceof Movement.BroadcastInDim)
                && equation.outputs().exists(out -> needed.getOrDefault(out, false));
        equation.inputs().forEach(in -> need(in, stored || through));
    }

    /** Notes that the loop reads a value. @param stored whether its reader wants to find it in memory */
    private void need(Atom atom, boolean stored) {
        if (atom instanceof Var var) {
            needed.merge(var, stored, Boolean::logicalOr);
        }
    }

    private boolean moves(Equation equation, Kind kind) {
        return switch (kind) {
            case VIEW -> false;
            case STORED -> true;
            case FUSED -> equation.outputs().exists(out -> needed.getOrDefault(out, false)) || fits(equation);
        };
    }

    private boolean fits(Equation equation) {
        long bytes = equation.outputs()
                .filter(this::needs)
                .map(out -> out.type().byteSize())
                .sum()
                .longValue();
        boolean fits = pays.contains(equation) && bytes <= room;
        room -= fits ? bytes : 0;
        return fits;
    }

    /**
     * Whether the operation may run once instead of in every step, and though no step may run. Host functions, which may
     * fail, stay, and so do parts of a program that are computed again to save memory; a loop without a known end goes
     * only where it runs anyway.
     */
    private boolean isMovable(Primitive primitive) {
        return switch (primitive) {
            case Elementwise _, Movement _, Reduction _, DotGeneral _, Threefry2x32 _ -> true;
            case Custom _, Control.Checkpoint _ -> false;
            case Control control ->
                !Effects.of(control)
                        && isHarmless(control)
                        && Parameters.subPrograms(control).forAll(body -> !Rewriting.exists(body, p -> !isHarmless(p)));
        };
    }

    private boolean isHarmless(Primitive primitive) {
        return !(primitive instanceof Custom) && (runs || !(primitive instanceof Control.While));
    }

    private static Kind kind(Primitive primitive) {
        return switch (primitive) {
            case Elementwise _, Threefry2x32 _ -> Kind.FUSED;
            case DotGeneral dot -> dot.dimensionNumbers().lhsContracting().isEmpty() ? Kind.FUSED : Kind.STORED;
            case Movement movement ->
                switch (movement) {
                    case Movement.BroadcastInDim _,
                            Movement.Reshape _,
                            Movement.Transpose _,
                            Movement.Squeeze _,
                            Movement.ExpandDims _,
                            Movement.Slice _,
                            Movement.Rev _,
                            Movement.Iota _ -> Kind.VIEW;
                    case Movement.Concatenate _,
                            Movement.Pad _,
                            Movement.DynamicSlice _,
                            Movement.DynamicUpdateSlice _ -> Kind.STORED;
                };
            case Reduction _, Control _, Custom _ -> Kind.STORED;
        };
    }

    private static int work(Primitive primitive) {
        boolean dear = switch (primitive) {
            case Elementwise.Unary(UnaryOp op) -> !op.isExact();
            case Elementwise.Binary(BinaryOp op) -> !op.isExact();
            case Elementwise.Polygamma _, Threefry2x32 _ -> true;
            default -> false;
        };
        return dear ? DEAR : 1;
    }
}
