package dev.fluxion.numerics.codegen;

import static dev.fluxion.numerics.codegen.ScalarCode.kind;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.lang.classfile.TypeKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program on scalars cut into parts of some hundred operations. A value that a part leaves for a later one has a place
 * among the values of its kind, which is used again when nobody reads it any more. Takes time in proportion to the program.
 */
final class ScalarParts {
    /**
     * Some equations in a row as a program.
     *
     * @param inputs the places of its inputs
     * @param outputs the places of its outputs
     */
    record Part(Jaxpr body, Ints inputs, Ints outputs) {}

    private static final int INPUT = -1;

    private final List<Part> parts = new ArrayList<>();
    private final Map<Var, Integer> places = new IdentityHashMap<>();
    private final Map<TypeKind, Integer> lengths = new EnumMap<>(TypeKind.class);
    private final Map<TypeKind, ArrayDeque<Integer>> free = new EnumMap<>(TypeKind.class);

    private ScalarParts() {}

    static ScalarParts of(Jaxpr program) {
        ScalarParts result = new ScalarParts();
        result.cut(program);
        return result;
    }

    List<Part> parts() {
        return parts;
    }

    /** How many places there are for values of a kind. */
    int length(TypeKind kind) {
        return lengths.getOrDefault(kind, 0);
    }

    boolean isPassed(Var var) {
        return places.containsKey(var);
    }

    int place(Var var) {
        return places.get(var);
    }

    private void cut(Jaxpr program) {
        List<List<Equation>> rows = rows(program);
        Map<Var, Integer> made = new IdentityHashMap<>();
        Map<Var, Integer> lastRead = new IdentityHashMap<>();
        program.inputs().forEach(in -> made.put(in, INPUT));
        for (int k = 0; k < rows.size(); k++) {
            for (Equation equation : rows.get(k)) {
                for (Atom in : equation.inputs()) {
                    read(lastRead, in, k);
                }
                for (Var out : equation.outputs()) {
                    made.put(out, k);
                }
            }
        }
        program.outputs().forEach(out -> read(lastRead, out, rows.size()));
        program.inputs().filter(lastRead::containsKey).forEach(this::take);
        for (int k = 0; k < rows.size(); k++) {
            add(rows.get(k), k, made, lastRead);
        }
    }

    private static void read(Map<Var, Integer> lastRead, Atom atom, int part) {
        if (atom instanceof Var var) {
            lastRead.put(var, part);
        }
    }

    private static List<List<Equation>> rows(Jaxpr program) {
        List<List<Equation>> rows = new ArrayList<>();
        List<Equation> row = new ArrayList<>();
        int size = 0;
        for (Equation equation : program.equations()) {
            int weight = ScalarProgram.weight(equation);
            if (size + weight > ScalarProgramEmitter.LIMIT && !isCall(row.getLast())) {
                rows.add(row);
                row = new ArrayList<>();
                size = 0;
            }
            row.add(equation);
            size += weight;
        }
        rows.add(row);
        return rows;
    }

    /** A call stays with the choice behind it, so that it is made only where it is chosen. */
    private static boolean isCall(Equation equation) {
        return equation.primitive() instanceof Elementwise.Unary(UnaryOp op) && !op.isExact();
    }

    private void add(List<Equation> row, int k, Map<Var, Integer> made, Map<Var, Integer> lastRead) {
        Map<Var, Integer> inputs = new IdentityHashMap<>();
        List<Var> inputVars = new ArrayList<>();
        List<Var> outputVars = new ArrayList<>();
        for (Equation equation : row) {
            for (Atom in : equation.inputs()) {
                if (in instanceof Var var && made.get(var) < k && inputs.put(var, places.get(var)) == null) {
                    inputVars.add(var);
                }
            }
            for (Var out : equation.outputs()) {
                if (lastRead.getOrDefault(out, k) > k) {
                    outputVars.add(out);
                }
            }
        }
        outputVars.forEach(this::take);
        parts.add(new Part(
                new Jaxpr(Array.empty(), Array.ofAll(inputVars), Array.ofAll(row), Array.ofAll(outputVars)),
                places(inputVars),
                places(outputVars)));
        for (Var var : inputVars) {
            if (lastRead.get(var) == k) {
                free.computeIfAbsent(kind(var.dtype()), kind -> new ArrayDeque<>())
                        .push(places.get(var));
            }
        }
    }

    private Ints places(List<Var> vars) {
        return Ints.of(vars.stream().mapToInt(places::get));
    }

    private void take(Var var) {
        TypeKind kind = kind(var.dtype());
        ArrayDeque<Integer> known = free.get(kind);
        places.put(var, known != null && !known.isEmpty() ? known.pop() : lengths.merge(kind, 1, Integer::sum) - 1);
    }
}
