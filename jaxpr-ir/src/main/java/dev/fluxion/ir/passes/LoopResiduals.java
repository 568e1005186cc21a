package dev.fluxion.ir.passes;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a scan stacks only for other scans of as many steps, and what these can cheaply compute from the other stacks, they
 * compute again: {@code s*(1-s)} beside {@code s}, differences of all pairs beside the points. Loops forward and backward
 * then write and read less memory, which takes longer than a few products.
 *
 * <p>Exact: the same operations on the same elements, in another loop. Slice t of a stack belongs to the same t in both,
 * whatever the directions of the loops.
 *
 * <p>The stacks that nothing reads any more are left for {@link DeadCode}. The work is in proportion to the bodies, as every
 * stack is computed again by a bounded number of operations ({@link CheapAgain}).
 */
public final class LoopResiduals implements Pass {
    @Override
    public String name() {
        return "loop_residuals";
    }

    @Override
    public Jaxpr apply(Jaxpr jaxpr) {
        boolean any = Rewriting.exists(jaxpr, Control.Scan.class::isInstance);
        return any ? new Recomputing().rewrite(jaxpr) : jaxpr;
    }

    private static final class Recomputing extends Rewriting {
        @Override
        Step begin(Jaxpr jaxpr, JaxprBuilder builder) {
            long loops = jaxpr.equations().count(equation -> equation.primitive() instanceof Control.Scan);
            return loops > 1
                    ? new Loops(jaxpr, builder)
                    : (equation, primitive, operands) -> builder.append(primitive, operands, equation.source());
        }
    }

    /** How a stack is computed again: as {@code value} of the body whose inputs and stacks are {@code outside}. */
    private record Recipe(CheapAgain body, Var value, Map<Var, Atom> outside) {}

    private static final class Loops implements Rewriting.Step {
        private final JaxprBuilder builder;
        private final Map<Var, Integer> uses;

        /** How many of the uses are as xs of scans of so many steps; steps are the second key. */
        private final Map<Var, Map<Integer, Integer>> slicings = new IdentityHashMap<>();

        private final Map<Var, Recipe> recipes = new IdentityHashMap<>();

        Loops(Jaxpr jaxpr, JaxprBuilder builder) {
            this.builder = builder;
            uses = jaxpr.useCounts();
            for (Equation equation : jaxpr.equations()) {
                if (equation.primitive() instanceof Control.Scan scan) {
                    for (Atom x : scan.xs(equation.inputs())) {
                        if (x instanceof Var var) {
                            slicings.computeIfAbsent(var, key -> new HashMap<>())
                                    .merge(scan.length(), 1, Integer::sum);
                        }
                    }
                }
            }
        }

        @Override
        public Array<Atom> apply(Equation equation, Primitive primitive, Array<Atom> operands) {
            if (!(primitive instanceof Control.Scan scan)) {
                return builder.append(primitive, operands, equation.source());
            }
            Array<Atom> xs = equation.inputs().drop(scan.consts() + scan.carry());
            return xs.exists(x -> x instanceof Var var && recipes.containsKey(var))
                    ? produce(equation, recompute(scan, xs, operands))
                    : produce(equation, new Loop(scan, operands));
        }

        private record Loop(Control.Scan scan, Array<Atom> operands) {}

        /** Appends a loop; where other loops can compute stacks again, it stacks what they need for that. */
        private Array<Atom> produce(Equation equation, Loop loop) {
            Control.Scan scan = loop.scan();
            Array<Atom> stacked = scan.ys(scan.body().outputs());
            boolean[] wanted = new boolean[stacked.size()];
            boolean any = false;
            for (int j = 0; j < wanted.length; j++) {
                Var out = equation.outputs().get(scan.carry() + j);
                wanted[j] = uses.containsKey(out)
                        && uses.get(out)
                                .equals(slicings.getOrDefault(out, Map.of()).get(scan.length()));
                any |= wanted[j];
            }
            if (!any) {
                return builder.append(scan, loop.operands(), equation.source());
            }
            CheapAgain again = new CheapAgain(scan, wanted);
            Jaxpr body = scan.body();
            Jaxpr longer = new Jaxpr(
                    body.constants(),
                    body.inputs(),
                    body.equations(),
                    body.outputs().appendAll(again.added()));
            Array<Atom> results =
                    builder.append(scan.with(longer, scan.consts(), scan.carry()), loop.operands(), equation.source());
            Map<Var, Atom> outside = outside(scan, again, loop.operands(), results);
            again.computed()
                    .forEach((j, value) ->
                            recipes.put(equation.outputs().get(scan.carry() + j), new Recipe(again, value, outside)));
            return results.take(equation.outputs().size());
        }

        /** The constants, and the stacks of xs and results, by the variables of the body that they belong to. */
        private static Map<Var, Atom> outside(
                Control.Scan scan, CheapAgain again, Array<Atom> operands, Array<Atom> results) {
            Map<Var, Atom> outside = new IdentityHashMap<>();
            Array<Var> inputs = scan.body().inputs();
            for (int i = 0; i < inputs.size(); i++) {
                if (i < scan.consts() || i >= scan.consts() + scan.carry()) {
                    outside.put(inputs.get(i), operands.get(i));
                }
            }
            again.leaves().forEach((value, j) -> outside.putIfAbsent(value, results.get(scan.carry() + j)));
            return outside;
        }

        /** The scan with the xs that have recipes computed in its body. */
        private Loop recompute(Control.Scan scan, Array<Atom> xs, Array<Atom> operands) {
            List<Atom> consts = scan.consts(operands).toJavaList();
            List<Atom> slices = new ArrayList<>();
            for (int k = 0; k < xs.size(); k++) {
                Recipe recipe = xs.get(k) instanceof Var var ? recipes.get(var) : null;
                if (recipe == null) {
                    slices.add(scan.xs(operands).get(k));
                } else {
                    recipe.body().needs(recipe.value()).forEach((leaf, isConst) -> {
                        List<Atom> place = isConst ? consts : slices;
                        Atom outer = recipe.outside().get(leaf);
                        if (!place.contains(outer)) {
                            place.add(outer);
                        }
                    });
                }
            }
            JaxprBuilder steps = new JaxprBuilder();
            List<Atom> constsNow = inputs(steps, consts, 0);
            Array<Var> inputs = scan.body().inputs();
            Array<Atom> arguments = Array.ofAll(constsNow.subList(0, scan.consts()))
                    .appendAll(scan.carry(inputs).map(in -> (Atom) steps.input(in.type())));
            List<Atom> slicesNow = inputs(steps, slices, 1);
            Map<Recipe, Map<Var, Atom>> known = new IdentityHashMap<>();
            for (int k = 0; k < xs.size(); k++) {
                Recipe recipe = xs.get(k) instanceof Var var ? recipes.get(var) : null;
                if (recipe == null) {
                    arguments = arguments.append(
                            slicesNow.get(slices.indexOf(scan.xs(operands).get(k))));
                } else {
                    Map<Var, Atom> env = known.computeIfAbsent(recipe, key -> new IdentityHashMap<>());
                    recipe.body().needs(recipe.value()).forEach((leaf, isConst) -> {
                        Atom outer = recipe.outside().get(leaf);
                        env.put(
                                leaf,
                                isConst ? constsNow.get(consts.indexOf(outer)) : slicesNow.get(slices.indexOf(outer)));
                    });
                    arguments = arguments.append(recipe.body().append(recipe.value(), env, steps));
                }
            }
            Jaxpr body = steps.build(steps.inline(scan.body(), arguments));
            return new Loop(
                    scan.with(body, consts.size(), scan.carry()),
                    Array.ofAll(consts).appendAll(scan.carry(operands)).appendAll(slices));
        }

        /** Inputs of the types that the body sees: whole arrays, or their slices. */
        private static List<Atom> inputs(JaxprBuilder steps, List<Atom> outer, int dropped) {
            List<Atom> inputs = new ArrayList<>();
            for (Atom atom : outer) {
                inputs.add(steps.input(new ArrayType(
                        atom.dtype(),
                        Shape.of(atom.shape().dims().stream().skip(dropped).toArray()))));
            }
            return inputs;
        }
    }
}
