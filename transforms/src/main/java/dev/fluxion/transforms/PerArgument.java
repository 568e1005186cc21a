package dev.fluxion.transforms;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A forward rule put together of one for each argument: the tangent is the sum of theirs. */
public final class PerArgument implements Function2<Array<?>, Array<?>, Tuple2<?, ?>> {
    private static final long serialVersionUID = 1L;

    /** (the argument's tangent, the function's result, all arguments) to a tangent of the result. */
    @FunctionalInterface
    public interface Rule extends Serializable {
        Object apply(Object tangent, Object result, Array<?> arguments);
    }

    private final CustomFunction f;
    private final Array<Rule> rules;

    /** @param rules one for each argument, or null where the result does not depend on it */
    public PerArgument(CustomFunction f, Array<Rule> rules) {
        this.f = f;
        this.rules = rules;
    }

    @Override
    public Tuple2<?, ?> apply(Array<?> arguments, Array<?> tangents) {
        // the function itself, with its rule: derivatives of the rule use the rule again
        Object y = CustomRules.customJvp(f, this, arguments);
        Flat result = Tree.flatten(y);
        List<Object> terms = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) != null && !f.argnums().nondiff().contains(i)) {
                terms.add(rules.get(i).apply(tangents.get(i), y, arguments));
            }
        }
        Object zeros = result.treeDef().unflatten(result.leaves().map(x -> Scalars.zeros(x.type())));
        Object sum = terms.isEmpty() ? zeros : terms.get(0);
        for (int i = 1; i < terms.size(); i++) {
            sum = Tree.map2(NDArray::plus, sum, terms.get(i));
        }
        return new Tuple2<>(y, sum);
    }
}
