package dev.fluxion.ir;

import io.vavr.collection.Array;

/** The result types of {@link Control} operations. */
final class ControlTypes {
    private static final ArrayType INDEX = ArrayType.of(DType.INT32);
    private static final ArrayType TRUTH = ArrayType.of(DType.BOOL);

    private ControlTypes() {}

    static Array<ArrayType> infer(Control p, Array<ArrayType> in) {
        return switch (p) {
            case Control.LinearSolve solve -> linearSolve(solve, in);
            case Control.Calling call -> {
                operands(p, call.body().inputTypes(), in);
                yield call.body().outputTypes();
            }
            case Control.Cond cond -> cond(cond, in);
            case Control.While loop -> whileLoop(loop, in);
            case Control.Scan scan -> scan(scan, in);
        };
    }

    private static Array<ArrayType> linearSolve(Control.LinearSolve p, Array<ArrayType> in) {
        int count = p.programs().size();
        if ((count != 2 && count != 4) || p.consts().size() != count) {
            throw TypeRules.badParameter(
                    p,
                    "takes 2 or 4 programs and as many counts, given " + count + " and "
                            + p.consts().size());
        }
        Array<ArrayType> consts = Array.empty();
        Array<ArrayType> b = p.programs().get(0).outputTypes();
        for (int i = 0; i < count; i++) {
            Jaxpr program = p.programs().get(i);
            TypeRules.requireCount(
                    p.name(), "consts", p.consts().get(i), program.inputs().size());
            consts = consts.appendAll(program.inputTypes().take(p.consts().get(i)));
            agree(
                    p,
                    "a program takes another value than the equation has",
                    b,
                    program.inputTypes().drop(p.consts().get(i)));
            agree(p, "a program gives another value than the equation has", b, program.outputTypes());
        }
        operands(p, consts.appendAll(b), in);
        return b;
    }

    private static Array<ArrayType> cond(Control.Cond p, Array<ArrayType> in) {
        Jaxpr first = p.branches().get(0);
        for (Jaxpr branch : p.branches().tail()) {
            agree(p, "the branches take different inputs", first.inputTypes(), branch.inputTypes());
            agree(p, "the branches give different results", first.outputTypes(), branch.outputTypes());
        }
        operands(p, first.inputTypes().prepend(INDEX), in);
        return first.outputTypes();
    }

    private static Array<ArrayType> whileLoop(Control.While p, Array<ArrayType> in) {
        Array<ArrayType> carry = p.body().outputTypes();
        agree(
                p,
                "the body gives another carry than it takes",
                p.body().inputTypes().drop(p.bodyConsts()),
                carry);
        agree(
                p,
                "cond takes another carry than the body",
                carry,
                p.cond().inputTypes().drop(p.condConsts()));
        agree(p, "cond does not give one truth value", Array.of(TRUTH), p.cond().outputTypes());
        Array<ArrayType> consts = p.cond()
                .inputTypes()
                .take(p.condConsts())
                .appendAll(p.body().inputTypes().take(p.bodyConsts()));
        operands(p, consts.appendAll(carry), in);
        return carry;
    }

    private static Array<ArrayType> scan(Control.Scan p, Array<ArrayType> in) {
        Array<ArrayType> inputs = p.body().inputTypes();
        Array<ArrayType> outputs = p.body().outputTypes();
        agree(p, "the body gives another carry than it takes", p.carry(inputs), p.carryOut(outputs));
        operands(p, p.consts(inputs).appendAll(p.carry(inputs)).appendAll(stacked(p, p.xs(inputs))), in);
        return p.carryOut(outputs).appendAll(stacked(p, p.ys(outputs)));
    }

    private static Array<ArrayType> stacked(Control.Scan p, Array<ArrayType> types) {
        return types.map(type -> type.withShape(type.shape().insert(0, p.length())));
    }

    private static void agree(Control p, String what, Array<ArrayType> expected, Array<ArrayType> given) {
        if (!expected.equals(given)) {
            throw mismatch(p.name() + ": " + what, expected, given);
        }
    }

    private static void operands(Control p, Array<ArrayType> expected, Array<ArrayType> given) {
        if (!expected.equals(given)) {
            throw mismatch(p.name() + ": operands do not fit the sub-program", expected, given);
        }
    }

    private static FluxionException mismatch(String what, Array<ArrayType> expected, Array<ArrayType> given) {
        return FluxionException.of(ErrorCode.SHAPE_MISMATCH, what)
                .detail("expected " + expected.mkString(", "))
                .detail("given    " + given.mkString(", "));
    }
}
