package dev.fluxion.ir;

import io.vavr.collection.Array;
import java.util.Objects;

/**
 * Operations that run sub-programs. A sub-program has no constants: what it needs comes in as inputs. Types:
 * {@link ControlTypes}.
 */
public sealed interface Control extends Primitive {
    /** Operations that run one program once, on their operands. */
    sealed interface Calling extends Control {
        /** The program whose results are this operation's results. */
        Jaxpr body();
    }

    /** {@code outs = body(inputs)}: a shared sub-program, as {@code jit} makes it. */
    record Call(String label, Jaxpr body) implements Calling {
        public Call {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(body, "body");
        }

        @Override
        public String name() {
            return "jit";
        }
    }

    /**
     * {@code outs = body(inputs)}, whose derivative is the user's: {@code jvp} is a program of (primals, tangents) that
     * gives (primal results, tangent results).
     */
    record CustomJvpCall(String label, Jaxpr body, LazyJaxpr jvp) implements Calling {
        public CustomJvpCall {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(jvp, "jvp");
        }

        @Override
        public String name() {
            return "custom_jvp_call";
        }
    }

    /**
     * {@code outs = body(inputs)}, whose reverse derivative is the user's: {@code fwd} is a program of the inputs that
     * gives (results, residuals), {@code bwd} one of (residuals, result cotangents) that gives input cotangents.
     *
     * @param captured the last {@code captured} inputs are arguments that the rule excludes and values closed over; they
     *     have no derivative
     */
    record CustomVjpCall(String label, Jaxpr body, LazyJaxpr fwd, LazyJaxpr bwd, int captured) implements Calling {
        public CustomVjpCall {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(fwd, "fwd");
            Objects.requireNonNull(bwd, "bwd");
        }

        @Override
        public String name() {
            return "custom_vjp_call";
        }
    }

    /**
     * The linear map (residuals, tangents) to result tangents that a custom VJP stands for. Its transpose is {@code bwd} of
     * (residuals, result cotangents). Where nothing else is known of it, it can be transposed and batched, not run.
     *
     * @param body the map where it {@code runs}; else a program of the right type
     * @param residuals how many of the inputs are residuals; the rest are tangents
     * @param runs whether the user gave a forward rule too
     */
    record CustomLinear(String label, Jaxpr body, LazyJaxpr bwd, int residuals, boolean runs) implements Calling {
        public CustomLinear {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(bwd, "bwd");
        }

        @Override
        public String name() {
            return "custom_lin";
        }
    }

    /**
     * {@code outs = body(inputs)}, of which a derivative keeps only what {@code policy} says and computes the rest again.
     *
     * @param differentiated whether this is what a derivative computes again
     * @param preventCse whether the engine must keep apart what is computed again and what was computed before. It costs a
     *     call, and is not needed in the body of a loop, which has nothing in common with the loop that computed before
     */
    record Checkpoint(String label, boolean differentiated, Jaxpr body, CheckpointPolicy policy, boolean preventCse)
            implements Calling {
        public Checkpoint {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(policy, "policy");
        }

        /** A program that no derivative has been taken of yet. */
        public Checkpoint(String label, Jaxpr body, CheckpointPolicy policy) {
            this(label, false, body, policy, true);
        }

        @Override
        public String name() {
            return "checkpoint";
        }

        /** This operation on another program. */
        public Checkpoint withBody(Jaxpr other) {
            return new Checkpoint(label, differentiated, other, policy, preventCse);
        }

        /** This operation on what a derivative computes again. */
        public Checkpoint differentiating(Jaxpr again) {
            return new Checkpoint(label, true, again, policy, preventCse);
        }

        /** Whether its equations must not be mixed with those around it. */
        public boolean isBarrier() {
            return differentiated && preventCse;
        }
    }

    /**
     * {@code x} with {@code matvec(consts, x) = b}: {@code x = solve(consts, b)}, where {@code matvec} is linear in x. Its
     * derivatives are those of the equation, not of {@code solve}. Operands are the consts of each program in turn, then b.
     *
     * @param programs {@code matvec} and {@code solve}; where the operation has a transpose, also {@code vecmat}, the
     *     transpose of {@code matvec}, and {@code transposeSolve}, which solves with that. Inputs of each are its consts,
     *     then a value like b
     * @param consts how many consts each of the programs has
     */
    record LinearSolve(Array<Jaxpr> programs, Ints consts) implements Calling {
        public LinearSolve {
            Objects.requireNonNull(programs, "programs");
            Objects.requireNonNull(consts, "consts");
        }

        @Override
        public String name() {
            return "custom_linear_solve";
        }

        /** The solution from all operands, most of which {@code solve} does not read. */
        @Override
        public Jaxpr body() {
            Jaxpr solve = programs.get(1);
            Array<Var> before = unread(0);
            for (int i = 2; i < programs.size(); i++) {
                before = before.appendAll(unread(i));
            }
            int first = consts.get(0);
            Array<Var> inputs = before.take(first)
                    .appendAll(solve.inputs().take(consts.get(1)))
                    .appendAll(before.drop(first))
                    .appendAll(solve.inputs().drop(consts.get(1)));
            return new Jaxpr(Array.empty(), inputs, solve.equations(), solve.outputs());
        }

        private Array<Var> unread(int program) {
            return programs.get(program).inputs().take(consts.get(program)).map(in -> new Var(in.type()));
        }

        /** Of the operands: the consts of a program. */
        public <T> Array<T> consts(int program, Array<T> operands) {
            int from = consts.stream().limit(program).sum();
            return operands.slice(from, from + consts.get(program));
        }

        /** Of the operands: the right-hand side. */
        public <T> Array<T> b(Array<T> operands) {
            return operands.drop(consts.stream().sum());
        }

        public boolean hasTranspose() {
            return programs.size() == 4;
        }

        /** The solution of {@code vecmat(x) = b}. */
        public LinearSolve transposed() {
            return new LinearSolve(
                    programs.drop(2).appendAll(programs.take(2)),
                    Ints.of(consts.get(2), consts.get(3), consts.get(0), consts.get(1)));
        }

        /** The operands of {@link #transposed} for those of this operation and another right-hand side. */
        public <T> Array<T> transposedOperands(Array<T> operands, Array<T> b) {
            return consts(2, operands)
                    .appendAll(consts(3, operands))
                    .appendAll(consts(0, operands))
                    .appendAll(consts(1, operands))
                    .appendAll(b);
        }
    }

    /**
     * {@code outs = branches[clamp(index, 0, n - 1)](operands)}: operands are the index, an i32 scalar, then the inputs of
     * the branches, whose types all agree. Of a truth value, branch 0 is false and branch 1 true.
     */
    record Cond(Array<Jaxpr> branches) implements Control {
        public Cond {
            if (Objects.requireNonNull(branches, "branches").isEmpty()) {
                throw TypeRules.badParameter("cond", "there must be at least one branch");
            }
        }

        /** The branch that an index names. */
        public Jaxpr branch(long index) {
            return branches.get(Math.clamp(index, 0, branches.size() - 1));
        }

        @Override
        public String name() {
            return "cond";
        }
    }

    /**
     * {@code carry = init; while (cond(condConsts, carry)) carry = body(bodyConsts, carry); outs = carry}. Operands are the
     * values that only {@code cond} reads, those that only {@code body} reads, and the initial carry.
     *
     * @param cond a program that gives one truth value
     * @param condConsts how many operands go to {@code cond} in front of the carry
     * @param bodyConsts how many operands go to {@code body} in front of the carry
     */
    record While(Jaxpr cond, int condConsts, Jaxpr body, int bodyConsts) implements Control {
        public While {
            Objects.requireNonNull(cond, "cond");
            Objects.requireNonNull(body, "body");
            TypeRules.requireCount(
                    "while", "cond_nconsts", condConsts, cond.inputs().size());
            TypeRules.requireCount(
                    "while", "body_nconsts", bodyConsts, body.inputs().size());
        }

        @Override
        public String name() {
            return "while";
        }

        /** The operands that {@code cond} alone reads. */
        public <T> Array<T> condConsts(Array<T> operands) {
            return operands.take(condConsts);
        }

        /** The operands that {@code body} alone reads. */
        public <T> Array<T> bodyConsts(Array<T> operands) {
            return operands.slice(condConsts, condConsts + bodyConsts);
        }

        /** The operands that are the initial carry. */
        public <T> Array<T> init(Array<T> operands) {
            return operands.drop(condConsts + bodyConsts);
        }
    }

    /**
     * {@code (carry, y[t]) = body(consts, carry, x[t])} for t = 0, ..., length - 1 ({@code length - 1, ..., 0} when
     * reversed); outs are the last carry and the stacked ys. Operands are consts, the initial carry, and the stacked xs.
     *
     * @param unroll how many steps an engine may write out in one round of its loop
     * @param consts how many operands all steps read
     * @param carry how many values go from step to step
     */
    record Scan(Jaxpr body, int length, boolean reverse, int unroll, int consts, int carry) implements Control {
        public Scan {
            Objects.requireNonNull(body, "body");
            TypeRules.requireCount("scan", "length", length, Integer.MAX_VALUE);
            TypeRules.requireCount("scan", "num_consts", consts, body.inputs().size());
            TypeRules.requireCount(
                    "scan",
                    "num_carry",
                    carry,
                    Math.min(body.inputs().size() - consts, body.outputs().size()));
            if (unroll < 1) {
                throw TypeRules.badParameter("scan", "unroll must be at least 1, given " + unroll);
            }
        }

        @Override
        public String name() {
            return "scan";
        }

        /** As many steps in the same direction, of another body with its own consts and carry. */
        public Scan with(Jaxpr newBody, int newConsts, int newCarry) {
            return new Scan(newBody, length, reverse, unroll, newConsts, newCarry);
        }

        /** Of the operands, or of the inputs of the body: the consts. */
        public <T> Array<T> consts(Array<T> operands) {
            return operands.take(consts);
        }

        /** Of the operands, or of the inputs of the body: the carry. */
        public <T> Array<T> carry(Array<T> operands) {
            return operands.slice(consts, consts + carry);
        }

        /** Of the operands, or of the inputs of the body: the xs. */
        public <T> Array<T> xs(Array<T> operands) {
            return operands.drop(consts + carry);
        }

        /** Of the results, or of the outputs of the body: the last carry. */
        public <T> Array<T> carryOut(Array<T> results) {
            return results.take(carry);
        }

        /** Of the results, or of the outputs of the body: the ys. */
        public <T> Array<T> ys(Array<T> results) {
            return results.drop(carry);
        }
    }
}
