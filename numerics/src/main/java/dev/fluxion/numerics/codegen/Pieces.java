package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A body too large for one method, or with too many arrays, cut into pieces that are kernels of their own. Values needed by
 * later pieces go through buffers, or through the outputs they are stored in where these share no array with an input.
 */
final class Pieces {
    /**
     * Operations per piece, and one function at least. HotSpot never compiles methods over 8,000 bytecodes, and gives up on some 500 vector operations
     * in one method; 200 are compiled well.
     */
    static final int LIMIT = 200;

    /**
     * Each array beyond {@link KernelSpec#SHARING_ARRAYS} counts as so many operations. (162 equations over 61 arrays are too
     * much for both of HotSpot's compilers, and so is a copy of 46 arrays; with a weight of 3 a piece took it up to six
     * seconds, with one of 8 half a second.)
     */
    private static final int ARRAY_WEIGHT = 8;

    /** One piece: array k of its kernel is the whole kernel's array {@code sources[k]}, or buffer {@code -1 - sources[k]}. */
    record Piece(KernelSpec spec, int[] sources) {}

    final List<Piece> pieces = new ArrayList<>();
    final List<DType> buffers = new ArrayList<>();

    /** The outputs that the last piece writes: all that are reduced, and all there are unless the kernel is a wide one. */
    final List<Integer> last = new ArrayList<>();

    private final KernelSpec spec;
    private final Map<Var, Integer> sourceOf = new IdentityHashMap<>();
    private final Map<Var, InnerStride> strideOf = new IdentityHashMap<>();

    private Pieces(KernelSpec spec) {
        this.spec = spec;
        for (int k = 0; k < spec.inputs().size(); k++) {
            sourceOf.put(spec.body().inputs().get(k), k);
            strideOf.put(spec.body().inputs().get(k), spec.inputs().get(k));
        }
        for (int k = 0; k < spec.outputs().size(); k++) {
            last.add(k);
        }
    }

    static boolean fitsOneMethod(KernelSpec spec) {
        return fits(SharedFunctions.operations(spec.body()), spec.arrayCount());
    }

    private static boolean fits(int operations, int arrays) {
        return operations + ARRAY_WEIGHT * Math.max(0, arrays - KernelSpec.SHARING_ARRAYS) <= LIMIT;
    }

    static Pieces of(KernelSpec spec) {
        Pieces result = new Pieces(spec);
        result.cut();
        return result;
    }

    private void cut() {
        Array<Equation> rest = spec.body().equations();
        while (!rest.isEmpty() && !fits(rest, results())) {
            int count = rest.size();
            while (count > 1 && !fits(rest.take(count), passed(rest, count))) {
                count -= Math.ceilDiv(count, 8);
            }
            Array<Var> passed = passed(rest, count);
            Array<Integer> targets = passed.map(this::target);
            add(rest.take(count), passed, passed.map(_ -> new KernelSpec.Output.Store(InnerStride.ONE)), targets);
            rest = rest.drop(count);
        }
        add(rest, results(), last().map(spec.outputs()::get), last().map(this::array));
    }

    private static boolean fits(Array<Equation> equations, Array<? extends Atom> outputs) {
        int operations = equations.map(SharedFunctions::operations).sum().intValue();
        return fits(operations, inputs(equations, outputs).size() + outputs.size());
    }

    private Array<Integer> last() {
        return Array.ofAll(last);
    }

    private Array<Atom> results() {
        return last().map(spec.body().outputs()::get);
    }

    private int array(int output) {
        return spec.inputs().size() + output;
    }

    /** What the first equations have for the others and for outputs. */
    private Array<Var> passed(Array<Equation> equations, int count) {
        Set<Var> needed = read(equations.drop(count), results());
        return equations.take(count).map(Equation::output).filter(needed::contains);
    }

    private static Array<Var> inputs(Array<Equation> equations, Array<? extends Atom> outputs) {
        Set<Var> defined = Collections.newSetFromMap(new IdentityHashMap<>());
        equations.forEach(e -> defined.add(e.output()));
        return Array.ofAll(read(equations, outputs)).filter(var -> !defined.contains(var));
    }

    /** Where a value is kept: in the output it is for, if that may be written early, else in a buffer. */
    private int target(Var var) {
        int source = spec.mayShareArrays() ? -1 : storedAt(var);
        if (source < 0) {
            buffers.add(var.dtype());
            source = -buffers.size();
        } else {
            last.remove((Integer) (source - spec.inputs().size()));
        }
        sourceOf.put(var, source);
        strideOf.put(var, InnerStride.ONE);
        return source;
    }

    private int storedAt(Var var) {
        return last().find(k -> spec.body().outputs().get(k) == var
                        && spec.outputs().get(k) instanceof KernelSpec.Output.Store(InnerStride inner)
                        && inner == InnerStride.ONE)
                .map(this::array)
                .getOrElse(-1);
    }

    private void add(
            Array<Equation> equations,
            Array<? extends Atom> outputs,
            Array<? extends KernelSpec.Output> ends,
            Array<Integer> targets) {
        Array<Var> inputs = inputs(equations, outputs);
        Jaxpr body = new Jaxpr(Array.empty(), inputs, equations, Array.narrow(outputs));
        KernelSpec piece = new KernelSpec(body, spec.loop(), inputs.map(strideOf::get), Array.narrow(ends));
        int[] sources = inputs.map(sourceOf::get)
                .appendAll(targets)
                .toJavaStream()
                .mapToInt(Integer::intValue)
                .toArray();
        pieces.add(new Piece(piece, sources));
    }

    /** The variables that are read, in the order in which they are. */
    private static Set<Var> read(Array<Equation> equations, Array<? extends Atom> outputs) {
        Set<Var> result = new LinkedHashSet<>();
        equations.forEach(e -> e.inputs().forEach(in -> addVar(result, in)));
        outputs.forEach(out -> addVar(result, out));
        return result;
    }

    private static void addVar(Set<Var> vars, Atom atom) {
        if (atom instanceof Var var) {
            vars.add(var);
        }
    }
}
