package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.numpy.Numpy.onesLike;

import dev.fluxion.Vjp;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.Parameters;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;

/** What a pullback computes: how often an operation stands in its program. */
record Recomputed(long sin, long cos, long dot) {
    /** Of the pullback of f at x, which must be a correct program. */
    static Recomputed of(Function1<NDArray, NDArray> f, NDArray x) {
        Vjp<NDArray, NDArray> vjp = vjp(f, x);
        Jaxpr pullback = JaxprChecker.check(makeJaxpr(vjp.pullback()).apply(onesLike(vjp.primal())));
        return new Recomputed(count(pullback, "sin"), count(pullback, "cos"), count(pullback, "dot_general"));
    }

    /** How often the operation stands in the program and in the programs it calls. */
    static long count(Jaxpr jaxpr, String operation) {
        return jaxpr.equations()
                .map(equation -> (equation.primitive().name().equals(operation) ? 1 : 0)
                        + Parameters.subPrograms(equation.primitive())
                                .map(body -> count(body, operation))
                                .sum()
                                .longValue())
                .sum()
                .longValue();
    }
}
