package dev.fluxion.numerics.plan;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.VarMap;
import dev.fluxion.ir.passes.Passes;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.codegen.ScalarProgram;
import dev.fluxion.numerics.components.Components;
import dev.fluxion.numerics.parallel.Workers;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;

/** Turns a program into a plan: one pass over the equations decides the steps, one over the steps the buffers. */
public final class Planner {
    private final VarMap<Value> values = new VarMap<>();
    private final List<Node> inputs = new ArrayList<>();
    private final List<Plan.Result> results = new ArrayList<>();
    private final Fusion fusion = new Fusion();
    private final Buffers buffers = new Buffers(fusion);
    private final ReductionPlanning reductions = new ReductionPlanning(fusion, buffers);
    private final MovementPlanning movements = new MovementPlanning(fusion, buffers);
    private final ControlPlanning controls;
    private SharedKernels sharing;

    private Planner(SubPlans plans) {
        this.controls = new ControlPlanning(fusion, buffers, plans);
    }

    /** The plan of {@code jaxpr}, whose constants are the first inputs of the plan. */
    public static Plan plan(Jaxpr jaxpr) {
        return plan(jaxpr, Ints.of());
    }

    /**
     * The plan of {@code jaxpr}, whose constants are the first inputs of the plan. The buffers of the donated inputs are the
     * plan's: results of the same dtype and size come to lie in them where the input dies in time, in place if the operation
     * allows it. Every run needs arrays for them that nobody else reads, and no array twice.
     *
     * @param donated positions among {@code jaxpr.inputs()}, without the constants
     */
    public static Plan plan(Jaxpr jaxpr, Ints donated) {
        int constants = jaxpr.constants().size();
        Planner planner = new Planner(new SubPlans());
        Jaxpr program = program(jaxpr);
        planner.inputs(program);
        Option<ScalarProgram> scalars =
                donated.isEmpty() ? Scalarization.program(program).flatMap(ScalarProgram::of) : Option.none();
        if (scalars.isDefined()) {
            planner.whole(scalars.get(), program);
            return planner.plan(donated);
        }
        planner.steps(program);
        for (Atom output : program.outputs()) {
            Value.View whole = planner.buffers.whole(planner.value(output));
            planner.result(whole.node(), Destination.FRESH, output.type());
        }
        return planner.plan(donated.map(i -> constants + i));
    }

    /**
     * The plan of a sub-program, as {@link SubPlans} describes it.
     *
     * @param slices whether the inputs behind the carry, and so the results, are slices of larger arrays
     */
    static Plan plan(Jaxpr jaxpr, int consts, int carry, boolean slices, SubPlans plans) {
        Planner planner = new Planner(plans);
        Jaxpr program = program(jaxpr);
        planner.inputs(program);
        Node counter = Node.input(DType.INT32, 1);
        if (slices) {
            planner.inputs.stream().skip(consts + carry).forEach(input -> input.slice(counter));
            planner.inputs.add(counter);
        }
        planner.steps(program);
        Ints donated = Ints.range(consts, consts + carry);
        for (int i = 0; i < program.outputs().size(); i++) {
            Atom output = program.outputs().get(i);
            Value.View view = planner.buffers.view(planner.value(output));
            if (i < carry) {
                List<Node> owned = planner.inputs.subList(consts, consts + carry);
                boolean keeps = owned.contains(view.node()) || view.node().producer() >= 0;
                Node node = keeps && planner.isFree(view) ? view.node() : planner.buffers.copy(view);
                planner.result(node, Destination.FRAME, output.type());
            } else {
                boolean direct = planner.isFree(view) && planner.writes(view.node(), slices);
                Node node = direct ? view.node() : planner.buffers.copy(view);
                planner.result(node, Destination.GIVEN, output.type());
                if (slices) {
                    node.slice(counter);
                }
            }
        }
        return planner.plan(donated);
    }

    /** The program as it is planned: without calls, simplified, points taken apart into coordinates. */
    static Jaxpr program(Jaxpr jaxpr) {
        return Components.apply(flat(jaxpr), Planner::flat);
    }

    private static Jaxpr flat(Jaxpr jaxpr) {
        return Passes.simplify(Flattening.flatten(jaxpr));
    }

    /** Whether a node may become a result of its own. */
    private boolean isFree(Value.View view) {
        return view.isWhole() && !view.node().isSlice() && !view.node().isResult();
    }

    /** Whether a step can write the node to an array, or a slice of one, that the caller gives. */
    private boolean writes(Node node, boolean slices) {
        return node.producer() >= 0
                && (!slices
                        || (!node.isPinned()
                                && fusion.steps().get(node.producer()).writesSlices()));
    }

    /** One step for all of a program. */
    private void whole(ScalarProgram scalars, Jaxpr program) {
        Array<Node> outputs = program.outputs().map(output -> buffers.output(output.type()));
        fusion.append(new ScalarProgramStep(scalars, Array.ofAll(inputs), outputs));
        outputs.zip(program.outputs()).forEach(out -> result(out._1, Destination.FRESH, out._2.type()));
    }

    private void result(Node node, Destination destination, ArrayType type) {
        node.markResult(destination);
        results.add(new Plan.Result(node, type));
    }

    private Plan plan(Ints donated) {
        FusedProduct.fuse(fusion.steps());
        List<Step> steps = SideBySide.arrange(fusion.steps(), Workers.shared().threads());
        return new Memory(steps, inputs, donated, buffers.constants()).plan(results);
    }

    private void inputs(Jaxpr jaxpr) {
        for (Var input : jaxpr.inputs()) {
            Node node = Node.input(input.dtype(), input.type().size());
            inputs.add(node);
            values.put(input, Value.whole(node, input.shape()));
        }
    }

    private void steps(Jaxpr jaxpr) {
        sharing = new SharedKernels(buffers, jaxpr.equations().size());
        jaxpr.constants().forEach(c -> {
            Node node = buffers.constant(HostArray.of(c.value()));
            values.put(c.var(), Value.whole(node, c.var().shape()));
        });
        jaxpr.equations().forEach(this::step);
    }

    private void step(Equation equation) {
        List<Value> results = plan(equation);
        for (int i = 0; i < results.size(); i++) {
            values.put(equation.outputs().get(i), results.get(i));
        }
    }

    private Value value(Atom atom) {
        return switch (atom) {
            case Var var -> values.get(var);
            case Literal literal -> new Value.Splat(literal, Shape.SCALAR);
        };
    }

    private List<Value> plan(Equation equation) {
        List<Value> in = new ArrayList<>(equation.inputs().size());
        for (Atom atom : equation.inputs()) {
            in.add(value(atom));
        }
        ArrayType type =
                equation.outputs().isEmpty() ? null : equation.outputs().get(0).type();
        return switch (equation.primitive()) {
            case Elementwise.StopGradient _, Elementwise.Named _, Elementwise.Copy _ -> in;
            case Elementwise p ->
                elementwise(p, type.shape(), sharing.operands(p, type.shape(), in), Cost.of(p), List.of(type.dtype()));
            case Threefry2x32 p -> elementwise(p, type.shape(), in, Cost.THREEFRY, List.of(DType.INT32, DType.INT32));
            case Movement p -> List.of(movements.plan(p, in, type));
            case Reduction.Reduce(var op, Ints axes) -> List.of(reductions.reduce(op, axes, in.get(0), type.shape()));
            case Reduction.ArgReduce p -> List.of(lines(p, p.axis(), in.get(0), type));
            case Reduction.Cumulative p -> List.of(lines(p, p.axis(), in.get(0), type));
            case DotGeneral p -> List.of(reductions.dot(p.dimensionNumbers(), in.get(0), in.get(1), type));
            case Custom p -> custom(p, equation.outputs(), in);
            case Control p -> controls.plan(p, in, equation.outputs());
        };
    }

    private List<Value> elementwise(Primitive p, Shape shape, List<Value> in, int cost, List<DType> outputs) {
        List<Value> results = new ArrayList<>(outputs.size());
        for (Node node : fusion.elementwise(p, Region.space(shape), in, cost, outputs)) {
            results.add(Value.whole(node, shape));
        }
        return results;
    }

    private Value lines(Reduction p, int axis, Value x, ArrayType type) {
        Value.View view = buffers.whole(x);
        Node output = buffers.output(type);
        fusion.append(new LineStep(p, Lines.of(view.layout(), axis), view.node(), output));
        return Value.whole(output, type.shape());
    }

    private List<Value> custom(Custom custom, Array<Var> results, List<Value> in) {
        List<HostStep.Argument> arguments = new ArrayList<>();
        for (Value value : in) {
            Value.View view = buffers.whole(value);
            arguments.add(new HostStep.Argument(
                    view.node(),
                    new ArrayType(view.dtype(), Shape.of(view.layout().dims()))));
        }
        List<Node> outputs = results.map(out -> buffers.output(out.type())).toJavaList();
        fusion.append(new HostStep(custom, arguments, outputs));
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            values.add(Value.whole(outputs.get(i), results.get(i).shape()));
        }
        return values;
    }
}
