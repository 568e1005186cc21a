package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.collection.Array;
import java.util.List;

/** A function at the types of some arguments, and the traced floats that it closes over apart from it. */
public final class ClosureConversion {
    private final TracedTree traced;
    private final TreeDef arguments;
    private final Array<Boolean> hoisted;
    private final Program program;

    private ClosureConversion(TracedTree traced, TreeDef arguments) {
        this.traced = traced;
        this.arguments = arguments;
        this.hoisted = traced.captures().map(x -> x.dtype().isFloating());
        this.program = traced.program();
    }

    public static ClosureConversion of(TreeFunction f, Array<?> example) {
        Flat flat = Tree.flatten(example);
        return new ClosureConversion(f.trace("closureConvert", flat), flat.treeDef());
    }

    /** What the function closes over and may be differentiated with respect to. */
    public List<NDArray> constants() {
        return Masks.select(hoisted, traced.captures()).toJavaList();
    }

    /** @throws FluxionException FX0103, FX0501 or FX0201 when the arguments or constants are unlike those of the conversion */
    public Object apply(Array<?> given, List<NDArray> constants) {
        Array<ArrayType> types = traced.jaxpr().inputTypes();
        Flat flat = Tree.flatten(given);
        if (!flat.treeDef().equals(arguments)) {
            throw arguments.mismatch("closureConvert: the arguments are unlike the example", flat.treeDef());
        }
        if (constants.size() != hoisted.count(isHoisted -> isHoisted)) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.OPERAND_COUNT,
                            "closureConvert: given " + constants.size() + " constants instead of "
                                    + hoisted.count(isHoisted -> isHoisted))
                    .hint("pass the constants() of the conversion, or values like them"));
        }
        Array<NDArray> own = Masks.spread(hoisted, Array.ofAll(constants));
        Array<NDArray> captures =
                own.zipWith(traced.captures(), (constant, kept) -> constant != null ? constant : kept);
        Array<NDArray> operands = flat.leaves().appendAll(captures);
        if (!operands.map(NDArray::type).equals(types)) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.SHAPE_MISMATCH, "closureConvert: the arguments are unlike the example")
                    .detail("expected " + types.mkString(", "))
                    .detail("given    " + operands.map(NDArray::type).mkString(", "))
                    .hint("the function was traced for these shapes and dtypes; convert it again for others"));
        }
        return traced.result().unflatten(program.call(operands));
    }
}
