package dev.fluxion.numerics.reference;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.HostCall;
import dev.fluxion.numerics.ProgramInputs;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/** Walks over the equations of a program. */
record ReferenceExecutable(Jaxpr jaxpr) implements Executable {
    @Override
    public ArrayData[] run(ArrayData... inputs) {
        ProgramInputs.check(ProgramInputs.types(jaxpr), inputs);
        HostArray[] results =
                evaluate(jaxpr, Array.of(inputs).map(HostArray::of).toJavaArray(HostArray[]::new));
        // A result may be an input or another result: each gets a handle of its own.
        return Array.of(results).map(x -> x.as(x.type())).toJavaArray(HostArray[]::new);
    }

    static HostArray[] evaluate(Jaxpr jaxpr, HostArray... inputs) {
        Map<Var, HostArray> env = new IdentityHashMap<>();
        jaxpr.constants().forEach(c -> env.put(c.var(), HostArray.of(c.value())));
        for (int i = 0; i < inputs.length; i++) {
            env.put(jaxpr.inputs().get(i), inputs[i]);
        }
        for (Equation equation : jaxpr.equations()) {
            HostArray[] results = evaluate(equation, equation.inputs().map(in -> read(env, in)));
            for (int i = 0; i < results.length; i++) {
                env.put(equation.outputs().get(i), results[i]);
            }
        }
        return jaxpr.outputs().map(out -> read(env, out)).toJavaArray(HostArray[]::new);
    }

    private static HostArray read(Map<Var, HostArray> env, Atom atom) {
        return switch (atom) {
            case Var var -> env.get(var);
            case Literal literal -> HostArray.of(literal);
        };
    }

    private static HostArray[] evaluate(Equation equation, Array<HostArray> in) {
        Array<ArrayType> types = equation.outputs().map(Var::type);
        return switch (equation.primitive()) {
            case Elementwise p -> one(ElementwiseMeaning.of(p, in, types.get(0)));
            case Movement p -> one(MovementMeaning.of(p, in, types.get(0)));
            case Reduction p -> one(ReductionMeaning.of(p, in.get(0), types.get(0)));
            case DotGeneral p -> one(DotMeaning.of(p.dimensionNumbers(), in.get(0), in.get(1), types.get(0)));
            case Threefry2x32 _ -> ThreefryMeaning.of(in, types.get(0));
            case Control.CustomLinear p when !p.runs() -> throw HostCall.noForwardMode(p);
            case Control.Calling p -> evaluate(p.body(), in.toJavaArray(HostArray[]::new));
            case Control.Cond p -> ControlMeaning.cond(p, in);
            case Control.While p -> ControlMeaning.whileLoop(p, in);
            case Control.Scan p -> ControlMeaning.scan(p, in, types);
            case Custom p -> custom(p, in);
        };
    }

    private static HostArray[] custom(Custom p, Array<HostArray> in) {
        if (p.host().isPresent()) {
            return HostCall.run(p, p.host().get(), in);
        }
        Jaxpr body = p.body(in.map(HostArray::type)).orElseThrow(() -> HostCall.noMeaning(p));
        return evaluate(body, in.toJavaArray(HostArray[]::new));
    }

    private static HostArray[] one(HostArray array) {
        return new HostArray[] {array};
    }
}
