package dev.fluxion.examples;

import static dev.fluxion.numpy.Numpy.power;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.zerosLike;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Tree;

/**
 * {@code p -= rate * m / (sqrt(v) + epsilon)}, where m and v are bias-corrected running means of the gradient and of its
 * square. Works on parameters of any structure.
 *
 * <p>Source: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015.
 */
record Adam(double rate, double decayMean, double decaySquare, double epsilon) {

    /** The parameters and what Adam remembers about their gradients; the arrays of step, means and squares are its state. */
    record State<P>(P parameters, P means, P squares, NDArray steps) {}

    /** Adam with the constants of its paper. */
    static Adam withRate(double rate) {
        return new Adam(rate, 0.9, 0.999, 1e-8);
    }

    <P> State<P> start(P parameters) {
        P zeros = Tree.map(p -> zerosLike(p), parameters);
        return new State<>(parameters, zeros, zeros, scalar(0.0));
    }

    <P> State<P> step(State<P> state, P gradient) {
        NDArray steps = state.steps().plus(1);
        P means = Tree.map2((m, g) -> average(decayMean, m, g), state.means(), gradient);
        P squares = Tree.map2((v, g) -> average(decaySquare, v, square(g)), state.squares(), gradient);
        NDArray meanScale = correction(decayMean, steps);
        NDArray squareScale = correction(decaySquare, steps);
        P moves = Tree.map2(
                (m, v) -> m.div(meanScale).div(sqrt(v.div(squareScale)).plus(epsilon)), means, squares);
        P parameters = Tree.map2((p, move) -> p.minus(move.times(rate)), state.parameters(), moves);
        return new State<>(parameters, means, squares, steps);
    }

    private static NDArray average(double decay, NDArray old, NDArray fresh) {
        return old.times(decay).plus(fresh.times(1 - decay));
    }

    /** {@code 1 - decay^steps}: how far a running mean that started at zero has got. */
    private static NDArray correction(double decay, NDArray steps) {
        return power(decay, steps).unaryMinus().plus(1);
    }
}
