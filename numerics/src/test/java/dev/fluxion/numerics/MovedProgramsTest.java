package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.passes.PadShifts;
import dev.fluxion.ir.passes.PadSums;
import dev.fluxion.ir.passes.Pass;
import dev.fluxion.ir.passes.Passes;
import dev.fluxion.ir.passes.Transposes;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Passes that move elements keep every value: random programs of moves, sums and products over small integers. */
class MovedProgramsTest {
    private static final int[] DIMS = {1, 2, 3, 5};

    @Property(tries = 400, seed = "20261124")
    void passesOverMovesKeepValues(@ForAll long seed) {
        Jaxpr jaxpr = program(new Random(seed));
        ArrayData[] inputs = inputs(jaxpr);
        double[][] expected = values(Agreement.REFERENCE.compile(jaxpr).run(inputs));
        for (Pass pass : List.of(new PadSums(), new PadShifts(), new Transposes())) {
            Jaxpr moved = JaxprChecker.check(pass.apply(jaxpr));
            assertValues(
                    pass.name(),
                    jaxpr,
                    expected,
                    Agreement.REFERENCE.compile(moved).run(inputs));
        }
        Jaxpr simple = JaxprChecker.check(Passes.simplify(jaxpr));
        assertValues(
                "all passes",
                jaxpr,
                expected,
                Agreement.REFERENCE.compile(simple).run(inputs));
        assertValues("engine", jaxpr, expected, Agreement.ENGINE.compile(jaxpr).run(inputs));
    }

    /** Sums are frequent and take the latest values, so that there are long ones; products are few, so that all is exact. */
    private static Jaxpr program(Random random) {
        JaxprBuilder builder = new JaxprBuilder();
        List<Atom> pool = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            pool.add(builder.input(ArrayType.of(DType.FLOAT64, dim(random), dim(random))));
        }
        int products = 0;
        for (int i = 0; i < 24; i++) {
            int kind = random.nextInt(10);
            products += kind == 9 ? 1 : 0;
            if (kind == 9 && products > 2) {
                continue;
            }
            Atom x = pool.get(Math.max(0, pool.size() - 1 - random.nextInt(4)));
            pool.add(kind < 4 ? added(builder, x, random) : moved(builder, kind, x, pool, random));
        }
        return builder.build(Array.ofAll(pool.subList(pool.size() - 2, pool.size())));
    }

    private static int dim(Random random) {
        return DIMS[random.nextInt(DIMS.length)];
    }

    /** x plus two or more of its parts, each in its place. */
    private static Atom added(JaxprBuilder builder, Atom x, Random random) {
        Atom sum = random.nextBoolean() ? x : null;
        for (int k = 2 + random.nextInt(3); k > 0; k--) {
            int[] start = new int[2];
            int[] limit = new int[2];
            for (int axis = 0; axis < 2; axis++) {
                int size = x.shape().dim(axis);
                start[axis] = random.nextInt(3) == 0 ? random.nextInt(size) : 0;
                limit[axis] = random.nextInt(3) == 0 ? start[axis] + 1 + random.nextInt(size - start[axis]) : size;
            }
            Atom part = builder.append(new Movement.Slice(Ints.of(start), Ints.of(limit), Ints.fill(2, 1)), x);
            Ints high = Ints.of(x.shape().dim(0) - limit[0], x.shape().dim(1) - limit[1]);
            Atom padded =
                    builder.append(new Movement.Pad(Ints.of(start), high, Ints.fill(2, 0)), part, Literal.of(0.0));
            sum = sum == null
                    ? padded
                    : random.nextBoolean() ? binary(builder, sum, padded) : binary(builder, padded, sum);
        }
        return sum;
    }

    private static Atom binary(JaxprBuilder builder, Atom x, Atom y) {
        return builder.append(new Elementwise.Binary(BinaryOp.ADD), x, y);
    }

    private static Atom moved(JaxprBuilder builder, int kind, Atom x, List<Atom> pool, Random random) {
        Shape shape = x.shape();
        return switch (kind) {
            case 4, 5, 6 -> builder.append(new Movement.Transpose(Ints.of(1, 0)), x);
            case 7 -> {
                Atom line = builder.append(new Movement.Reshape(Shape.of(shape.size())), x);
                Shape wide = Shape.of(shape.size(), 2);
                yield shape.size() > 40 ? x : builder.append(new Movement.BroadcastInDim(wide, Ints.of(0)), line);
            }
            case 8 -> shape.size() > 40 ? x : builder.append(new Movement.Concatenate(random.nextInt(2)), x, x);
            default -> {
                int axis = random.nextInt(2);
                Atom y = pool.get(random.nextInt(pool.size()));
                int other = y.shape().dim(0) == shape.dim(axis) ? 0 : y.shape().dim(1) == shape.dim(axis) ? 1 : -1;
                yield other < 0
                        ? x
                        : builder.append(DotGeneral.of(Ints.of(axis), Ints.of(other), Ints.of(), Ints.of()), x, y);
            }
        };
    }

    private static ArrayData[] inputs(Jaxpr jaxpr) {
        Random random = new Random(7);
        return jaxpr.inputs()
                .map(in -> {
                    double[] values = random.ints(in.type().size(), -3, 4)
                            .asDoubleStream()
                            .toArray();
                    return (ArrayData) HostArray.wrap(in.type(), values);
                })
                .toJavaArray(ArrayData[]::new);
    }

    private static double[][] values(ArrayData[] arrays) {
        double[][] values = new double[arrays.length][];
        for (int k = 0; k < arrays.length; k++) {
            values[k] = new double[arrays[k].type().size()];
            for (int i = 0; i < values[k].length; i++) {
                // The sign of a zero may change.
                values[k][i] = arrays[k].doubleAt(i) + 0.0;
            }
        }
        return values;
    }

    private static void assertValues(String what, Jaxpr jaxpr, double[][] expected, ArrayData[] actual) {
        double[][] values = values(actual);
        for (int k = 0; k < expected.length; k++) {
            int result = k;
            assertEquals(
                    Array.ofAll(expected[k]),
                    Array.ofAll(values[k]),
                    () -> what + ", result " + result + " of\n" + jaxpr);
        }
    }
}
