package dev.fluxion.ir;

import io.vavr.collection.Array;

/** Whether derivative rules fit the functions they belong to. */
final class RuleTypes {
    private RuleTypes() {}

    /**
     * Traces the rules of an operation, if they were not yet, and compares their types.
     *
     * @throws FluxionException FX0407 when one does not fit, FX0104 when the operation counts more inputs than it has
     */
    static void check(Control control) {
        switch (control) {
            case Control.Call _,
                    Control.Checkpoint _,
                    Control.LinearSolve _,
                    Control.Cond _,
                    Control.While _,
                    Control.Scan _ -> {}
            case Control.CustomJvpCall p -> {
                Array<ArrayType> in = p.body().inputTypes();
                Array<ArrayType> out = p.body().outputTypes();
                agree(p, "jvp inputs", in.appendAll(floating(in)), p.jvp().get().inputTypes());
                agree(
                        p,
                        "jvp outputs",
                        out.appendAll(floating(out)),
                        p.jvp().get().outputTypes());
            }
            case Control.CustomVjpCall p -> customVjp(p);
            case Control.CustomLinear p -> {
                Array<ArrayType> in = p.body().inputTypes();
                count(p, "residuals", p.residuals(), in.size());
                Array<ArrayType> cotangents = p.body().outputTypes();
                agree(
                        p,
                        "bwd inputs",
                        in.take(p.residuals()).appendAll(cotangents),
                        p.bwd().get().inputTypes());
                agree(p, "bwd outputs", in.drop(p.residuals()), p.bwd().get().outputTypes());
            }
        }
    }

    private static void customVjp(Control.CustomVjpCall p) {
        Array<ArrayType> in = p.body().inputTypes();
        Array<ArrayType> out = p.body().outputTypes();
        count(p, "captured", p.captured(), in.size());
        Array<ArrayType> forward = p.fwd().get().outputTypes();
        agree(p, "fwd inputs", in, p.fwd().get().inputTypes());
        agree(p, "fwd outputs", out, forward.take(out.size()));
        Array<ArrayType> residuals = forward.drop(out.size());
        agree(p, "bwd inputs", residuals.appendAll(floating(out)), p.bwd().get().inputTypes());
        agree(
                p,
                "bwd outputs",
                floating(in.dropRight(p.captured())),
                p.bwd().get().outputTypes());
    }

    private static Array<ArrayType> floating(Array<ArrayType> types) {
        return types.filter(type -> type.dtype().isFloating());
    }

    private static void count(Control p, String what, int given, int most) {
        if (given < 0 || given > most) {
            throw TypeRules.badParameter(p, what + " is " + given + ", not between 0 and " + most);
        }
    }

    private static void agree(Control p, String what, Array<ArrayType> expected, Array<ArrayType> given) {
        if (!expected.equals(given)) {
            throw FluxionException.of(ErrorCode.BAD_CUSTOM_RULE, p.name() + ": " + what + " do not fit the function")
                    .detail("expected " + expected.mkString(", "))
                    .detail("given    " + given.mkString(", "));
        }
    }
}
