package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.gradBoth;
import static dev.fluxion.Fluxion.gradSecond;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.lax.Lax.customLinearSolve;
import static dev.fluxion.lax.Lax.customRoot;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Linear solves and roots against JAX's custom_linear_solve and custom_root: first and second derivatives, batched. */
class SolversTest {
    private static final double EPS = 1e-13;

    /** y with y^3 + a y = b, by Newton's method. */
    private static NDArray root(NDArray a, NDArray b) {
        return customRoot(
                y -> y.pow(3).plus(a.times(y)).minus(b),
                scalar(1.0),
                (f, y0) -> {
                    NDArray y = y0;
                    for (int i = 0; i < 12; i++) {
                        y = y.minus(f.apply(y).div(y.times(y).times(3).plus(a)));
                    }
                    return y;
                },
                (df, rhs) -> rhs.div(df.apply(scalar(1.0))));
    }

    @Test
    void aRootAndItsDerivatives() {
        NDArray a = scalar(2.0);
        NDArray b = scalar(3.5);
        assertEquals(1.0944759267849198, root(a, b).item(), EPS);
        Tuple2<NDArray, NDArray> both = gradBoth(SolversTest::root).apply(a, b);
        assertEquals(-0.19566460522822737, both._1.item(), EPS);
        assertEquals(0.17877469978074564, both._2.item(), EPS);
        Function1<NDArray, NDArray> ofVector = v -> root(v.get(0), v.get(1));
        double[] second = {0.025014070937607533, 0.009105554426456872, 0.009105554426456886, -0.03752110640641131};
        assertArrayEquals(second, hessian(ofVector).apply(array(2.0, 3.5)).toDoubleArray(), EPS);
        assertArrayEquals(
                second, jacrev(jacrev(jit(ofVector))).apply(array(2.0, 3.5)).toDoubleArray(), EPS);
        assertArrayEquals(
                new double[] {0.1646400970720839, 0.17877469978074564, 0.1739269927042523},
                vmap(gradSecond(SolversTest::root), inAxes(0, NONE))
                        .apply(array(1, 2, 4), b)
                        .toDoubleArray(),
                EPS);
        JaxprChecker.check(makeJaxpr(vmap(hessian(ofVector))).apply(stack(List.of(array(1, 2), array(3, 4)))));
    }

    /** x with x0^2 + x1 = p0 and x1^3 - x0 = p1. */
    private static NDArray vectorRoot(NDArray p) {
        return customRoot(
                x -> stack(List.of(
                        x.get(0).pow(2).plus(x.get(1)).minus(p.get(0)),
                        x.get(1).pow(3).minus(x.get(0)).minus(p.get(1)))),
                array(1.0, 1.0),
                (f, x0) -> {
                    NDArray x = x0;
                    for (int i = 0; i < 12; i++) {
                        x = x.minus(inverse(jacfwd(f).apply(x)).matmul(f.apply(x)));
                    }
                    return x;
                },
                (df, rhs) -> inverse(jacfwd(df).apply(rhs)).matmul(rhs));
    }

    private static NDArray inverse(NDArray m) {
        NDArray a = m.get(0, 0);
        NDArray b = m.get(0, 1);
        NDArray c = m.get(1, 0);
        NDArray d = m.get(1, 1);
        return stack(List.of(stack(List.of(d, b.unaryMinus())), stack(List.of(c.unaryMinus(), a))))
                .div(a.times(d).minus(b.times(c)));
    }

    @Test
    void aRootOfAVectorFunction() {
        NDArray p = array(3.0, 0.5);
        assertArrayEquals(
                new double[] {1.3327513326744957, 1.2237738852543554},
                vectorRoot(p).toDoubleArray(),
                EPS);
        double[] first = {0.34625107624161255, -0.07706683339802489, 0.07706683339802489, 0.20542184983244202};
        assertArrayEquals(first, jacrev(SolversTest::vectorRoot).apply(p).toDoubleArray(), EPS);
        assertArrayEquals(first, jacfwd(SolversTest::vectorRoot).apply(p).toDoubleArray(), EPS);
        double[] second = {
            -0.07966305472175615,
            0.0274375309062664,
            0.027437530906266407,
            0.019765863748050085,
            -0.027437530906266404,
            -0.01976586374805009,
            -0.019765863748050092,
            -0.06456455612335037
        };
        assertArrayEquals(
                second, jacfwd(jacrev(SolversTest::vectorRoot)).apply(p).toDoubleArray(), EPS);
        assertArrayEquals(
                second, jacrev(jacfwd(SolversTest::vectorRoot)).apply(p).toDoubleArray(), EPS);
    }

    /** x with A(theta) x = b, where A is not symmetric. */
    private static NDArray linear(NDArray theta, NDArray b) {
        NDArray a =
                array(new double[][] {{3, 1}, {-2, 4}}).plus(theta.times(array(new double[][] {{1, 2}, {0.5, -1}})));
        return customLinearSolve(
                v -> a.matmul(v),
                b,
                (matvec, y) -> inverse(a).matmul(y),
                (vecmat, y) -> inverse(a).transpose().matmul(y));
    }

    private static NDArray loss(NDArray theta, NDArray b) {
        return sum(sin(linear(theta, b)));
    }

    @Test
    void aLinearSolveAndItsDerivatives() {
        NDArray theta = scalar(0.3);
        NDArray b = array(1, -2);
        assertArrayEquals(
                new double[] {0.45484508899143045, -0.31311799604482526},
                linear(theta, b).toDoubleArray(),
                EPS);
        Tuple2<NDArray, NDArray> both = gradBoth(SolversTest::loss).apply(theta, b);
        assertEquals(-0.0032162487017321495, both._1.item(), EPS);
        assertArrayEquals(new double[] {0.335126336641999, 0.11220963025298462}, both._2.toDoubleArray(), EPS);
        assertEquals(
                0.029180112873045908,
                grad((NDArray t) -> grad(SolversTest::loss).apply(t, b))
                        .apply(theta)
                        .item(),
                EPS);
        assertArrayEquals(
                new double[] {-0.021553630442942815, 0.019472977998494213, 0.01947297799849421, 0.009689098283028979},
                hessian(v -> loss(theta, v)).apply(b).toDoubleArray(),
                EPS);
        Function1<NDArray, NDArray> ofTheta = t -> linear(t, b);
        double[] second = {0.07694177497147622, -0.0404977816947645};
        assertArrayEquals(second, jacrev(jacfwd(ofTheta)).apply(theta).toDoubleArray(), EPS);
        assertArrayEquals(second, jacfwd(jacrev(jit(ofTheta))).apply(theta).toDoubleArray(), EPS);
    }

    @Test
    void batchesOfLinearSolves() {
        NDArray b = array(1, -2);
        assertArrayEquals(
                new double[] {-0.009723636201769761, -0.006289693036492169},
                vmap(grad(SolversTest::loss), inAxes(0, NONE))
                        .apply(array(0.1, 0.2), b)
                        .toDoubleArray(),
                EPS);
        NDArray many = array(new double[][] {{1, 2}, {3, -1}});
        double[] expected = {0.3472863173421149, 0.07923674157034641, 0.2839198806625133, 0.1445267756060916};
        assertArrayEquals(
                expected,
                vmap(gradSecond(SolversTest::loss), inAxes(NONE, 0))
                        .apply(scalar(0.3), many)
                        .toDoubleArray(),
                EPS);
        Function1<NDArray, NDArray> total =
                v -> sum(vmap(SolversTest::loss, inAxes(NONE, 0)).apply(scalar(0.3), v));
        assertArrayEquals(expected, grad(total).apply(many).toDoubleArray(), EPS);
        JaxprChecker.check(makeJaxpr(grad(total)).apply(many));
    }

    /** 2 x + 4 y = b0, x + 3 y = b1 over a pair, with the transpose made from matvec. */
    @Test
    void aSolveOverATreeGetsTheTransposeOfItsProduct() {
        Function1<Tuple2<NDArray, NDArray>, Tuple2<NDArray, NDArray>> product =
                v -> Tuple.of(v._1.times(2).plus(v._2.times(4)), v._1.plus(v._2.times(3)));
        // both columns of the given map, by applying it: also to the transposed one
        Function2<
                        Function1<Tuple2<NDArray, NDArray>, Tuple2<NDArray, NDArray>>,
                        Tuple2<NDArray, NDArray>,
                        Tuple2<NDArray, NDArray>>
                byColumns = (map, b) -> {
                    Tuple2<NDArray, NDArray> c0 = map.apply(Tuple.of(scalar(1.0), scalar(0.0)));
                    Tuple2<NDArray, NDArray> c1 = map.apply(Tuple.of(scalar(0.0), scalar(1.0)));
                    NDArray det = c0._1.times(c1._2).minus(c0._2.times(c1._1));
                    return Tuple.of(
                            c1._2.times(b._1).minus(c1._1.times(b._2)).div(det),
                            c0._1.times(b._2).minus(c0._2.times(b._1)).div(det));
                };
        Function2<NDArray, NDArray, NDArray> first =
                (b0, b1) -> customLinearSolve(product, Tuple.of(b0, b1), byColumns, byColumns)._1;
        assertEquals(-2.5, first.apply(scalar(1.0), scalar(2.0)).item(), EPS);
        Tuple2<NDArray, NDArray> both = gradBoth(first).apply(scalar(1.0), scalar(2.0));
        assertEquals(1.5, both._1.item(), EPS);
        assertEquals(-2.0, both._2.item(), EPS);
    }

    @Test
    void aProgramWithASolveCanBeWrittenDown() {
        String text = JaxprPrinter.printWithConstants(
                makeJaxpr((NDArray t) -> linear(t, array(1, -2))).apply(scalar(0.5)));
        assertEquals(text, JaxprPrinter.printWithConstants(JaxprParser.parse(text)));
    }

    @Test
    void reverseModeNeedsASolveOfTheTransposedEquation() {
        Function1<NDArray, NDArray> f = b -> sum(customLinearSolve(v -> v.times(2), b, (matvec, y) -> y.div(2)));
        assertArrayEquals(
                new double[] {0.5, 1},
                vmap(f).apply(array(new double[][] {{1}, {2}})).toDoubleArray());
        FluxionException error = assertThrows(FluxionException.class, () -> grad(f).apply(array(1, 2)));
        assertEquals(
                """
                FX0406 custom_linear_solve: reverse mode needs a solve of the transposed equation
                  at SolversTest.java:LINE, while taking a gradient
                  hint: give customLinearSolve a transposeSolve, or say that matvec is symmetric\
                """.replace("LINE", error.getMessage().replaceAll("(?s).*SolversTest.java:(\\d+).*", "$1")),
                error.getMessage());
    }

    @Test
    void aSolverThatGivesSomethingElseIsRefused() {
        FluxionException error = assertThrows(
                FluxionException.class, () -> customRoot(y -> y, array(1, 2), (f, y) -> sum(y), (df, y) -> y));
        assertEquals("""
            FX0308 customRoot: solve gives something unlike initialGuess
              expected * of f64[2]
              given    * of f64[]
              at SolversTest.java:LINE
              hint: all functions of customRoot take and give trees like initialGuess\
            """.replace("LINE", Lines.of(error, getClass())), error.getMessage());
    }
}
