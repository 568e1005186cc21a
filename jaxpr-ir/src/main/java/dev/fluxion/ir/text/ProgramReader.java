package dev.fluxion.ir.text;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Typing;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one program: {@code { lambda constants; inputs. let equations in (outputs) }}. */
final class ProgramReader {
    private final Scanner scanner;
    private final AtomReader atoms;
    private final OperationReader operations;
    private final ReadBudget budget;
    private final Typing typing = new Typing();
    private final ParseOptions options;
    private int constantsGiven;
    private Map<String, Var> scope = new HashMap<>();

    ProgramReader(Scanner scanner, JaxprParser programs, ReadBudget budget, ParseOptions options) {
        this.scanner = scanner;
        this.budget = budget;
        this.atoms = new AtomReader(scanner, new ParameterReader(scanner, programs));
        this.operations = new OperationReader(scanner, programs, options);
        this.options = options;
    }

    Jaxpr read() {
        Map<String, Var> outer = scope;
        scope = new HashMap<>();
        scanner.expect("{");
        scanner.expectWord("lambda");
        List<Constant> constants = new ArrayList<>();
        while (!scanner.accept(";")) {
            constants.add(constant());
        }
        List<Var> inputs = new ArrayList<>();
        while (!scanner.accept(".")) {
            inputs.add(declaration());
        }
        scanner.expectWord("let");
        List<Equation> equations = new ArrayList<>();
        while (!scanner.peekWord().equals("in")) {
            budget.equations(1);
            equations.add(equation());
        }
        scanner.expectWord("in");
        List<Atom> outputs = outputs();
        scanner.expect("}");
        scope = outer;
        return new Jaxpr(Array.ofAll(constants), Array.ofAll(inputs), Array.ofAll(equations), Array.ofAll(outputs));
    }

    private Constant constant() {
        int start = scanner.position();
        Var var = declaration();
        if (scanner.accept("=")) {
            return new Constant(var, options.arrays().apply(var.type(), atoms.elements(var.type())));
        }
        if (constantsGiven == options.constants().size()) {
            throw scanner.wrong(start, "no data for this constant")
                    .hint("print with printWithConstants, or give the data with ParseOptions.withConstants");
        }
        ArrayData data = options.constants().get(constantsGiven++);
        if (!data.type().equals(var.type())) {
            throw scanner.wrong(start, "the data given for this constant is " + data.type() + ", not " + var.type());
        }
        return new Constant(var, data);
    }

    /** {@code name:type}, a new variable; {@code _} names nothing. */
    private Var declaration() {
        int start = scanner.position();
        String name = scanner.word("a variable, as in a:f64[3]");
        if (Names.RESERVED.contains(name)) {
            throw scanner.wrong(start, "'" + name + "' is a word of the notation and names no variable");
        }
        scanner.expect(":");
        Var var = new Var(atoms.type());
        if (!name.equals("_") && scope.put(name, var) != null) {
            throw scanner.wrong(start, "variable " + Scanner.abbreviate(name) + " is defined twice");
        }
        return var;
    }

    private Equation equation() {
        int start = scanner.position();
        // The results come into scope behind the operands: x = sin x does not define itself.
        Map<String, Var> before = scope;
        scope = new HashMap<>();
        List<Var> results = new ArrayList<>();
        while (!scanner.accept("=")) {
            results.add(declaration());
        }
        Map<String, Var> defined = scope;
        scope = before;
        Primitive primitive = operations.read();
        List<Atom> operands = new ArrayList<>();
        while (!scanner.accept(";") && !scanner.peekWord().equals("in") && !atDeclaration()) {
            operands.add(atoms.read(scope));
        }
        for (Map.Entry<String, Var> entry : defined.entrySet()) {
            if (scope.put(entry.getKey(), entry.getValue()) != null) {
                throw scanner.wrong(start, "variable " + Scanner.abbreviate(entry.getKey()) + " is defined twice");
            }
        }
        Equation equation = new Equation(Array.ofAll(results), primitive, Array.ofAll(operands), SourceInfo.UNKNOWN);
        checkTypes(equation, start);
        return equation;
    }

    /** Whether the next equation begins here: {@code name:} or, of an equation without results, {@code =}. */
    private boolean atDeclaration() {
        if (scanner.peek() == '=') {
            return true;
        }
        String word = scanner.peekWord();
        if (word.isEmpty() || AtomReader.isLiteral(word)) {
            return false;
        }
        int start = scanner.position();
        scanner.word("a variable");
        boolean colon = scanner.peek() == ':';
        scanner.reset(start);
        return colon;
    }

    private void checkTypes(Equation equation, int start) {
        Array<ArrayType> inferred;
        try {
            inferred = typing.infer(equation.primitive(), equation.inputs());
        } catch (FluxionException e) {
            throw scanner.relocate(start, e);
        }
        Array<ArrayType> given = equation.outputs().map(Var::type);
        if (!inferred.equals(given)) {
            throw scanner.wrong(start, "the results have other types than the operation gives")
                    .detail("expected " + inferred.mkString(", "))
                    .detail("found    " + given.mkString(", "));
        }
    }

    private List<Atom> outputs() {
        List<Atom> outputs = new ArrayList<>();
        scanner.expect("(");
        while (!scanner.accept(")")) {
            if (!outputs.isEmpty()) {
                scanner.expect(",");
                if (scanner.accept(")")) {
                    break;
                }
            }
            outputs.add(atoms.read(scope));
        }
        return outputs;
    }
}
