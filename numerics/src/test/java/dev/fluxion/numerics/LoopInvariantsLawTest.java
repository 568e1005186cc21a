package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.passes.DeadCode;
import dev.fluxion.ir.passes.LoopInvariants;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Computing once what a loop computes in every step keeps every bit: random loops in loops, of no steps and of several, with
 * values of the constants, parts of the carry that stay, and stacks of one value.
 */
class LoopInvariantsLawTest {
    private static final BinaryOp[] BINARY = {BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MUL, BinaryOp.DIV, BinaryOp.MAX};
    private static final UnaryOp[] UNARY = {UnaryOp.NEG, UnaryOp.SIN, UnaryOp.SQUARE, UnaryOp.EXP};
    private static final ArrayType MATRIX = ArrayType.of(DType.FLOAT64, 3, 3);
    private static final ArrayType COUNT = ArrayType.of(DType.INT32);

    private final DotGeneral product = DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of());

    @Property(tries = 400, seed = "20261127")
    void computingInvariantsOnceKeepsBits(@ForAll long seed) {
        Jaxpr jaxpr = program(new Random(seed));
        Jaxpr moved = JaxprChecker.check(new DeadCode().apply(new LoopInvariants().apply(jaxpr)));
        ArrayData[] inputs = jaxpr.inputs()
                .zipWithIndex((in, i) -> Samples.ordinary(in.type(), i))
                .toJavaArray(ArrayData[]::new);
        ArrayData[] expected = Agreement.REFERENCE.compile(jaxpr).run(inputs);
        same(expected, Agreement.REFERENCE.compile(moved).run(inputs), jaxpr, moved);
    }

    private static void same(ArrayData[] expected, ArrayData[] actual, Jaxpr before, Jaxpr after) {
        for (int k = 0; k < expected.length; k++) {
            for (int i = 0; i < expected[k].type().size(); i++) {
                assertEquals(
                        HostArray.of(expected[k]).literalAt(i),
                        HostArray.of(actual[k]).literalAt(i),
                        () -> before + "\nand\n" + after);
            }
        }
    }

    private Jaxpr program(Random random) {
        JaxprBuilder builder = new JaxprBuilder();
        List<Atom> pool = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            pool.add(builder.input(MATRIX));
        }
        body(builder, pool, random, 2);
        return builder.build(Array.ofAll(pool));
    }

    private void body(JaxprBuilder builder, List<Atom> pool, Random random, int depth) {
        for (int i = 0; i < 5; i++) {
            Atom x = any(pool, random);
            Atom y = any(pool, random);
            switch (random.nextInt(depth > 0 ? 7 : 5)) {
                case 0 -> pool.add(builder.append(new Elementwise.Unary(UNARY[random.nextInt(UNARY.length)]), x));
                case 1 -> pool.add(builder.append(product, x, y));
                case 2 -> {
                    Atom sum = builder.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(random.nextInt(2))), x);
                    Ints axis = Ints.of(random.nextInt(2));
                    pool.add(builder.append(new Movement.BroadcastInDim(MATRIX.shape(), axis), sum));
                }
                case 3, 4 ->
                    pool.add(builder.append(new Elementwise.Binary(BINARY[random.nextInt(BINARY.length)]), x, y));
                case 5 -> scan(builder, pool, random, depth);
                default -> whileLoop(builder, pool, random, depth);
            }
        }
    }

    private static Atom any(List<Atom> pool, Random random) {
        return pool.get(random.nextInt(pool.size()));
    }

    /** A step: some of the carry may come back as it is. */
    private Jaxpr step(Random random, int inputs, int carried, int results, int depth, boolean counts) {
        JaxprBuilder builder = new JaxprBuilder();
        List<Atom> pool = new ArrayList<>();
        Atom counter = null;
        for (int i = 0; i < inputs; i++) {
            if (counts && i == carried) {
                counter = builder.input(COUNT);
            }
            pool.add(builder.input(MATRIX));
        }
        List<Atom> before = List.copyOf(pool);
        body(builder, pool, random, depth - 1);
        List<Atom> outputs = new ArrayList<>();
        if (counts) {
            outputs.add(builder.append(new Elementwise.Binary(BinaryOp.ADD), counter, Literal.of(DType.INT32, 1L)));
        }
        for (int i = 0; i < results; i++) {
            boolean keeps = carried + i < inputs && random.nextInt(3) == 0;
            outputs.add(keeps ? before.get(carried + i) : any(pool, random));
        }
        return builder.build(Array.ofAll(outputs));
    }

    /** Two constants, two carries, one x, whose slices may all be the same, and two ys. */
    private void scan(JaxprBuilder builder, List<Atom> pool, Random random, int depth) {
        int length = random.nextInt(4);
        Jaxpr step = step(random, 5, 2, 4, depth, false);
        Atom slice = any(pool, random);
        Atom xs = builder.append(new Movement.BroadcastInDim(MATRIX.shape().insert(0, length), Ints.of(1, 2)), slice);
        if (random.nextBoolean()) {
            xs = builder.append(new Reduction.Cumulative(CumulativeOp.CUMSUM, 0, false), xs);
        }
        Control.Scan scan = new Control.Scan(step, length, random.nextBoolean(), 1, 2, 2);
        Array<Atom> operands = Array.fill(4, () -> any(pool, random)).append(xs);
        Array<Atom> results = builder.append(scan, operands, SourceInfo.UNKNOWN);
        pool.addAll(results.take(2).asJava());
        results.drop(2).forEach(ys -> pool.add(builder.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), ys)));
    }

    private void whileLoop(JaxprBuilder builder, List<Atom> pool, Random random, int depth) {
        JaxprBuilder test = new JaxprBuilder();
        Atom limit = test.input(COUNT);
        Atom counter = test.input(COUNT);
        test.input(MATRIX);
        test.input(MATRIX);
        Jaxpr cond = test.build(Array.of(test.append(new Elementwise.Compare(CompareOp.LT), counter, limit)));
        Jaxpr step = step(random, 4, 2, 2, depth, true);
        Literal steps = Literal.of(DType.INT32, (long) random.nextInt(3));
        Array<Atom> operands = Array.<Atom>of(steps)
                .appendAll(Array.fill(2, () -> any(pool, random)))
                .append(Literal.of(DType.INT32, 0L))
                .appendAll(Array.fill(2, () -> any(pool, random)));
        Array<Atom> results = builder.append(new Control.While(cond, 1, step, 2), operands, SourceInfo.UNKNOWN);
        pool.addAll(results.tail().asJava());
    }
}
