package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.passes.DeadCode;
import dev.fluxion.ir.passes.LoopResiduals;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Passes over loops keep every bit: random pairs of loops, the second of which reads what the first stacks. */
class LoopPassesTest {
    private static final BinaryOp[] BINARY = {BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MUL, BinaryOp.DIV, BinaryOp.MAX};
    private static final UnaryOp[] UNARY = {UnaryOp.NEG, UnaryOp.SIN, UnaryOp.SQUARE, UnaryOp.ABS};
    private static final int STEPS = 4;
    private static final Shape SMALL = Shape.of(3);
    private static final Shape LARGE = Shape.of(9, 3);

    @Property(tries = 300, seed = "20261125")
    void computingStacksAgainKeepsBits(@ForAll long seed) {
        Jaxpr jaxpr = program(new Random(seed));
        Jaxpr again = JaxprChecker.check(new DeadCode().apply(new LoopResiduals().apply(jaxpr)));
        ArrayData[] inputs = jaxpr.inputs()
                .zipWithIndex((in, i) -> Samples.ordinary(in.type(), i))
                .toJavaArray(ArrayData[]::new);
        ArrayData[] expected = Agreement.REFERENCE.compile(jaxpr).run(inputs);
        ArrayData[] actual = Agreement.REFERENCE.compile(again).run(inputs);
        for (int k = 0; k < expected.length; k++) {
            for (int i = 0; i < expected[k].type().size(); i++) {
                assertEquals(
                        HostArray.of(expected[k]).literalAt(i),
                        HostArray.of(actual[k]).literalAt(i),
                        () -> jaxpr + "\nand\n" + again);
            }
        }
    }

    private static Jaxpr program(Random random) {
        JaxprBuilder builder = new JaxprBuilder();
        Atom constant = builder.input(new ArrayType(DType.FLOAT64, SMALL));
        Atom carry = builder.input(new ArrayType(DType.FLOAT64, SMALL));
        Atom xs = builder.input(ArrayType.of(DType.FLOAT64, STEPS, 3));
        int stacks = 2 + random.nextInt(5);
        Array<Atom> first = loop(builder, random, stacks, Array.of(constant), carry, Array.of(xs));
        int read = 1 + random.nextInt(stacks);
        Array<Atom> second = loop(
                builder,
                random,
                1,
                Array.of(constant),
                first.get(0),
                first.tail().take(read));
        return builder.build(second.append(first.get(0)).appendAll(first.tail().drop(read)));
    }

    private static Array<Atom> loop(
            JaxprBuilder outer, Random random, int stacks, Array<Atom> consts, Atom carry, Array<Atom> xs) {
        JaxprBuilder builder = new JaxprBuilder();
        List<Atom> pool = new ArrayList<>();
        consts.forEach(x -> pool.add(builder.input(x.type())));
        pool.add(builder.input(carry.type()));
        xs.forEach(x ->
                pool.add(builder.input(new ArrayType(x.dtype(), x.shape().without(Ints.of(0))))));
        int inputs = pool.size();
        for (int i = 0; i < 10; i++) {
            Atom x = pool.get(random.nextInt(pool.size()));
            Atom y = pool.get(random.nextInt(pool.size()));
            pool.add(
                    switch (random.nextInt(3)) {
                        case 0 -> builder.append(new Elementwise.Unary(UNARY[random.nextInt(UNARY.length)]), x);
                        case 1 -> large(builder, x);
                        default ->
                            builder.append(
                                    new Elementwise.Binary(BINARY[random.nextInt(BINARY.length)]),
                                    x.shape().equals(y.shape()) ? x : large(builder, x),
                                    x.shape().equals(y.shape()) ? y : large(builder, y));
                    });
        }
        List<Atom> outputs = new ArrayList<>();
        List<Atom> small = pool.stream().filter(x -> x.shape().equals(SMALL)).toList();
        outputs.add(small.get(random.nextInt(small.size())));
        for (int j = 0; j < stacks; j++) {
            outputs.add(pool.get(inputs + random.nextInt(pool.size() - inputs)));
        }
        Control.Scan scan =
                new Control.Scan(builder.build(Array.ofAll(outputs)), STEPS, random.nextBoolean(), 1, consts.size(), 1);
        return outer.append(scan, consts.append(carry).appendAll(xs), SourceInfo.UNKNOWN);
    }

    private static Atom large(JaxprBuilder builder, Atom x) {
        return x.shape().equals(LARGE) ? x : builder.append(new Movement.BroadcastInDim(LARGE, Ints.of(1)), x);
    }
}
