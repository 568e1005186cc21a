package dev.fluxion.numerics.elementary;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ScalarMeaning;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/** Evaluates elementwise scalar programs by the reference meaning of each operation. */
final class ScalarEvaluator {
    private ScalarEvaluator() {}

    static Array<Literal> evaluate(Jaxpr jaxpr, Literal... arguments) {
        Map<Var, Literal> values = new IdentityHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            values.put(jaxpr.inputs().get(i), arguments[i]);
        }
        for (Equation equation : jaxpr.equations()) {
            Array<Literal> operands = equation.inputs().map(atom -> read(values, atom));
            values.put(equation.output(), ScalarMeaning.of((Elementwise) equation.primitive(), operands));
        }
        return jaxpr.outputs().map(atom -> read(values, atom));
    }

    /** The value of the function at {@code x}, excluded by the guard or not. */
    static double apply(ElementaryProgram program, DType dtype, double x) {
        Literal operand = Literal.of(dtype, x);
        return program.guard().excludes(operand.doubleValue())
                ? ScalarMeaning.of(program.function(), Array.of(operand)).doubleValue()
                : evaluate(program.body(), operand).get(0).doubleValue();
    }

    static double apply(Jaxpr program, DType dtype, double x, double y) {
        return evaluate(program, Literal.of(dtype, x), Literal.of(dtype, y))
                .get(0)
                .doubleValue();
    }

    private static Literal read(Map<Var, Literal> values, Atom atom) {
        return switch (atom) {
            case Literal literal -> literal;
            case Var var -> values.get(var);
        };
    }
}
