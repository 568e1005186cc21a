package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import dev.fluxion.numerics.HostCall;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The program with its constants as leading inputs, so that programs that differ in them alone share a plan, and with the
 * bodies of calls in the calls' place.
 */
final class Flattening {
    private final JaxprBuilder builder = new JaxprBuilder();

    private Flattening() {}

    static Jaxpr flatten(Jaxpr jaxpr) {
        if (jaxpr.constants().isEmpty() && jaxpr.equations().forAll(equation -> isKept(equation.primitive()))) {
            return jaxpr;
        }
        Flattening flattening = new Flattening();
        Array<Var> inputs = jaxpr.constants()
                .map(c -> flattening.builder.input(c.var().type()))
                .appendAll(jaxpr.inputs().map(in -> flattening.builder.input(in.type())));
        return flattening.builder.build(flattening.inline(jaxpr, Array.narrow(inputs)));
    }

    /** @param arguments what stands for the constants and the inputs */
    private Array<Atom> inline(Jaxpr jaxpr, Array<Atom> arguments) {
        Map<Var, Atom> env =
                new IdentityHashMap<>(arguments.size() + jaxpr.equations().size());
        int next = 0;
        for (int i = 0; i < jaxpr.constants().size(); i++) {
            env.put(jaxpr.constants().get(i).var(), arguments.get(next++));
        }
        for (int i = 0; i < jaxpr.inputs().size(); i++) {
            env.put(jaxpr.inputs().get(i), arguments.get(next++));
        }
        Function<Atom, Atom> read = in -> read(env, in);
        for (Equation equation : jaxpr.equations()) {
            Array<Atom> operands = equation.inputs().map(read);
            Jaxpr body = body(equation.primitive(), equation);
            Array<Atom> results = body == null
                    ? builder.append(equation.primitive(), operands, equation.source())
                    : inline(
                            body,
                            body.constants()
                                    .map(c -> (Atom) builder.constant(c.value()))
                                    .appendAll(operands));
            for (int i = 0; i < results.size(); i++) {
                env.put(equation.outputs().get(i), results.get(i));
            }
        }
        return jaxpr.outputs().map(out -> read(env, out));
    }

    /** Whether an operation stays for sure. */
    private static boolean isKept(Primitive primitive) {
        return !(primitive instanceof Control.Calling) && !(primitive instanceof Custom);
    }

    /** The program to put in the place of an operation, or null when the operation itself runs. */
    private static Jaxpr body(Primitive primitive, Equation equation) {
        return switch (primitive) {
            case Control.CustomLinear linear when !linear.runs() -> throw HostCall.noForwardMode(linear);
            case Control.Checkpoint checkpoint when checkpoint.isBarrier() -> null;
            case Control.Calling call -> call.body();
            case Custom custom
            when custom.host().isEmpty() ->
                custom.body(equation.inputTypes()).orElseThrow(() -> HostCall.noMeaning(custom));
            case Elementwise _,
                    Movement _,
                    Reduction _,
                    DotGeneral _,
                    Threefry2x32 _,
                    Control.Cond _,
                    Control.While _,
                    Control.Scan _,
                    Custom _ -> null;
        };
    }

    private static Atom read(Map<Var, Atom> env, Atom atom) {
        return atom instanceof Var var ? env.get(var) : atom;
    }
}
