package dev.fluxion.transforms;

import dev.fluxion.CostAnalysis;
import dev.fluxion.CostAnalysis.Operation;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.MemoryAnalysis;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import io.vavr.collection.TreeMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what a program costs. Sub-programs that occur in several places are counted once each and multiplied. */
public final class CostModel {
    /** Per pair of words: 20 rounds of add, rotate (two shifts and an or), xor; two xors and 17 additions of keys. */
    private static final int THREEFRY = 20 * 5 + 2 + 17;

    private final Map<Jaxpr, TreeMap<String, Operation>> counted = new IdentityHashMap<>();
    private final Set<String> assumptions = new LinkedHashSet<>();

    private CostModel() {}

    public static CostAnalysis of(Jaxpr jaxpr) {
        CostModel model = new CostModel();
        TreeMap<String, Operation> operations = model.program(jaxpr);
        Operation sum = sum(operations);
        return new CostAnalysis(
                sum.flops(), sum.transcendentals(), sum.bytesAccessed(), operations, Array.ofAll(model.assumptions));
    }

    private static Operation sum(TreeMap<String, Operation> operations) {
        return operations.values().foldLeft(new Operation(0, 0, 0, 0), Operation::plus);
    }

    private TreeMap<String, Operation> program(Jaxpr jaxpr) {
        TreeMap<String, Operation> known = counted.get(jaxpr);
        if (known == null) {
            known = TreeMap.empty();
            for (Equation equation : jaxpr.equations()) {
                known = known.merge(of(equation), Operation::plus);
            }
            counted.put(jaxpr, known);
        }
        return known;
    }

    private TreeMap<String, Operation> of(Equation equation) {
        return switch (equation.primitive()) {
            case Elementwise p -> one(p, elementwise(p, equation));
            case Movement p -> one(p, new Operation(1, 0, 0, moved(p, equation)));
            case Reduction p -> one(p, new Operation(1, reduced(p, equation), 0, bytes(equation)));
            case DotGeneral p -> {
                ArrayType lhs = equation.inputs().get(0).type();
                double contracted = p.dimensionNumbers().lhsContracting().stream()
                        .mapToDouble(axis -> lhs.shape().dim(axis))
                        .reduce(1, (a, b) -> a * b);
                yield one(p, new Operation(1, 2 * size(equation) * contracted, 0, bytes(equation)));
            }
            case Threefry2x32 p -> one(p, new Operation(1, THREEFRY * size(equation), 0, bytes(equation)));
            case Control p -> control(p);
            case Custom p -> custom(p, equation);
        };
    }

    private TreeMap<String, Operation> control(Control p) {
        return switch (p) {
            case Control.Calling call -> program(call.body());
            case Control.Cond(Array<Jaxpr> branches) -> {
                assumptions.add("of a cond the most expensive branch runs");
                yield branches.map(this::program).maxBy(CostModel::work).get();
            }
            case Control.While loop -> {
                assumptions.add("a while loop runs one iteration");
                yield program(loop.cond()).merge(program(loop.body()), Operation::plus);
            }
            case Control.Scan scan -> program(scan.body()).mapValues(cost -> cost.times(scan.length()));
        };
    }

    /** To compare branches by: all three counts, for want of the times that they take. */
    private static double work(TreeMap<String, Operation> operations) {
        Operation sum = sum(operations);
        return sum.flops() + sum.transcendentals() + sum.bytesAccessed();
    }

    private TreeMap<String, Operation> custom(Custom p, Equation equation) {
        Optional<Jaxpr> body = p.host().isPresent() ? Optional.empty() : p.body(equation.inputTypes());
        if (body.isPresent()) {
            return program(body.get());
        }
        assumptions.add("the host function of " + p.name() + " costs nothing but its arrays");
        return one(p, new Operation(1, 0, 0, bytes(equation)));
    }

    private static Operation elementwise(Elementwise p, Equation equation) {
        double size = size(equation);
        return switch (p) {
            case Elementwise.Unary(var op) -> {
                boolean transcendental = ElementwiseCosts.isTranscendental(op);
                yield new Operation(1, transcendental ? 0 : size, transcendental ? size : 0, bytes(equation));
            }
            case Elementwise.Binary(var op) -> {
                boolean transcendental = ElementwiseCosts.isTranscendental(op);
                yield new Operation(1, transcendental ? 0 : size, transcendental ? size : 0, bytes(equation));
            }
            case Elementwise.IntegerPow(int y) ->
                new Operation(1, size * ElementwiseCosts.products(y), 0, bytes(equation));
            case Elementwise.Polygamma _ -> new Operation(1, 0, size, bytes(equation));
            case Elementwise.Fma _ -> new Operation(1, 2 * size, 0, bytes(equation));
            case Elementwise.Compare _, Elementwise.SelectN _, Elementwise.Clamp _, Elementwise.ConvertElementType _ ->
                new Operation(1, size, 0, bytes(equation));
            case Elementwise.Copy _ -> new Operation(1, 0, 0, bytes(equation));
            case Elementwise.BitcastConvertType _, Elementwise.StopGradient _, Elementwise.Named _ ->
                new Operation(1, 0, 0, 0);
        };
    }

    /** The bytes that a movement reads and writes; what only looks at the same elements another way moves nothing. */
    private static double moved(Movement p, Equation equation) {
        double out = MemoryAnalysis.bytes(equation.outputs().map(Var::type));
        return switch (p) {
            case Movement.Reshape _, Movement.Squeeze _, Movement.ExpandDims _ -> 0;
            case Movement.Slice _, Movement.DynamicSlice _ -> 2 * out;
            case Movement.DynamicUpdateSlice _ ->
                2.0 * equation.inputs().get(1).type().byteSize();
            case Movement.Iota _ -> out;
            case Movement.BroadcastInDim _,
                    Movement.Transpose _,
                    Movement.Concatenate _,
                    Movement.Pad _,
                    Movement.Rev _ -> bytes(equation);
        };
    }

    private static double reduced(Reduction p, Equation equation) {
        double from = equation.inputs().get(0).type().size();
        return switch (p) {
            case Reduction.Reduce _, Reduction.ArgReduce _ -> from - size(equation);
            case Reduction.Cumulative _ -> from;
        };
    }

    private static TreeMap<String, Operation> one(Primitive p, Operation cost) {
        return TreeMap.of(p.name(), cost);
    }

    private static double size(Equation equation) {
        return equation.outputs().get(0).type().size();
    }

    /** All arrays read, each once, and all results. Literals are in the code. */
    private static double bytes(Equation equation) {
        Array<Atom> read = equation.inputs().filter(Var.class::isInstance).distinct();
        return MemoryAnalysis.bytes(read.map(Atom::type))
                + (double) MemoryAnalysis.bytes(equation.outputs().map(Var::type));
    }
}
