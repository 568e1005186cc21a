package dev.fluxion.ir;

import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Builds programs: the only way to make one. Every equation is typed as it is appended, simplified ({@link Folding}:
 * neutral elements, exact constants, moves that cancel) and hash-consed: the same operation on the same operands gives the
 * variables it gave before. Equations that no output needs are left out by {@link #build}, but for those with
 * {@link Effects}, which are not shared either.
 *
 * <p>Not safe for use by several threads.
 */
public final class JaxprBuilder {
    private final String context;
    private final List<Constant> constants = new ArrayList<>();
    private final Map<ArrayData, Var> constantVars = new IdentityHashMap<>();
    private final List<Var> inputs = new ArrayList<>();
    private final List<Equation> equations = new ArrayList<>();
    private final Set<Equation> effectful = Collections.newSetFromMap(new IdentityHashMap<>());
    private final EquationTable known = new EquationTable();
    private final Object mark = new Object();
    private final Set<Atom> unitVectors = Collections.newSetFromMap(new IdentityHashMap<>());

    public JaxprBuilder() {
        this("");
    }

    /** @param context what goes on, for error messages: {@code tracing loss for grad} */
    public JaxprBuilder(String context) {
        this.context = context;
    }

    /** Adds an input. */
    public Var input(ArrayType type) {
        Var var = new Var(type);
        inputs.add(var);
        return var;
    }

    /** The variable for an array the program closes over; the same array gives the same variable. */
    public Var constant(ArrayData value) {
        return constantVars.computeIfAbsent(value, v -> {
            Var var = new Var(v.type());
            constants.add(new Constant(var, v));
            return var;
        });
    }

    /** Appends a one-output operation. */
    public Atom append(Primitive primitive, Atom... operands) {
        return append(primitive, Array.of(operands), SourceInfo.UNKNOWN).get(0);
    }

    /**
     * Appends an operation and returns its results: fresh variables, or existing variables and literals where the
     * operation folds or has been appended before.
     *
     * @throws FluxionException when the operands do not fit
     */
    public Array<Atom> append(Primitive primitive, Array<Atom> operands, SourceInfo source) {
        Array<ArrayType> types;
        try {
            types = TypeRules.infer(primitive, operands);
        } catch (FluxionException e) {
            throw e.at(source, context);
        }
        Atom folded = Folding.fold(primitive, operands, types, this, source);
        if (folded != null) {
            return Array.of(folded);
        }
        boolean effect = Effects.of(primitive);
        int hash = effect ? 0 : EquationTable.hash(primitive, operands);
        Equation before = effect ? null : known.find(hash, primitive, operands);
        if (before != null) {
            return Array.narrow(before.outputs());
        }
        Array<Var> outputs = types.map(Var::new);
        Equation equation = new Equation(outputs, primitive, operands, source);
        equations.add(equation);
        for (Var out : outputs) {
            out.define(equation, mark);
        }
        if (effect) {
            effectful.add(equation);
        } else {
            known.add(hash, equation);
        }
        return Array.narrow(outputs);
    }

    /** The operation that defines {@code atom} in this builder, or null for inputs, constants, literals. */
    public Equation definition(Atom atom) {
        return atom instanceof Var var ? var.definition(mark) : null;
    }

    /**
     * Notes that the rows of {@code matrix} are the unit vectors along which the derivatives that follow are taken. Their
     * product with an array A is then A with its axes moved, as the matrix of {@code t -> A . t} is A by definition, where it
     * is infinite too; a product that was computed would be NaN in all places beside an infinite element. Unit vectors of
     * arrays of another rank than 1 are multiplied like other arrays.
     */
    public void unitVectors(Atom matrix) {
        if (matrix.shape().rank() == 2) {
            unitVectors.add(matrix);
        }
    }

    boolean isUnitVectors(Atom atom) {
        return unitVectors.contains(atom);
    }

    /**
     * Appends all equations of {@code jaxpr} with {@code arguments} for its inputs; its constants become constants here.
     *
     * @return the atoms that stand for its outputs
     */
    public Array<Atom> inline(Jaxpr jaxpr, Array<? extends Atom> arguments) {
        return inline(jaxpr, arguments, "");
    }

    /**
     * As {@link #inline(Jaxpr, Array)}, in named scopes around those that the equations have.
     *
     * @param scope the scopes, see {@link SourceInfo#scope}
     */
    public Array<Atom> inline(Jaxpr jaxpr, Array<? extends Atom> arguments, String scope) {
        VarMap<Atom> env = new VarMap<>(arguments.size() + jaxpr.equations().size());
        jaxpr.constants().forEach(c -> env.put(c.var(), constant(c.value())));
        for (int i = 0; i < arguments.size(); i++) {
            env.put(jaxpr.inputs().get(i), arguments.get(i));
        }
        Function<Atom, Atom> read = a -> read(env, a);
        jaxpr.equations().forEach(equation -> inline(equation, env, read, scope));
        return jaxpr.outputs().map(read);
    }

    private void inline(Equation equation, VarMap<Atom> env, Function<Atom, Atom> read, String scope) {
        Array<Atom> operands = equation.inputs().map(read);
        Array<Atom> results =
                append(equation.primitive(), operands, equation.source().within(scope));
        for (int i = 0; i < results.size(); i++) {
            env.put(equation.outputs().get(i), results.get(i));
        }
    }

    /** The program from the inputs to {@code outputs}. Every input stays; constants and equations only when needed. */
    public Jaxpr build(Array<? extends Atom> outputs) {
        VarSet live = new VarSet(equations.size());
        live.addAll(outputs);
        Equation[] kept = new Equation[equations.size()];
        int first = kept.length;
        for (int i = kept.length - 1; i >= 0; i--) {
            if (isLive(equations.get(i), live)) {
                kept[--first] = equations.get(i);
            }
        }
        return new Jaxpr(
                Array.ofAll(constants).filter(c -> live.contains(c.var())),
                Array.ofAll(inputs),
                Array.of(Arrays.copyOfRange(kept, first, kept.length)),
                Array.narrow(outputs));
    }

    /** Whether the equation stays; then what it reads is live. */
    private boolean isLive(Equation equation, VarSet live) {
        boolean stays = live.containsAny(equation.outputs()) || effectful.contains(equation);
        if (stays) {
            live.addAll(equation.inputs());
        }
        return stays;
    }

    private static Atom read(VarMap<Atom> env, Atom atom) {
        return atom instanceof Var var ? env.get(var) : atom;
    }
}
