package dev.fluxion.transforms;

import dev.fluxion.SavedResidual;
import dev.fluxion.SavedResiduals;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Var;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.TreeDef;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What reverse mode keeps of a program, and where it comes from. */
public final class Residuals {
    /** Where a value comes from: an input of the program it is in, or something that can be told in words. */
    private sealed interface Origin {
        record Input(int index) implements Origin {}

        record Made(String what, int steps, SourceInfo source) implements Origin {}
    }

    private Residuals() {}

    /** What {@code vjp(f, arguments)} keeps, in the order in which the forward pass makes it. */
    public static SavedResiduals of(TreeFunction f, Array<?> arguments) {
        Flat flat = f.flatten("savedResiduals", arguments);
        TracedTree traced = f.trace("savedResiduals", flat);
        Array<ArrayType> types = flat.leaves().map(NDArray::type);
        Array<Boolean> active =
                Leaves.floating(types).appendAll(Leaves.none(traced.captures().size()));
        Linearized linearized = Linearize.of(traced.jaxpr(), active);
        Array<String> names = names(flat.treeDef());
        Jaxpr known = linearized.known();
        Array<Atom> kept = known.outputs().takeRight(linearized.residuals()).filter(Var.class::isInstance);
        Map<Var, Integer> order = order(known);
        return new SavedResiduals(kept.sortBy(atom -> order.get((Var) atom)).map(atom -> switch (origin(known, atom)) {
            case Origin.Input(int i)
            when i < names.size() -> new SavedResidual(atom.type(), 1, "argument " + names.get(i), SourceInfo.UNKNOWN);
            case Origin.Input _ -> new SavedResidual(atom.type(), 1, "closed over", SourceInfo.UNKNOWN);
            case Origin.Made made -> new SavedResidual(atom.type(), made.steps(), made.what(), made.source());
        }));
    }

    /** {@code 0}, {@code 1.weights[2]}: the places of the leaves of arguments. */
    private static Array<String> names(TreeDef arguments) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < arguments.childCount(); i++) {
            int argument = i;
            arguments.child(i).paths().forEach(path -> names.add(argument + path));
        }
        return Array.ofAll(names);
    }

    private static Map<Var, Integer> order(Jaxpr jaxpr) {
        Map<Var, Integer> order = new IdentityHashMap<>();
        jaxpr.inputs().forEach(in -> order.put(in, order.size()));
        jaxpr.constants().forEach(c -> order.put(c.var(), order.size()));
        jaxpr.equations().forEach(equation -> equation.outputs().forEach(out -> order.put(out, order.size())));
        return order;
    }

    private static Origin origin(Jaxpr jaxpr, Atom atom) {
        int input = jaxpr.inputs().indexWhere(in -> in == atom);
        if (input >= 0) {
            return new Origin.Input(input);
        }
        Equation equation = jaxpr.equations()
                .find(e -> e.outputs().exists(out -> out == atom))
                .getOrNull();
        if (equation == null) {
            return new Origin.Made("closed over", 1, SourceInfo.UNKNOWN);
        }
        int output = equation.outputs().indexWhere(out -> out == atom);
        return switch (equation.primitive()) {
            case Elementwise.Named(String label) -> new Origin.Made("named \"" + label + "\"", 1, equation.source());
            case Control.Calling call -> ofCall(jaxpr, equation, call.body(), output);
            case Control.Scan scan when output >= scan.carry() -> ofStack(equation, scan, output);
            default -> made(equation);
        };
    }

    private static Origin ofCall(Jaxpr jaxpr, Equation equation, Jaxpr body, int output) {
        return switch (origin(body, body.outputs().get(output))) {
            case Origin.Input(int i) -> origin(jaxpr, equation.input(i));
            case Origin.Made made -> made;
        };
    }

    private static Origin ofStack(Equation equation, Control.Scan scan, int output) {
        return switch (origin(scan.body(), scan.body().outputs().get(output))) {
            case Origin.Made(String what, int steps, SourceInfo source) ->
                new Origin.Made(what, steps * scan.length(), source);
            case Origin.Input(int i) -> {
                boolean carry = i >= scan.consts() && i < scan.consts() + scan.carry();
                yield new Origin.Made((carry ? "carry of" : "input of") + " scan", scan.length(), equation.source());
            }
        };
    }

    private static Origin made(Equation equation) {
        return new Origin.Made("output of " + equation.primitive().name(), 1, equation.source());
    }
}
