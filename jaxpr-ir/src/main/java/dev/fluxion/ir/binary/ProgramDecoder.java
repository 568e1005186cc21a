package dev.fluxion.ir.binary;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Typing;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.text.ReadBudget;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/** Reads one program after the other; operations stay known from one to the next. */
final class ProgramDecoder {
    private final ByteInput in;
    private final ReadBudget budget;
    private final OperationDecoder operationDecoder;
    private final ArrayType[] types;
    private final Literal[] literals;
    private final SourceInfo[] sources;
    private final ArrayData[] constants;
    private final Typing typing = new Typing();
    private final List<Primitive> operations = new ArrayList<>();

    ProgramDecoder(
            ByteInput in,
            ReadBudget budget,
            OperationDecoder operationDecoder,
            ArrayType[] types,
            Literal[] literals,
            SourceInfo[] sources,
            ArrayData... constants) {
        this.in = in;
        this.budget = budget;
        this.operationDecoder = operationDecoder;
        this.types = types;
        this.literals = literals;
        this.sources = sources;
        this.constants = constants;
    }

    Jaxpr read() {
        int fresh = in.count("operations");
        for (int i = 0; i < fresh; i++) {
            operations.add(operationDecoder.read());
        }
        List<Var> defined = new ArrayList<>();
        int constantCount = in.count("constants");
        Constant[] closedOver = new Constant[constantCount];
        for (int i = 0; i < constantCount; i++) {
            ArrayData data = constants[in.index("constant", constants.length)];
            closedOver[i] = new Constant(define(defined, data.type()), data);
        }
        Array<Var> inputs = definitions(defined, "inputs");
        int equationCount = in.count("equations");
        budget.equations(equationCount);
        Equation[] equations = new Equation[equationCount];
        for (int i = 0; i < equations.length; i++) {
            int start = in.position();
            Primitive primitive = operations.get(in.index("operation", operations.size()));
            Array<Atom> operands = atoms(defined, "operands");
            equations[i] = new Equation(definitions(defined, "results"), primitive, operands, source());
            checkTypes(start, equations[i]);
        }
        return new Jaxpr(Array.of(closedOver), inputs, Array.of(equations), atoms(defined, "outputs"));
    }

    private void checkTypes(int start, Equation equation) {
        Array<ArrayType> expected;
        try {
            expected = typing.infer(equation.primitive(), equation.inputs());
        } catch (FluxionException e) {
            throw in.relocate(start, e);
        }
        Array<ArrayType> given = equation.outputs().map(Var::type);
        if (!expected.equals(given)) {
            throw in.wrong(
                            start,
                            equation.primitive().name() + ": the results have other types than the operation gives")
                    .detail("expected " + expected.mkString(", "))
                    .detail("found    " + given.mkString(", "));
        }
    }

    private Array<Var> definitions(List<Var> defined, String what) {
        Var[] vars = new Var[in.count(what)];
        for (int i = 0; i < vars.length; i++) {
            vars[i] = define(defined, types[in.index("type", types.length)]);
        }
        return Array.of(vars);
    }

    private static Var define(List<Var> defined, ArrayType type) {
        Var var = new Var(type);
        defined.add(var);
        return var;
    }

    private Array<Atom> atoms(List<Var> defined, String what) {
        Atom[] atoms = new Atom[in.count(what)];
        for (int i = 0; i < atoms.length; i++) {
            atoms[i] = atom(defined);
        }
        return Array.of(atoms);
    }

    private Atom atom(List<Var> defined) {
        int start = in.position();
        int code = in.number("an operand", Integer.MAX_VALUE);
        int place = code >>> 1;
        boolean literal = (code & 1) == 1;
        if (place >= (literal ? literals.length : defined.size())) {
            throw in.wrong(
                    start,
                    literal
                            ? "literal " + place + " does not exist: there are " + literals.length
                            : "a variable is defined " + place + " places back, and there are " + defined.size());
        }
        return literal ? literals[place] : defined.get(defined.size() - 1 - place);
    }

    private SourceInfo source() {
        int place = in.index("source", sources.length + 1);
        return place == 0 ? SourceInfo.UNKNOWN : sources[place - 1];
    }
}
