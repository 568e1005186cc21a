package dev.fluxion;

/**
 * Composable transformations of functions of arrays: derivatives, vectorisation, compilation. Import statically:
 *
 * <pre>{@code
 * import static dev.fluxion.Fluxion.*;
 *
 * Function1<NDArray, NDArray> f = x -> sin(x).times(x);
 * grad(grad(f)).apply(scalar(2.0));
 * }</pre>
 *
 * <p>Arguments and results are trees: arrays, records, Vavr tuples, lists, maps and registered classes of them. Every
 * transform takes what any transform returns. The same function object gives the same transformed function, so traces and
 * compiled programs are found again.
 */
public final class Fluxion extends NamedScopes {
    private Fluxion() {}
}
