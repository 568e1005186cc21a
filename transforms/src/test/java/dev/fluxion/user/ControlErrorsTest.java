package dev.fluxion.user;

import static dev.fluxion.lax.Lax.associativeScan;
import static dev.fluxion.lax.Lax.cond;
import static dev.fluxion.lax.Lax.foriLoop;
import static dev.fluxion.lax.Lax.map;
import static dev.fluxion.lax.Lax.scan;
import static dev.fluxion.lax.Lax.switchCase;
import static dev.fluxion.lax.Lax.whileLoop;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.lax.ScanOptions;
import dev.fluxion.numpy.NDArray;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** In a package that is not Fluxion's own: errors of branches and loops name the line of the call. */
class ControlErrorsTest {
    private static final NDArray X = array(1, 2, 3);

    record State(NDArray position, List<NDArray> momenta) {}

    private static void fails(String message, Executable action) {
        String given = assertThrows(FluxionException.class, action).getMessage();
        assertEquals(message, given.replaceAll("ControlErrorsTest.java:\\d+", "HERE"));
    }

    @Test
    void theBodyOfAWhileLoopKeepsDtypes() {
        fails(
                """
                FX0304 whileLoop: the body changes the carry at .momenta[1]
                  expected f64[], as in init
                  given    f32[]
                  at HERE, while tracing the body of whileLoop
                  hint: convert one of them: init.astype(DType.FLOAT32), or in the body the result with astype(DType.FLOAT64)\
                """,
                () -> whileLoop(
                        s -> s.position().lt(1),
                        s -> new State(
                                s.position(), List.of(s.position(), s.position().astype(DType.FLOAT32))),
                        new State(scalar(0.0), List.of(scalar(1.0), scalar(2.0)))));
    }

    @Test
    void theBodyOfALoopKeepsShapes() {
        fails("""
            FX0304 foriLoop: the body changes the carry
              expected f64[3], as in init
              given    f64[2,3]
              at HERE, while tracing the body of foriLoop
              hint: the shape stays the same from step to step: begin with an init of f64[2,3], or reduce, reshape or slice the result\
            """, () -> foriLoop(0, 3, (i, c) -> stack(List.of(c, c)), X));
    }

    @Test
    void theBodyOfAScanKeepsTheStructure() {
        fails(
                """
                FX0304 scan: the body changes the structure of the carry
                  at [1]: expected [*, *]
                  at [1]: given [*]
                  at HERE, while tracing the body of scan
                  hint: the body gives a carry like the one that it takes, and that is like init\
                """,
                () -> scan(
                        (Tuple2<NDArray, List<NDArray>> c, NDArray x) -> Tuple.of(Tuple.of(c._1, List.of(x)), x),
                        Tuple.of(scalar(0.0), List.of(scalar(0.0), scalar(0.0))),
                        X));
    }

    @Test
    void aStepGivesAPair() {
        fails("""
            FX0303 scan: the function gave null
              at HERE, while tracing the body of scan
              hint: give the pair of the next carry and of this step's result: Tuple.of(carry, y)\
            """, () -> scan((NDArray c, NDArray x) -> (Tuple2<NDArray, NDArray>) null, scalar(0.0), X));
    }

    @Test
    void branchesGiveOneStructure() {
        fails("""
            FX0305 cond: branch 1 gives another structure than branch 0
              expected [*]
              given [*, *]
              at HERE
              hint: all branches give results of one structure\
            """, () -> cond(scalar(true), () -> List.of(X, X), () -> List.of(X)));
    }

    @Test
    void branchesGiveOneDtype() {
        fails("""
            FX0305 switchCase: branch 2 gives another type than branch 0 at [0]
              branch 0 gives f64[3]
              branch 2 gives i32[3]
              at HERE
              hint: convert one of them with astype\
            """, () -> {
            List<NDArray> chosen = switchCase(
                    scalar(1), List.of(x -> List.of(x), x -> List.of(x), x -> List.of(x.astype(DType.INT32))), X);
            chosen.size();
        });
    }

    @Test
    void anIndexIsAnInteger() {
        fails("""
            FX0306 switchCase: the index must be one integer
              given f64[]
              at HERE
              hint: convert it with astype(DType.INT32)\
            """, () -> {
            NDArray chosen = switchCase(scalar(1.0), List.of(x -> x, x -> x), X);
            chosen.shape();
        });
    }

    @Test
    void thereIsABranch() {
        fails("""
            FX0104 switchCase: there are no branches
              at HERE
              hint: give at least one\
            """, () -> {
            NDArray chosen = switchCase(scalar(1), List.of(), X);
            chosen.shape();
        });
    }

    @Test
    void aConditionGivesOneTruthValue() {
        String message = """
            FX0306 whileLoop: the condition must give one truth value
              given %s
              at HERE, while tracing the condition of whileLoop
              hint: compare (x.lt(1.0)), and reduce with any() or all() where there are several values\
            """;
        fails(message.formatted("bool[3]"), () -> whileLoop(c -> c.lt(5), c -> c.times(2), X));
        fails(message.formatted("f64[]"), () -> whileLoop(c -> sum(c), c -> c.times(2), X));
        fails(message.formatted("null"), () -> whileLoop(c -> null, c -> c.times(2), X));
    }

    @Test
    void boundsAreIntegersOfOneDtype() {
        fails("""
            FX0306 foriLoop: a bound must be one integer
              given f64[]
              at HERE
              hint: convert it with astype(DType.INT32)\
            """, () -> foriLoop(scalar(0), scalar(3.0), (i, c) -> c, X));
        fails("""
            FX0202 foriLoop: the dtypes of the bounds differ
              lower i32[]
              upper i64[]
              at HERE
              hint: convert one of them with astype\
            """, () -> foriLoop(scalar(0), scalar(3L), (i, c) -> c, X));
        fails("""
            FX0104 foriLoop: 4294967295 steps, from -2147483648 to 2147483647
              at HERE
              hint: a loop has at most 2147483647 steps; nest two\
            """, () -> foriLoop(Integer.MIN_VALUE, Integer.MAX_VALUE, (i, c) -> c, X));
    }

    @Test
    void xsHaveOneLength() {
        fails("""
            FX0307 map: an array has no axis 0
              xs is f64[]
              at HERE
              hint: what is the same in all steps need not go in: the function may close over it\
            """, () -> map(x -> x, scalar(1.0)));
        fails("""
            FX0307 scan: there are no arrays to tell the number of steps
              at HERE
              hint: give it: ScanOptions.DEFAULT.withLength(n)\
            """, () -> scan((NDArray c, NDArray x) -> Tuple.of(c, c), scalar(1.0), null));
        fails(
                """
                FX0307 scan: sizes along axis 0 differ
                  the length given is 4
                  xs is f64[3]
                  at HERE\
                """,
                () -> scan(
                        (NDArray c, NDArray x) -> Tuple.of(c, x), scalar(1.0), X, ScanOptions.DEFAULT.withLength(4)));
        fails("""
            FX0307 associativeScan: sizes along axis 1 differ
              xs[0] is f64[2,3]
              xs[1] is f64[2,2]
              at HERE\
            """, () -> associativeScan((a, b) -> a, List.of(ones(2, 3), ones(2, 2)), false, 1));
    }

    @Test
    void numbersOfStepsAreInRange() {
        fails("""
            FX0104 scan: unroll is 0
              at HERE
              hint: it is at least 1\
            """, () -> ScanOptions.DEFAULT.withUnroll(0));
        fails("""
            FX0104 scan: the length is -1
              at HERE
              hint: it is zero or more\
            """, () -> scan((NDArray c) -> Tuple.of(c, c), scalar(1.0), -1));
        fails("""
            FX0104 map: the batch size is 0
              at HERE
              hint: it is at least 1\
            """, () -> map(x -> x, X, 0));
        fails("""
            FX0104 whileLoop: maxIterations is -3
              at HERE
              hint: it is zero or more\
            """, () -> whileLoop(c -> c.lt(5), c -> c.times(2), scalar(1.0), -3));
    }

    @Test
    void reverseModeNamesTheLineOfTheLoop() {
        String message = """
            FX0410 whileLoop: reverse mode cannot go through a loop whose number of steps is not known
              it would have to remember all steps, and their number decides how much that is
              at HERE, while %s
              hint: foriLoop with int bounds and scan have a fixed number of steps; whileLoop(cond, body, init, maxIterations) has a limit; jvp and jacfwd (forward mode) need none; for the solution of an equation write customRoot, which does not differentiate the iteration\
            """;
        fails(
                message.formatted("taking a gradient"),
                () -> Fluxion.grad((NDArray x) -> sum(whileLoop(c -> sum(c).lt(9), c -> c.times(x), x)))
                        .apply(X));
        fails(
                message.formatted("transposing"),
                () -> Fluxion.jacrev((NDArray x) -> scan((NDArray c) -> Tuple.of(doubled(c), c), x, 2)
                                .ys())
                        .apply(X));
        fails(
                message.formatted("taking a vjp"),
                () -> Fluxion.jit((NDArray x, NDArray n) -> Fluxion.vjp(
                                        (NDArray y) -> foriLoop(scalar(0), n, (i, c) -> c.times(y), y), x)
                                .primal())
                        .apply(X, scalar(3)));
    }

    private static NDArray doubled(NDArray x) {
        return whileLoop(c -> sum(c).lt(9), c -> c.times(2), x);
    }
}
