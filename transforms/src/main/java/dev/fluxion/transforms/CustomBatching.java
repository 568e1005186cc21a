package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.List;

/** A function with a batching rule of its own. Outside every trace it simply runs. */
public final class CustomBatching {
    /** (batch size, which argument leaves are batched, arguments) to (result, which of its leaves are batched). */
    @FunctionalInterface
    public interface Rule {
        Tuple2<?, List<Boolean>> apply(int size, List<Boolean> batched, Array<?> arguments);
    }

    private final TreeFunction f;
    private final Rule rule;

    public CustomBatching(TreeFunction f, Rule rule) {
        this.f = f;
        this.rule = rule;
    }

    /** f with one example after the other where its arguments are batched. */
    public static CustomBatching sequential(TreeFunction f) {
        return new CustomBatching(f, (size, batched, arguments) -> {
            Flat flat = Tree.flatten(arguments);
            Array<Boolean> marks = Array.ofAll(batched);
            Array<NDArray> stacks = Masks.select(marks, flat.leaves());
            Object result = Lax.map(
                    slices -> {
                        Array<NDArray> own = Masks.spread(marks, slices);
                        Array<NDArray> leaves =
                                own.zipWith(flat.leaves(), (slice, leaf) -> slice != null ? slice : leaf);
                        return f.apply(flat.treeDef().unflatten(leaves));
                    },
                    stacks);
            return new Tuple2<>(
                    result, Array.fill(Tree.leaves(result).size(), true).toJavaList());
        });
    }

    /** {@code f(arguments)}: inside a trace one equation that keeps the rule. */
    public Object apply(Array<?> arguments) {
        if (Trace.current() == null) {
            return f.apply(arguments);
        }
        Flat flat = f.flatten("customVmap", arguments);
        TracedTree traced = f.trace("a custom rule", flat);
        record Kept(VmapFunction operation, Array<NDArray> constants) {}
        Kept kept = traced.derive(this, t -> {
            SubPrograms.Closed closed = SubPrograms.withoutConstants(t.jaxpr());
            Site site = new Site(t.label(), closed.jaxpr(), flat.treeDef(), t.result());
            return new Kept(
                    new VmapFunction(t.label(), closed.jaxpr(), (size, marks) -> batched(site, size, marks)),
                    closed.constants());
        });
        Array<NDArray> operands = flat.leaves().appendAll(traced.captures()).appendAll(kept.constants());
        return traced.result().unflatten(Tracing.bindAll(kept.operation(), operands));
    }

    private record Site(String label, Jaxpr body, TreeDef arguments, TreeDef result) {}

    /** The rule as a program all of whose results are batched. */
    private Jaxpr batched(Site site, int size, Array<Boolean> marks) {
        int own = site.arguments().leafCount();
        if (marks.drop(own).contains(true)) {
            throw FluxionException.of(
                            ErrorCode.BAD_CUSTOM_RULE,
                            site.label() + ": the customVmap function closes over a value that is batched")
                    .hint("pass the value as an argument, so that the rule sees it");
        }
        Array<ArrayType> types =
                site.body().inputTypes().zipWith(marks, (type, marked) -> marked ? Batch.over(type, size) : type);
        List<Boolean> batched = marks.take(own).toJavaList();
        return RuleTracing.trace("batching rule of " + site.label(), types, in -> {
            Tuple2<?, List<Boolean>> out =
                    rule.apply(size, batched, site.arguments().unflatten(in.take(own)));
            return checked(site, size, out).fronts();
        });
    }

    private static Lanes checked(Site site, int size, Tuple2<?, List<Boolean>> out) {
        Array<ArrayType> types = site.body().outputTypes();
        if (out._2.size() != types.size()) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.BAD_CUSTOM_RULE,
                            "the batching rule of " + site.label() + " marks " + out._2.size()
                                    + " results, the function has " + types.size())
                    .hint("say of each array of the result whether it has the batch axis; Batched.all marks"
                            + " all of them"));
        }
        Array<Boolean> marks = Array.ofAll(out._2);
        Array<ArrayType> expected = types.zipWith(marks, (type, marked) -> marked ? Batch.over(type, size) : type);
        Flat given = Tree.flatten(out._1);
        if (!given.treeDef().equals(site.result())
                || !given.leaves().map(NDArray::type).equals(expected)) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.BAD_CUSTOM_RULE,
                            "result of the batching rule of " + site.label() + " does not fit the function")
                    .detail("expected " + site.result() + " of " + expected.mkString(", "))
                    .detail("given    " + given.treeDef() + " of "
                            + given.leaves().map(NDArray::type).mkString(", "))
                    .hint("a batched result has the batch axis in front, and no other difference"));
        }
        return new Lanes(given.leaves(), marks, size);
    }
}
