package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.passes.PadShifts;
import dev.fluxion.ir.passes.PadSums;
import dev.fluxion.ir.passes.Pass;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Sums of padded arrays, as the gradients of stencils are, keep all but the sign of zeros: the values are not whole numbers,
 * so that a sum in another order differs.
 */
class StencilPassesTest {
    private static final int SIZE = 5;

    @Property(tries = 400, seed = "20261128")
    void sumsOfPaddedArraysKeepTheirBits(@ForAll long seed) {
        Jaxpr jaxpr = program(new Random(seed));
        ArrayData[] inputs = jaxpr.inputs()
                .zipWithIndex((in, i) -> Samples.ordinary(in.type(), i))
                .toJavaArray(ArrayData[]::new);
        ArrayData expected = Agreement.REFERENCE.compile(jaxpr).run(inputs)[0];
        for (Pass pass : List.of(new PadSums(), new PadShifts())) {
            Jaxpr moved = JaxprChecker.check(pass.apply(jaxpr));
            same(expected, Agreement.REFERENCE.compile(moved).run(inputs)[0], jaxpr, moved);
        }
        Jaxpr both = new PadShifts().apply(new PadSums().apply(jaxpr));
        same(expected, Agreement.REFERENCE.compile(both).run(inputs)[0], jaxpr, both);
    }

    private static void same(ArrayData expected, ArrayData actual, Jaxpr before, Jaxpr after) {
        for (int i = 0; i < expected.type().size(); i++) {
            double x = expected.doubleAt(i);
            double y = actual.doubleAt(i);
            assertTrue(x == y, () -> y + " instead of " + x + "\n" + before + "\nand\n" + after);
        }
    }

    /** A sum of terms, some of which are themselves such sums of one dimension less, padded. */
    private static Jaxpr program(Random random) {
        JaxprBuilder builder = new JaxprBuilder();
        List<Atom> parts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            parts.add(builder.input(ArrayType.of(DType.FLOAT64, SIZE - 2, SIZE - 2)));
        }
        Atom whole = builder.input(ArrayType.of(DType.FLOAT64, SIZE, SIZE));
        Atom sum = null;
        for (int i = 2 + random.nextInt(5); i > 0; i--) {
            Atom term = random.nextInt(4) == 0
                    ? multiple(builder, whole, random)
                    : padded(builder, inOneAxis(builder, parts, random), 0, random);
            sum = sum == null ? term : combined(builder, sum, term, random);
        }
        return builder.build(Array.of(sum));
    }

    private static Atom inOneAxis(JaxprBuilder builder, List<Atom> parts, Random random) {
        Atom sum = null;
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            Atom part = multiple(builder, parts.get(random.nextInt(2)), random);
            if (random.nextInt(3) == 0) {
                part = builder.append(
                        new Movement.Slice(Ints.of(0, random.nextInt(2)), Ints.of(3, 2), Ints.of(1, 1)), part);
            }
            Atom term = padded(builder, part, 1, random);
            sum = sum == null ? term : combined(builder, sum, term, random);
        }
        return sum;
    }

    private static Atom padded(JaxprBuilder builder, Atom part, int axis, Random random) {
        int room = SIZE - part.shape().dim(axis);
        int low = random.nextInt(room + 1);
        Movement pad = axis == 0
                ? new Movement.Pad(Ints.of(low, 0), Ints.of(room - low, 0), Ints.of(0, 0))
                : new Movement.Pad(Ints.of(0, low), Ints.of(0, room - low), Ints.of(0, 0));
        return builder.append(pad, part, Literal.of(0.0));
    }

    private static Atom multiple(JaxprBuilder builder, Atom x, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> x;
            case 1 -> builder.append(new Elementwise.Unary(UnaryOp.NEG), x);
            default -> builder.append(new Elementwise.Binary(BinaryOp.MUL), Literal.of(0.3 + random.nextInt(3)), x);
        };
    }

    private static Atom combined(JaxprBuilder builder, Atom x, Atom y, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> builder.append(new Elementwise.Binary(BinaryOp.SUB), x, y);
            case 1 -> builder.append(new Elementwise.Binary(BinaryOp.SUB), y, x);
            case 2 -> builder.append(new Elementwise.Binary(BinaryOp.ADD), y, x);
            default -> builder.append(new Elementwise.Binary(BinaryOp.ADD), x, y);
        };
    }
}
