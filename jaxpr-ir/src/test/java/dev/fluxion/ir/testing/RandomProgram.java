package dev.fluxion.ir.testing;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.TypeRules;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/** Builds one program from a list of choices, without the builder's simplifications. */
final class RandomProgram {
    enum Kind {
        ANY,
        SMOOTH
    }

    private final Kind kind;
    private final List<Var> inputs = new ArrayList<>();
    private final List<Atom> values = new ArrayList<>();
    private final List<Equation> equations = new ArrayList<>();

    private RandomProgram(Kind kind) {
        this.kind = kind;
    }

    static Jaxpr make(List<Integer> choices, Kind kind) {
        RandomProgram program = new RandomProgram(kind);
        List<ArrayType> types = kind == Kind.ANY
                ? List.of(
                        ArrayType.of(DType.FLOAT64, 2, 3),
                        ArrayType.of(DType.FLOAT64),
                        ArrayType.of(DType.FLOAT32, 3),
                        ArrayType.of(DType.INT32, 2, 3),
                        ArrayType.of(DType.BOOL, 2, 3),
                        ArrayType.of(DType.INT64))
                : List.of(
                        ArrayType.of(DType.FLOAT64, 2, 3), ArrayType.of(DType.FLOAT64), ArrayType.of(DType.FLOAT64, 3));
        types.forEach(program::input);
        for (int choice : choices) {
            program.step(choice);
        }
        return program.finish();
    }

    private void input(ArrayType type) {
        Var var = new Var(type);
        inputs.add(var);
        values.add(var);
    }

    /** Appends an equation that the choice leads to; nothing when the operands it leads to do not fit. */
    private void step(int choice) {
        Choice next = new Choice(choice);
        Atom x = next.of(values);
        Primitive primitive = next.oneIn(12) && kind == Kind.ANY ? call(next) : Operations.choose(next, x, kind);
        Array<Atom> operands = operands(primitive, x, next);
        if (operands != null) {
            append(primitive, operands);
        }
    }

    private void append(Primitive primitive, Array<Atom> operands) {
        Array<ArrayType> types;
        try {
            types = TypeRules.infer(primitive, operands);
        } catch (FluxionException e) {
            return;
        }
        Array<Var> outputs = types.map(Var::new);
        equations.add(new Equation(outputs, primitive, operands, SourceInfo.UNKNOWN));
        outputs.forEach(values::add);
    }

    /** x and, for the further operands, values of its type or literals; for calls values of the input types. */
    private Array<Atom> operands(Primitive primitive, Atom x, Choice next) {
        if (primitive instanceof Control control) {
            Array<Atom> found = control.body()
                    .inputTypes()
                    .flatMap(type -> Array.ofAll(values)
                            .filter(v -> v.type().equals(type))
                            .lastOption());
            return found.size() == control.body().inputs().size() ? found : null;
        }
        List<Atom> operands = new ArrayList<>();
        for (int i = 0; i < Operations.arity(primitive, x); i++) {
            operands.add(i == 0 ? x : Operations.operand(primitive, x, i, next, values));
        }
        return operands.contains(null) ? null : Array.ofAll(operands);
    }

    /** A sub-program over the first values, which the rest of the choice makes. */
    private static Primitive call(Choice next) {
        Jaxpr body = make(List.of(next.number(1000), next.number(1000)), Kind.SMOOTH);
        if (next.oneIn(2)) {
            return new Control.Call("f", body);
        }
        // A rule of the right shape: the tangents of f64 results are zero.
        List<Var> inputs = new ArrayList<>();
        body.inputs().appendAll(body.inputs()).forEach(in -> inputs.add(new Var(in.type())));
        Array<Var> primals = Array.ofAll(inputs).take(body.inputs().size());
        Array<Var> results = body.outputTypes().map(Var::new);
        Equation inner = new Equation(results, new Control.Call("f", body), Array.narrow(primals), SourceInfo.UNKNOWN);
        Jaxpr rule = new Jaxpr(
                Array.empty(),
                Array.ofAll(inputs),
                Array.of(inner),
                Array.<Atom>narrow(results).appendAll(results));
        return new Control.CustomJvpCall("f", body, LazyJaxpr.of(rule));
    }

    /** The last values are the outputs: whatever the program ends in. */
    private Jaxpr finish() {
        List<Atom> outputs = new ArrayList<>();
        for (int i = values.size() - 1; i >= 0 && outputs.size() < 3; i--) {
            if (kind == Kind.ANY || values.get(i).dtype() == DType.FLOAT64) {
                outputs.add(values.get(i));
            }
        }
        if (kind == Kind.ANY && equations.size() % 4 == 3) {
            outputs.add(Literal.of(Double.NaN));
        }
        return new Jaxpr(Array.empty(), Array.ofAll(inputs), Array.ofAll(equations), Array.ofAll(outputs));
    }
}
