package dev.fluxion.lax;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tracing.Value;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The branches of one choice, traced on the same operand, with results of one structure and equal types. */
final class Branches {
    private final String name;
    private final Flat operand;
    private final List<SubProgram> traced = new ArrayList<>();
    private TreeDef result;
    private Array<ArrayType> resultTypes;

    private Branches(String name, Object operand) {
        this.name = name;
        this.operand = Tree.flatten(name + ": the operand", operand);
    }

    /** {@code branches[index](operand)}; the index is an i32 scalar. */
    static <A, R> R choose(String name, NDArray index, List<Function1<A, R>> branches, A operand) {
        Branches all = new Branches(name, operand);
        branches.forEach(all::trace);
        return all.bind(index);
    }

    private <A, R> void trace(Function1<A, R> branch) {
        int number = traced.size();
        String what = "branch " + number;
        TreeDef[] structure = new TreeDef[1];
        SubProgram program = SubProgram.trace(
                "tracing " + what + " of " + name, operand.leaves().map(NDArray::type), leaves -> {
                    Flat flat = Tree.flatten(
                            name + ": the result of " + what,
                            branch.apply(operand.treeDef().unflatten(leaves)));
                    structure[0] = flat.treeDef();
                    return flat.leaves();
                });
        Array<ArrayType> types = program.jaxpr().outputTypes();
        if (number == 0) {
            result = structure[0];
            resultTypes = types;
        }
        if (!result.equals(structure[0])) {
            throw result.mismatch(name, structure[0])
                    .restate(ErrorCode.BRANCH_MISMATCH, name + ": " + what + " gives another structure than branch 0")
                    .hint("all branches give results of one structure");
        }
        for (int i = 0; i < types.size(); i++) {
            if (!types.get(i).equals(resultTypes.get(i))) {
                throw disagree(what, result.paths().get(i), resultTypes.get(i), types.get(i));
            }
        }
        traced.add(program);
    }

    private FluxionException disagree(String what, String path, ArrayType expected, ArrayType given) {
        String where = path.isEmpty() ? "" : " at " + path;
        return Tracing.located(FluxionException.of(
                        ErrorCode.BRANCH_MISMATCH, name + ": " + what + " gives another type than branch 0" + where)
                .detail("branch 0 gives " + expected)
                .detail(what + " gives " + given)
                .hint(
                        expected.shape().equals(given.shape())
                                ? "convert one of them with astype"
                                : "all branches give results of one shape: broadcast, reshape or pad"));
    }

    private <R> R bind(NDArray index) {
        Map<Object, NDArray> closure = new LinkedHashMap<>();
        traced.forEach(branch -> branch.closure().forEach(x -> closure.putIfAbsent(identity(x), x)));
        Array<Integer> read = Array.range(0, operand.leaves().size())
                .filter(i -> traced.stream()
                        .anyMatch(branch ->
                                branch.read().contains(branch.arguments().get(i))));
        Array<NDArray> captured = Array.ofAll(closure.values());
        Array<Jaxpr> programs = Array.ofAll(traced).map(branch -> program(branch, read, captured));
        Array<NDArray> operands = read.map(operand.leaves()::get).appendAll(captured);
        Array<Integer> handedOn = Array.range(0, resultTypes.size()).map(i -> handedOn(programs, i));
        Array<Integer> chosen = Array.range(0, resultTypes.size()).filter(i -> handedOn.get(i) < 0);
        Array<NDArray> results = chosen.isEmpty() && !programs.exists(Jaxpr::hasEffects)
                ? Array.empty()
                : Tracing.bindAll(new Control.Cond(programs.map(p -> only(p, chosen))), operands.prepend(index));
        return result.unflatten(
                handedOn.zipWithIndex((from, i) -> from < 0 ? results.get(chosen.indexOf(i)) : operands.get(from)));
    }

    /** The operand that result i is in all branches, or -1. */
    private static int handedOn(Array<Jaxpr> programs, int i) {
        Jaxpr first = programs.get(0);
        int from = first.inputs().indexWhere(in -> in == first.outputs().get(i));
        return from >= 0
                        && programs.forAll(
                                p -> p.inputs().get(from) == p.outputs().get(i))
                ? from
                : -1;
    }

    private static Jaxpr only(Jaxpr jaxpr, Array<Integer> outputs) {
        return new Jaxpr(Array.empty(), jaxpr.inputs(), jaxpr.equations(), outputs.map(jaxpr.outputs()::get));
    }

    /** The branch as a program of what all branches read. */
    private static Jaxpr program(SubProgram branch, Array<Integer> read, Array<NDArray> closure) {
        Array<Object> own = branch.closure().map(Branches::identity);
        Array<Var> captured = closure.map(
                x -> own.contains(identity(x)) ? branch.captured().get(own.indexOf(identity(x))) : new Var(x.type()));
        return branch.program(
                read.map(branch.arguments()::get).appendAll(captured),
                branch.jaxpr().outputs());
    }

    /** What makes two captured arrays the same: the place in a program, or the data. */
    private static Object identity(NDArray x) {
        return switch (x.value()) {
            case Value.Concrete(var data) -> data;
            case Value.Tracer tracer -> tracer.atom();
        };
    }
}
