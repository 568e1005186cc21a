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
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A body too large for one method, cut into pieces that are kernels of their own. Values needed by later pieces go through
 * buffers; only the last piece writes the kernel's outputs, so that an output may share its array with an input.
 */
final class Pieces {
    /**
     * Equations per piece. HotSpot never compiles methods over 8,000 bytecodes, and gives up on some 500 vector operations
     * in one method; 200 are compiled well.
     */
    static final int LIMIT = 200;

    /** One piece: array k of its kernel is the whole kernel's array {@code sources[k]}, or buffer {@code -1 - sources[k]}. */
    record Piece(KernelSpec spec, int[] sources) {}

    final List<Piece> pieces = new ArrayList<>();
    final List<DType> buffers = new ArrayList<>();

    private final KernelSpec spec;
    private final Map<Var, Integer> sourceOf = new IdentityHashMap<>();
    private final Map<Var, InnerStride> strideOf = new IdentityHashMap<>();

    private Pieces(KernelSpec spec) {
        this.spec = spec;
    }

    static boolean fitsOneMethod(KernelSpec spec) {
        return spec.body().equations().size() <= LIMIT;
    }

    static Pieces of(KernelSpec spec) {
        Pieces result = new Pieces(spec);
        result.cut();
        return result;
    }

    private void cut() {
        Jaxpr body = spec.body();
        for (int k = 0; k < spec.inputs().size(); k++) {
            sourceOf.put(body.inputs().get(k), k);
            strideOf.put(body.inputs().get(k), spec.inputs().get(k));
        }
        Array<Equation> rest = body.equations();
        while (rest.size() > LIMIT) {
            Array<Equation> now = rest.take(LIMIT);
            rest = rest.drop(LIMIT);
            Set<Var> needed = read(rest, body.outputs());
            Array<Var> passed = now.map(Equation::output).filter(needed::contains);
            Array<KernelSpec.Output> stores = passed.map(var -> new KernelSpec.Output.Store(InnerStride.ONE));
            add(now, Array.narrow(passed), stores, passed.map(this::newBuffer));
        }
        int outputs = spec.outputs().size();
        add(
                rest,
                body.outputs(),
                spec.outputs(),
                Array.range(0, outputs).map(k -> k + spec.inputs().size()));
    }

    private int newBuffer(Var var) {
        buffers.add(var.dtype());
        int source = -buffers.size();
        sourceOf.put(var, source);
        strideOf.put(var, InnerStride.ONE);
        return source;
    }

    private void add(
            Array<Equation> equations, Array<Atom> outputs, Array<KernelSpec.Output> ends, Array<Integer> targets) {
        Set<Var> defined = Collections.newSetFromMap(new IdentityHashMap<>());
        equations.forEach(e -> defined.add(e.output()));
        Array<Var> inputs = Array.ofAll(read(equations, outputs)).filter(var -> !defined.contains(var));
        Jaxpr body = new Jaxpr(Array.empty(), inputs, equations, outputs);
        KernelSpec piece = new KernelSpec(body, spec.loop(), inputs.map(strideOf::get), ends);
        int[] sources = inputs.map(sourceOf::get)
                .appendAll(targets)
                .toJavaStream()
                .mapToInt(Integer::intValue)
                .toArray();
        pieces.add(new Piece(piece, sources));
    }

    private static Set<Var> read(Array<Equation> equations, Array<Atom> outputs) {
        Set<Var> result = Collections.newSetFromMap(new IdentityHashMap<>());
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
