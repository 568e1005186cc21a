package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/** Branches and loops: their sub-programs become plans of their own, which one step runs. */
final class ControlPlanning {
    private final Fusion fusion;
    private final Buffers buffers;
    private final SubPlans plans;

    ControlPlanning(Fusion fusion, Buffers buffers, SubPlans plans) {
        this.fusion = fusion;
        this.buffers = buffers;
        this.plans = plans;
    }

    List<Value> plan(Control p, List<Value> in, Array<Var> results) {
        return switch (p) {
            case Control.Calling call -> {
                Array<Node> operands = whole(in);
                Array<Node> outputs = outputs(results);
                CallStep step = new CallStep(plans.once(call.body()), operands, outputs);
                yield append(step, outputs, results);
            }
            case Control.Cond cond -> cond(cond, in, results);
            case Control.While loop -> {
                Array<Node> operands = whole(in);
                Array<Node> outputs = outputs(results);
                Step step = ScalarLoopStep.kernel(loop)
                        .<Step>map(kernel -> ScalarLoopStep.of(loop, kernel, operands, outputs))
                        .getOrElse(() ->
                                new WhileStep(loop, plans.once(loop.cond()), plans.step(loop), operands, outputs));
                yield append(step, outputs, results);
            }
            case Control.Scan scan -> {
                Array<Node> operands = whole(in);
                Array<Node> outputs = outputs(results);
                Step step = ScalarLoopStep.kernel(scan)
                        .<Step>map(kernel -> ScalarLoopStep.of(scan, kernel, operands, outputs))
                        .getOrElse(() -> new ScanStep(scan, plans.step(scan), operands, outputs));
                yield append(step, outputs, results);
            }
        };
    }

    private List<Value> cond(Control.Cond cond, List<Value> in, Array<Var> results) {
        Scalar index = Scalar.of(in.get(0));
        Array<Node> operands = whole(in.subList(1, in.size()));
        Array<Node> outputs = outputs(results);
        Array<Plan> branches = cond.branches().map(plans::once);
        return append(new CondStep(index, branches, operands, outputs), outputs, results);
    }

    private Array<Node> whole(List<Value> values) {
        return Array.ofAll(values).map(value -> buffers.whole(value).node());
    }

    private Array<Node> outputs(Array<Var> results) {
        return results.map(out -> buffers.output(out.type()));
    }

    private List<Value> append(Step step, Array<Node> outputs, Array<Var> results) {
        fusion.append(step);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            values.add(Value.whole(outputs.get(i), results.get(i).shape()));
        }
        return values;
    }
}
