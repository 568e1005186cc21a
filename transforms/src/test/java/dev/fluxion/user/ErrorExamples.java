package dev.fluxion.user;

import static dev.fluxion.Fluxion.asDoubleFunction;
import static dev.fluxion.Fluxion.checkGrads;
import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.linearTranspose;
import static dev.fluxion.Fluxion.lower;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.lax.Lax.cond;
import static dev.fluxion.lax.Lax.customRoot;
import static dev.fluxion.lax.Lax.scan;
import static dev.fluxion.lax.Lax.whileLoop;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.concatenate;
import static dev.fluxion.numpy.Numpy.einsum;
import static dev.fluxion.numpy.Numpy.max;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.split;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.zeros;

import dev.fluxion.JitOptions;
import dev.fluxion.Jvp;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.binary.JaxprFiles;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.ParseOptions;
import dev.fluxion.ir.text.ReadLimits;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Tree;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One way to make each error, for {@code docs/errors.md}. */
final class ErrorExamples {
    private ErrorExamples() {}

    /** Throws the error, but for NO_BACKEND, which needs a class path without engine. */
    static Object provoke(ErrorCode code) {
        NDArray x = array(1.0, 2.0, 3.0);
        return switch (code) {
            case BAD_SHAPE -> zeros(3, -1);
            case BAD_PROGRAM -> JaxprChecker.check(undefinedOperand());
            case OPERAND_COUNT -> concatenate(List.of());
            case BAD_PARAMETER -> split(x, 2);
            case SHAPE_MISMATCH -> x.item();
            case DTYPE_MISMATCH -> array(new int[] {1, 2}).plus(3_000_000_000L);
            case DOT_MISMATCH -> x.matmul(ones(2, 2));
            case BAD_AXIS -> sum(x, 1);
            case BAD_RESHAPE -> reshape(x, 2, 2);
            case BROADCAST_MISMATCH -> x.plus(ones(2));
            case BAD_INDEX -> x.get(3);
            case EMPTY_REDUCTION -> max(zeros(0));
            case BAD_EINSUM -> einsum("ij,jk", x, ones(3, 3));
            case CONCRETE_VALUE_NEEDED ->
                grad((NDArray y) -> y.item() > 0 ? y : y.unaryMinus()).apply(scalar(1.0));
            case LEAKED_TRACER -> leaked().plus(1.0);
            case BAD_RESULT -> asDoubleFunction(y -> array(1.0, 2.0).times(y));
            case CARRY_MISMATCH -> scan((NDArray c, NDArray y) -> new Tuple2<>(c.plus(y), y), scalar(0), x);
            case BRANCH_MISMATCH -> cond(scalar(true), y -> y, y -> y.sum(), x);
            case BAD_PREDICATE -> cond(x.gt(0.0), y -> y, y -> y.unaryMinus(), x);
            case LENGTH_MISMATCH ->
                scan((NDArray c, Tuple2<NDArray, NDArray> p) -> new Tuple2<>(c, p._1), x, new Tuple2<>(x, ones(2)));
            case SOLVER_MISMATCH -> customRoot(y -> y, x, (f, y) -> sum(y), (df, y) -> y);
            case NON_SCALAR_GRAD -> grad((NDArray y) -> sin(y)).apply(x);
            case NON_FLOAT_GRAD -> grad((NDArray y) -> sum(y)).apply(array(new int[] {1, 2}));
            case TANGENT_MISMATCH -> jvp(y -> sin(y), x, ones(2));
            case BATCH_MISMATCH -> vmap((NDArray a, NDArray b) -> a.plus(b)).apply(x, ones(2));
            case NOT_LINEAR -> linearTranspose(y -> sin(y), x);
            case MISSING_RULE ->
                jacfwd(customVjp((NDArray y) -> sin(y)).defvjp(y -> new Tuple2<>(sin(y), y), (y, ct) -> ct))
                        .apply(x);
            case BAD_CUSTOM_RULE ->
                grad(customJvp((NDArray y) -> square(y)).defjvp((y, t) -> new Jvp<>(square(y), ones(2))))
                        .apply(scalar(1.0));
            case GRADS_DISAGREE -> {
                checkGrads(
                        customJvp((NDArray y) -> square(y)).defjvp((y, t) -> new Jvp<>(square(y), t)), scalar(3.0), 1);
                yield null;
            }
            case TOO_LARGE -> hessian((NDArray y) -> sum(square(y))).apply(zeros(100_000));
            case UNBOUNDED_LOOP ->
                grad((NDArray y) -> sum(whileLoop(c -> sum(c).lt(100.0), c -> c.times(2.0), y)))
                        .apply(x);
            case TREE_MISMATCH -> jvp(l -> l.get(0).times(2.0), List.of(x), List.of(x, x));
            case NOT_A_TREE -> Tree.leaves(new StringBuilder("text"));
            case COMPILED_MISMATCH ->
                lower((NDArray y) -> sin(y)).apply(x).compile().function().apply(ones(2));
            case BAD_STATIC ->
                jit((NDArray y) -> sin(y), JitOptions.builder().staticArgnums(0).build())
                        .apply(x);
            case NO_BACKEND -> null;
            case BAD_DATA -> array(new double[][] {{1, 2}, {3}});
            case DONATED -> {
                jit(
                                (NDArray y) -> y.times(2),
                                JitOptions.builder().donateArgnums(0).build())
                        .apply(x);
                yield x.sum();
            }
            case BAD_FILE -> JaxprFiles.fromBytes(cutOff(), ParseOptions.DEFAULT);
            case LIMIT_EXCEEDED ->
                JaxprParser.parse(
                        "{ lambda ; a:f64[]. let b:f64[] = sin a; c:f64[] = cos b in (c,) }",
                        ParseOptions.DEFAULT.withLimits(ReadLimits.DEFAULT.withMaxEquations(1)));
            case NOT_PORTABLE -> JaxprFiles.toBytes(endlessRules());
            case BAD_TEXT -> JaxprParser.parse("{ lambda ; a:f64[]. let b:f64[] = sinus a in (b,) }");
        };
    }

    private static byte[] cutOff() {
        byte[] file = JaxprFiles.toBytes(identity());
        return Arrays.copyOf(file, file.length - 5);
    }

    private static Jaxpr identity() {
        Array<Var> a = Array.of(new Var(ArrayType.of(DType.FLOAT64)));
        return new Jaxpr(Array.empty(), a, Array.empty(), Array.narrow(a));
    }

    private static Jaxpr endlessRules() {
        LazyJaxpr rule = LazyJaxpr.of(() -> endlessRules());
        Equation equation = new Equation(
                Array.empty(),
                new Control.CustomJvpCall("f", new JaxprBuilder().build(Array.empty()), rule),
                Array.empty(),
                SourceInfo.UNKNOWN);
        return new Jaxpr(Array.empty(), Array.empty(), Array.of(equation), Array.empty());
    }

    private static Jaxpr undefinedOperand() {
        Var a = new Var(ArrayType.of(DType.FLOAT64));
        Var b = new Var(ArrayType.of(DType.FLOAT64));
        Var c = new Var(ArrayType.of(DType.FLOAT64));
        Equation equation =
                new Equation(Array.of(b), new Elementwise.Unary(UnaryOp.SIN), Array.<Atom>of(c), SourceInfo.UNKNOWN);
        return new Jaxpr(Array.empty(), Array.of(a), Array.of(equation), Array.of(b));
    }

    private static NDArray leaked() {
        List<NDArray> kept = new ArrayList<>();
        grad((NDArray y) -> {
                    kept.add(y.times(2.0));
                    return y;
                })
                .apply(scalar(1.0));
        return kept.get(0);
    }
}
