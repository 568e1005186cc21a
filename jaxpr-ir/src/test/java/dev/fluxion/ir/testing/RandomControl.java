package dev.fluxion.ir.testing;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.function.Function;

/** Random branches and loops of few steps, whose sub-programs the rest of the choice makes. */
final class RandomControl {
    private static final ArrayType COUNT = ArrayType.of(DType.INT32);

    private final RandomProgram program;
    private final Choice next;
    private final Function<Array<ArrayType>, Jaxpr> body;

    /** @param body makes a sub-program with results of the given types, all of which are types of inputs */
    RandomControl(RandomProgram program, Choice next, Function<Array<ArrayType>, Jaxpr> body) {
        this.program = program;
        this.next = next;
        this.body = body;
    }

    /** Appends a branch or a loop. */
    void append(boolean mayBeWhile) {
        switch (next.number(mayBeWhile ? 3 : 2)) {
            case 0 -> cond();
            case 1 -> scan();
            default -> whileLoop();
        }
    }

    private void cond() {
        Array<ArrayType> results = Array.of(
                ArrayType.of(DType.FLOAT64, 3), ArrayType.of(DType.FLOAT64, 2, 3), ArrayType.of(DType.FLOAT64));
        Array<Jaxpr> branches = Array.range(0, 2 + next.number(2)).map(_ -> body.apply(results));
        Atom number = program.value(ArrayType.of(DType.INT64), next);
        Atom index = program.append(new Elementwise.ConvertElementType(DType.INT32), Array.of(number));
        program.append(
                new Control.Cond(branches),
                operands(branches.get(0).inputTypes()).prepend(index));
    }

    /** Of the inputs of the body some are consts, some the carry, some the xs. */
    private void scan() {
        int length = next.number(4);
        Array<ArrayType> inputs = body.apply(Array.empty()).inputTypes();
        int consts = next.number(inputs.size());
        int carry = next.number(inputs.size() - consts + 1);
        Array<ArrayType> kept = inputs.slice(consts, consts + carry);
        Array<ArrayType> ys = Array.of(ArrayType.of(DType.FLOAT64, 3), ArrayType.of(DType.FLOAT64));
        Jaxpr step = body.apply(kept.appendAll(ys));
        Control.Scan scan = new Control.Scan(step, length, next.oneIn(2), 1 + next.number(3), consts, carry);
        Array<Atom> xs = scan.xs(inputs).map(type -> stack(type, length));
        program.append(scan, operands(inputs.take(consts + carry)).appendAll(xs));
    }

    /** Slices that are not all the same. */
    private Atom stack(ArrayType type, int length) {
        Atom first = repeat(program.value(type, next), length > 0 ? 1 : 0);
        return length < 2
                ? first
                : program.append(
                        new Movement.Concatenate(0), Array.of(first, repeat(program.value(type, next), length - 1)));
    }

    private Atom repeat(Atom x, int times) {
        return program.append(
                new Movement.BroadcastInDim(
                        x.shape().insert(0, times), Ints.range(1, x.shape().rank() + 1)),
                Array.of(x));
    }

    /** {@code while (i < limit) { carry = body(carry); i = i + 1; }}. */
    private void whileLoop() {
        Array<ArrayType> inputs = body.apply(Array.empty()).inputTypes();
        Jaxpr step = body.apply(inputs);
        Var i = new Var(COUNT);
        Var more = new Var(COUNT);
        Equation count = new Equation(
                Array.of(more),
                new Elementwise.Binary(BinaryOp.ADD),
                Array.of(i, Literal.of(DType.INT32, 1L)),
                SourceInfo.UNKNOWN);
        Jaxpr counting = new Jaxpr(
                Array.empty(),
                step.inputs().prepend(i),
                step.equations().append(count),
                step.outputs().prepend(more));
        Control.While loop = new Control.While(below(inputs), 1, counting, 0);
        Literal limit = Literal.of(DType.INT32, (long) next.number(4));
        Literal zero = Literal.of(DType.INT32, 0L);
        program.append(loop, operands(inputs).prepend(zero).prepend(limit));
    }

    /** Of (limit, i, carry): whether {@code i < limit}. */
    private static Jaxpr below(Array<ArrayType> carry) {
        Var limit = new Var(COUNT);
        Var i = new Var(COUNT);
        Var goesOn = new Var(ArrayType.of(DType.BOOL));
        Equation compare = new Equation(
                Array.of(goesOn), new Elementwise.Compare(CompareOp.LT), Array.of(i, limit), SourceInfo.UNKNOWN);
        return new Jaxpr(
                Array.empty(), carry.map(Var::new).prepend(i).prepend(limit), Array.of(compare), Array.of(goesOn));
    }

    private Array<Atom> operands(Array<ArrayType> types) {
        return types.map(type -> program.value(type, next));
    }
}
