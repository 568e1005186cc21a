package dev.fluxion.acceptance;

import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;
import static dev.fluxion.numpy.Numpy.where;
import static dev.fluxion.numpy.Numpy.zeros;

import dev.fluxion.Fluxion;
import dev.fluxion.Jvp;
import dev.fluxion.ir.DType;
import dev.fluxion.lax.Lax;
import dev.fluxion.lax.Scan;
import dev.fluxion.lax.ScanOptions;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.Tuple3;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/** Functions of a vector of three to a scalar, written with a loop of Fluxion's and with one of Java's. */
record UnrolledLoops(String name, Function1<NDArray, NDArray> loop, Function1<NDArray, NDArray> unrolled) {
    static Array<UnrolledLoops> all() {
        return Array.of(
                        new UnrolledLoops("nested scans", UnrolledLoops::nested, UnrolledLoops::nestedUnrolled),
                        new UnrolledLoops("cond in scan", UnrolledLoops::condInScan, UnrolledLoops::condInScanUnrolled),
                        new UnrolledLoops(
                                "scan in cond in scan", UnrolledLoops::scanInCond, UnrolledLoops::scanInCondUnrolled),
                        new UnrolledLoops("swapped carries", UnrolledLoops::swapped, UnrolledLoops::swappedUnrolled),
                        new UnrolledLoops(
                                "all kinds of ys", UnrolledLoops::kindsOfYs, UnrolledLoops::kindsOfYsUnrolled),
                        new UnrolledLoops("in place", UnrolledLoops::inPlace, UnrolledLoops::inPlaceUnrolled),
                        new UnrolledLoops("rules of the user's", UnrolledLoops::rules, UnrolledLoops::rulesUnrolled),
                        new UnrolledLoops(
                                "backwards, unrolled", UnrolledLoops::backwards, UnrolledLoops::backwardsUnrolled),
                        new UnrolledLoops(
                                "checkpointed", UnrolledLoops::checkpointed, UnrolledLoops::checkpointedUnrolled),
                        new UnrolledLoops("bounded while", UnrolledLoops::bounded, UnrolledLoops::boundedUnrolled),
                        new UnrolledLoops(
                                "gradient inside",
                                UnrolledLoops::gradientInside,
                                UnrolledLoops::gradientInsideUnrolled))
                .appendAll(invariants());
    }

    /** Loops whose body computes from constants of the loop. */
    private static Array<UnrolledLoops> invariants() {
        return Array.of(
                new UnrolledLoops(
                        "invariants",
                        x -> sum(Lax.foriLoop(
                                0, 4, (i, c) -> sin(c.times(exp(x))).plus(cos(x)), x)),
                        x -> {
                            NDArray c = x;
                            for (int i = 0; i < 4; i++) {
                                c = sin(c.times(exp(x))).plus(cos(x));
                            }
                            return sum(c);
                        }),
                new UnrolledLoops(
                        "a carry that stays",
                        x -> sum(Lax.foriLoop(
                                        0, 3, (i, c) -> Tuple.of(c._1, tanh(c._2.times(c._1))), Tuple.of(exp(x), x))
                                ._2),
                        x -> sum(tanh(tanh(tanh(x.times(exp(x))).times(exp(x))).times(exp(x))))),
                new UnrolledLoops(
                        "nothing from step to step",
                        x -> sum(Lax.map(y -> sin(y).times(x), x)),
                        x -> sum(sin(x)).times(sum(x))));
    }

    private static Tuple2<NDArray, NDArray> both(NDArray c) {
        return Tuple.of(c, c);
    }

    private static NDArray nested(NDArray x) {
        Scan<NDArray, NDArray> outer = Lax.scan(
                (c, a) -> {
                    Scan<NDArray, NDArray> inner =
                            Lax.scan((d, b) -> both(sin(d.times(a)).plus(b.times(c))), c, x);
                    return Tuple.of(inner.carry().times(a), sum(inner.ys().times(a)));
                },
                scalar(0.3),
                x);
        return sum(outer.ys()).plus(outer.carry());
    }

    private static NDArray nestedUnrolled(NDArray x) {
        NDArray c = scalar(0.3);
        NDArray total = scalar(0.0);
        for (int i = 0; i < 3; i++) {
            NDArray a = x.get(i);
            NDArray d = c;
            for (int j = 0; j < 3; j++) {
                d = sin(d.times(a)).plus(x.get(j).times(c));
                total = total.plus(d.times(a));
            }
            c = d.times(a);
        }
        return total.plus(c);
    }

    private static NDArray condInScan(NDArray x) {
        return Lax.foriLoop(
                0,
                6,
                (i, c) -> Lax.cond(
                        c.lt(0.5).or(i.gt(4)),
                        y -> y.plus(sum(sin(x))),
                        y -> y.times(x.get(0)).minus(exp(y)),
                        c),
                scalar(0.1));
    }

    private static NDArray condInScanUnrolled(NDArray x) {
        NDArray c = scalar(0.1);
        for (int i = 0; i < 6; i++) {
            NDArray more = c.plus(sum(sin(x)));
            NDArray less = c.times(x.get(0)).minus(exp(c));
            c = i > 4 ? more : where(c.lt(0.5), more, less);
        }
        return c;
    }

    private static NDArray scanInCond(NDArray x) {
        return Lax.scan(
                        (NDArray c, NDArray a) -> both(Lax.cond(
                                a.gt(0.5),
                                () -> Lax.scan((NDArray d, NDArray b) -> both(d.times(cos(b.times(a)))), c, x)
                                        .carry(),
                                () -> c.plus(sin(a)))),
                        scalar(1.0),
                        x)
                .carry();
    }

    private static NDArray scanInCondUnrolled(NDArray x) {
        NDArray c = scalar(1.0);
        for (int i = 0; i < 3; i++) {
            NDArray a = x.get(i);
            NDArray product = c;
            for (int j = 0; j < 3; j++) {
                product = product.times(cos(x.get(j).times(a)));
            }
            c = where(a.gt(0.5), product, c.plus(sin(a)));
        }
        return c;
    }

    /** A tangent reaches the last place of the carry only after two steps; whole numbers and truth values go along. */
    private static NDArray swapped(NDArray x) {
        Tuple3<NDArray, NDArray, NDArray> last = Lax.foriLoop(
                0,
                4,
                (i, c) -> Tuple.of(sin(c._2), c._3.times(2), c._1.times(x.get(i.rem(3)))),
                Tuple.of(scalar(0.2), scalar(0.4), scalar(0.6)));
        return last._1.plus(last._2.times(3)).plus(last._3.times(5));
    }

    private static NDArray swappedUnrolled(NDArray x) {
        NDArray a = scalar(0.2);
        NDArray b = scalar(0.4);
        NDArray c = scalar(0.6);
        for (int i = 0; i < 4; i++) {
            NDArray before = a;
            a = sin(b);
            b = c.times(2);
            c = before.times(x.get(i % 3));
        }
        return a.plus(b.times(3)).plus(c.times(5));
    }

    record Ys(NDArray old, NDArray same, NDArray constant, NDArray number, NDArray count, NDArray none) {}

    private static NDArray kindsOfYs(NDArray x) {
        record State(NDArray i, NDArray even, NDArray c, NDArray unused) {}
        Scan<State, Ys> scan = Lax.scan(
                (s, a) -> Tuple.of(
                        new State(
                                s.i().plus(1),
                                s.even().not(),
                                where(s.even(), s.c().times(a), sin(s.c())),
                                s.unused().plus(a)),
                        new Ys(s.c(), a, exp(x), scalar(2.0), s.i(), zeros(0))),
                new State(scalar(0), scalar(true), scalar(0.7), scalar(0.0)),
                x);
        Ys ys = scan.ys();
        NDArray count = ys.count().astype(DType.FLOAT64);
        return sum(ys.old().times(ys.same()).times(count.plus(1)))
                .plus(sum(ys.constant().times(ys.number())))
                .plus(sum(ys.none()))
                .plus(scan.carry().c());
    }

    private static NDArray kindsOfYsUnrolled(NDArray x) {
        NDArray c = scalar(0.7);
        NDArray total = scalar(0.0);
        for (int i = 0; i < 3; i++) {
            NDArray a = x.get(i);
            total = total.plus(c.times(a).times(i + 1)).plus(sum(exp(x)).div(3).times(2));
            c = i % 2 == 0 ? c.times(a) : sin(c);
        }
        // Each of the three steps stacks exp(x), and the numbers 2 broadcast along its rows.
        return total.plus(c).plus(sum(exp(x)).times(4));
    }

    private static NDArray inPlace(NDArray x) {
        return sum(Lax.foriLoop(
                1,
                3,
                (i, a) -> Lax.dynamicUpdateSlice(
                        a, a.get(i.minus(1)).times(sin(a.get(i))).reshape(1), Array.of(i)),
                x));
    }

    private static NDArray inPlaceUnrolled(NDArray x) {
        List<NDArray> a = new ArrayList<>(List.of(x.get(0), x.get(1), x.get(2)));
        for (int i = 1; i < 3; i++) {
            a.set(i, a.get(i - 1).times(sin(a.get(i))));
        }
        return sum(stack(a));
    }

    private static NDArray square(NDArray y) {
        return Fluxion.customJvp((NDArray z) -> z.times(z))
                .defjvp((z, t) -> new Jvp<>(z.times(z), z.times(t).times(2)))
                .apply(y);
    }

    private static NDArray rules(NDArray x) {
        return sum(Lax.foriLoop(0, 3, (i, c) -> square(c).plus(x), x));
    }

    private static NDArray rulesUnrolled(NDArray x) {
        NDArray c = x;
        for (int i = 0; i < 3; i++) {
            c = c.times(c).plus(x);
        }
        return sum(c);
    }

    private static NDArray backwards(NDArray x) {
        Scan<NDArray, NDArray> scan = Lax.scan(
                (c, a) -> Tuple.of(sin(c).plus(a), c.times(a)),
                scalar(0.4),
                x,
                ScanOptions.DEFAULT.withReverse(true).withUnroll(2));
        return sum(scan.ys().times(array(1, 2, 3))).plus(scan.carry());
    }

    private static NDArray backwardsUnrolled(NDArray x) {
        NDArray c = scalar(0.4);
        NDArray total = scalar(0.0);
        for (int i = 2; i >= 0; i--) {
            total = total.plus(c.times(x.get(i)).times(i + 1));
            c = sin(c).plus(x.get(i));
        }
        return total.plus(c);
    }

    private static NDArray checkpointed(NDArray x) {
        return sum(Lax.foriLoop(
                0,
                4,
                (i, c) ->
                        Fluxion.checkpoint((NDArray y) -> sin(y.times(exp(x)))).apply(c),
                x));
    }

    private static NDArray checkpointedUnrolled(NDArray x) {
        NDArray c = x;
        for (int i = 0; i < 4; i++) {
            c = sin(c.times(exp(x)));
        }
        return sum(c);
    }

    private static NDArray bounded(NDArray x) {
        return sum(Lax.whileLoop(c -> sum(c).lt(8), c -> c.times(x.plus(1)).plus(sin(c)), x, 11));
    }

    private static NDArray boundedUnrolled(NDArray x) {
        NDArray c = x;
        for (int i = 0; i < 11; i++) {
            NDArray next = c.times(x.plus(1)).plus(sin(c));
            c = where(sum(c).lt(8), next, c);
        }
        return sum(c);
    }

    private static NDArray gradientInside(NDArray x) {
        Function1<NDArray, NDArray> energy =
                y -> sum(sin(y.times(x))).plus(Lax.foriLoop(0, 2, (i, c) -> c.times(sum(y)), scalar(0.1)));
        return sum(Lax.foriLoop(
                0, 3, (i, y) -> y.minus(Fluxion.grad(energy).apply(y).times(0.1)), x));
    }

    private static NDArray gradientInsideUnrolled(NDArray x) {
        NDArray y = x;
        for (int i = 0; i < 3; i++) {
            NDArray slope = cos(y.times(x)).times(x).plus(sum(y).times(0.2));
            y = y.minus(slope.times(0.1));
        }
        return sum(y);
    }
}
