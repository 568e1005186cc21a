package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.passes.Simplify;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Choices by a few predicates, of values and of numbers, also infinite ones, are the same after simplification. */
class ChoicePassesTest {
    private static final BinaryOp[] BINARY = {BinaryOp.MUL, BinaryOp.MAX, BinaryOp.MIN};
    private static final UnaryOp[] UNARY = {UnaryOp.NEG, UnaryOp.ABS, UnaryOp.SQUARE, UnaryOp.SIN};
    private static final double[] NUMBERS = {0, 3, -5, 0.3, Double.POSITIVE_INFINITY};

    @Property(tries = 500, seed = "20261129")
    void simplifyingChoicesKeepsValues(@ForAll long seed) {
        Jaxpr jaxpr = program(new Random(seed));
        Jaxpr simple = JaxprChecker.check(new Simplify().apply(jaxpr));
        ArrayData[] inputs = {
            Samples.special(DType.FLOAT64, 0, 2), Samples.special(DType.FLOAT64, 1, 2),
        };
        ArrayData[] expected = Agreement.REFERENCE.compile(jaxpr).run(inputs);
        ArrayData[] actual = Agreement.REFERENCE.compile(simple).run(inputs);
        for (int k = 0; k < expected.length; k++) {
            for (int i = 0; i < expected[k].type().size(); i++) {
                double x = expected[k].doubleAt(i);
                double y = actual[k].doubleAt(i);
                assertTrue(
                        x == y || (Double.isNaN(x) && Double.isNaN(y)),
                        () -> y + " instead of " + x + "\n" + jaxpr + "\nand\n" + simple);
            }
        }
    }

    private static Jaxpr program(Random random) {
        JaxprBuilder builder = new JaxprBuilder();
        ArrayType type = Samples.special(DType.FLOAT64, 0, 2).type();
        List<Atom> pool = new ArrayList<>();
        pool.add(builder.input(type));
        pool.add(builder.input(type));
        List<Atom> predicates = new ArrayList<>();
        for (CompareOp op : new CompareOp[] {CompareOp.GT, CompareOp.EQ}) {
            predicates.add(builder.append(new Elementwise.Compare(op), pool.get(0), pool.get(1)));
        }
        for (int i = 0; i < 14; i++) {
            Atom x = any(pool, random);
            switch (random.nextInt(4)) {
                case 0 -> pool.add(builder.append(new Elementwise.Unary(UNARY[random.nextInt(UNARY.length)]), x));
                case 1 ->
                    pool.add(builder.append(
                            new Elementwise.Binary(BINARY[random.nextInt(BINARY.length)]), x, operand(pool, random)));
                case 2 ->
                    pool.add(builder.append(
                            new Elementwise.SelectN(),
                            predicates.get(random.nextInt(2)),
                            operand(pool, random),
                            operand(pool, random)));
                default ->
                    pool.add(builder.append(
                            new Elementwise.SelectN(),
                            predicates.get(random.nextInt(2)),
                            Literal.of(NUMBERS[random.nextInt(NUMBERS.length)]),
                            Literal.of(NUMBERS[random.nextInt(NUMBERS.length)])));
            }
        }
        return builder.build(Array.ofAll(pool.subList(pool.size() - 3, pool.size())));
    }

    /** Rather a recent value, that nothing else reads. */
    private static Atom any(List<Atom> pool, Random random) {
        return pool.get(Math.max(0, pool.size() - 1 - random.nextInt(4)));
    }

    private static Atom operand(List<Atom> pool, Random random) {
        return random.nextInt(3) == 0 ? Literal.of(NUMBERS[random.nextInt(NUMBERS.length)]) : any(pool, random);
    }
}
