package dev.fluxion.ir.testing;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
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
        /** All primitives and dtypes. */
        ANY,
        /** Differentiable in the f64 inputs, and of moderate size. */
        SMOOTH,
        /** As smooth, with functions that have a reverse rule only. */
        REVERSE
    }

    private static final double[] CONSTANT = {0.5, -0.25, 1, 0.75, -1, 0.125};

    private final Kind kind;
    private final List<Var> inputs = new ArrayList<>();
    private final List<Atom> values = new ArrayList<>();
    private final List<Equation> equations = new ArrayList<>();
    private final Growth growth = new Growth();

    private RandomProgram(Kind kind) {
        this.kind = kind;
    }

    static Jaxpr make(List<Integer> choices, Kind kind) {
        return make(choices, kind, 0);
    }

    /** @param depth how many calls the program is inside of */
    private static Jaxpr make(List<Integer> choices, Kind kind, int depth) {
        RandomProgram program = of(choices, kind, depth);
        return program.finish(depth, program.lastValues());
    }

    private static RandomProgram of(List<Integer> choices, Kind kind, int depth) {
        RandomProgram program = new RandomProgram(kind);
        // What a counterexample shrinks to comes last.
        List<ArrayType> types = new ArrayList<>(List.of(
                ArrayType.of(DType.BOOL, 2, 3),
                ArrayType.of(DType.INT64),
                ArrayType.of(DType.FLOAT64, 3),
                ArrayType.of(DType.FLOAT64),
                ArrayType.of(DType.FLOAT64, 2, 3)));
        if (kind == Kind.ANY) {
            types.addAll(0, List.of(ArrayType.of(DType.FLOAT32, 3), ArrayType.of(DType.INT32, 2, 3)));
        }
        types.forEach(program::input);
        for (int choice : choices) {
            program.step(choice, depth);
        }
        return program;
    }

    private void input(ArrayType type) {
        Var var = new Var(type);
        inputs.add(var);
        values.add(var);
    }

    /** Appends an equation that the choice leads to; nothing when the operands it leads to do not fit. */
    private void step(int choice, int depth) {
        Choice next = new Choice(choice);
        Atom x = next.of(values);
        boolean calls = next.oneIn(12) && depth < 2;
        if (calls && next.oneIn(2)) {
            Kind inside = kind == Kind.ANY && next.oneIn(2) ? Kind.SMOOTH : kind;
            new RandomControl(
                            this,
                            next,
                            results -> of(choices(next), inside, depth + 1).ending(results))
                    .append(kind == Kind.ANY);
            return;
        }
        Primitive primitive = calls ? call(next, x, depth) : Operations.choose(next, x, kind);
        Array<Atom> operands = operands(primitive, x, next);
        if (operands != null) {
            append(primitive, operands);
        }
    }

    /** Appends an operation when its operands fit, and gives the last value then. */
    Atom append(Primitive primitive, Array<Atom> operands) {
        Array<ArrayType> types;
        try {
            types = TypeRules.infer(primitive, operands);
            if (kind != Kind.ANY && !growth.allows(primitive, operands)) {
                return values.getLast();
            }
        } catch (FluxionException e) {
            return values.getLast();
        }
        Array<Var> outputs = types.map(Var::new);
        Equation equation = new Equation(outputs, primitive, operands, SourceInfo.UNKNOWN);
        equations.add(equation);
        growth.append(equation);
        outputs.forEach(values::add);
        return values.getLast();
    }

    /** x and, for the further operands, values of its type or literals; for calls values of the input types. */
    private Array<Atom> operands(Primitive primitive, Atom x, Choice next) {
        if (primitive instanceof Control.Calling call) {
            return call.body().inputTypes().map(type -> {
                Array<Atom> fitting = Array.ofAll(values).filter(v -> v.type().equals(type));
                return next.of(fitting.toJavaList());
            });
        }
        List<Atom> operands = new ArrayList<>();
        for (int i = 0; i < Operations.arity(primitive, x); i++) {
            operands.add(i == 0 ? x : Operations.operand(primitive, x, i, next, values, kind));
        }
        return operands.contains(null) ? null : Array.ofAll(operands);
    }

    /** A sub-program that the rest of the choice makes, or a function with a derivative rule. */
    private Primitive call(Choice next, Atom x, int depth) {
        if (x.dtype() == DType.FLOAT64 && next.oneIn(2)) {
            return kind == Kind.SMOOTH || next.oneIn(2)
                    ? CustomFunctions.customJvp(x.type())
                    : CustomFunctions.customVjp(x.type());
        }
        return new Control.Call("f", make(choices(next), kind == Kind.ANY ? Kind.SMOOTH : kind, depth + 1));
    }

    private static List<Integer> choices(Choice next) {
        return List.of(next.number(100_000), next.number(100_000), next.number(100_000));
    }

    /** A value of the type, which there is. */
    Atom value(ArrayType type, Choice next) {
        return next.of(Array.ofAll(values).filter(v -> v.type().equals(type)).toJavaList());
    }

    /** As a sub-program whose outputs are the last values of the given types. */
    private Jaxpr ending(Array<ArrayType> results) {
        Array<Atom> last = Array.ofAll(values).reverse();
        return finish(
                1,
                results.map(type -> last.find(v -> v.type().equals(type)).get()).toJavaList());
    }

    /** Whatever the program ends in. */
    private List<Atom> lastValues() {
        List<Atom> outputs = new ArrayList<>();
        for (int i = values.size() - 1; i >= 0 && outputs.size() < 3; i--) {
            if (kind == Kind.ANY || values.get(i).dtype() == DType.FLOAT64) {
                outputs.add(values.get(i));
            }
        }
        if (kind == Kind.ANY && equations.size() % 4 == 3) {
            outputs.add(Literal.of(Double.NaN));
        }
        return outputs;
    }

    private Jaxpr finish(int depth, List<Atom> outputs) {
        // Sub-programs have no constants.
        boolean closed = depth == 0 && equations.size() % 3 == 2;
        Var last = inputs.getLast();
        Array<Constant> constants =
                closed ? Array.of(new Constant(last, new HostArray(last.type(), CONSTANT.clone()))) : Array.empty();
        return new Jaxpr(
                constants,
                Array.ofAll(closed ? inputs.subList(0, inputs.size() - 1) : inputs),
                Array.ofAll(equations),
                Array.ofAll(outputs));
    }
}
