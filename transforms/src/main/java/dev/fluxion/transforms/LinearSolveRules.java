package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/** Linear solves: {@code A x = b} gives {@code A dx = db - dA x}, and the transpose solves with {@code A'}. */
final class LinearSolveRules {
    private LinearSolveRules() {}

    static Duals jvp(Control.LinearSolve p, Array<NDArray> in, Array<NDArray> t) {
        Array<NDArray> x = Tracing.bindAll(p, in);
        Array<NDArray> db = p.b(t);
        Array<NDArray> along = p.consts(0, t);
        if (along.exists(tangent -> tangent != null)) {
            Array<NDArray> noTangent = x.map(value -> null);
            Array<NDArray> change = Jvp.push(
                            p.programs().get(0), p.consts(0, in).appendAll(x), along.appendAll(noTangent))
                    .tangents();
            db = db.zipWith(change, (b, c) -> c == null ? b : JvpRules.sum(b, c.unaryMinus()));
        }
        if (db.forAll(tangent -> tangent == null)) {
            return new Duals(x, db);
        }
        Array<NDArray> rightHandSide = Transpose.withZeros(db, p.b(in).map(NDArray::type));
        Array<NDArray> consts = in.dropRight(rightHandSide.size());
        return new Duals(x, Tracing.bindAll(p, consts.appendAll(rightHandSide)));
    }

    static Array<NDArray> transpose(
            Control.LinearSolve p, Array<Operand> in, Array<NDArray> ct, Array<ArrayType> types) {
        Array<Operand> b = p.b(in);
        Array<Operand> consts = in.dropRight(b.size());
        if (consts.exists(Operand::isLinear)) {
            throw TransposeRules.notLinear(p);
        }
        if (!p.hasTranspose()) {
            throw FluxionException.of(
                            ErrorCode.MISSING_RULE,
                            p.name() + ": reverse mode needs a solve of the transposed equation")
                    .hint("give customLinearSolve a transposeSolve, or say that matvec is symmetric");
        }
        Array<NDArray> values = consts.map(Operand::value).appendAll(b.map(x -> null));
        Array<NDArray> solved =
                Tracing.bindAll(p.transposed(), p.transposedOperands(values, Transpose.withZeros(ct, types)));
        return consts.map(x -> (NDArray) null)
                .appendAll(b.zipWith(solved, (operand, result) -> operand.isLinear() ? result : null));
    }

    /** A batch of equations is one: its programs go over the batch, and all of them have a batch of solutions. */
    static Lanes batch(Control.LinearSolve p, Lanes in) {
        List<Jaxpr> programs = new ArrayList<>();
        for (int i = 0; i < p.programs().size(); i++) {
            Jaxpr program = p.programs().get(i);
            Array<Boolean> marks = p.consts(i, in.marks());
            Array<Boolean> all = Array.fill(program.inputs().size() - marks.size(), true);
            programs.add(Batch.ofAllOutputs(program, marks.appendAll(all), in.size()));
        }
        Array<NDArray> b = p.b(in.fronts());
        Array<NDArray> operands = in.arrays().dropRight(b.size()).appendAll(b);
        return Lanes.batched(
                SubPrograms.bind(new Control.LinearSolve(Array.ofAll(programs), p.consts()), operands), in.size());
    }
}
