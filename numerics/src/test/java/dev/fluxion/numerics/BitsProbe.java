package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;

/** Prints the bits of the results of a few programs; run in JVMs of different kinds, which must all print the same. */
final class BitsProbe {
    private BitsProbe() {}

    public static void main(String[] args) {
        int rounds = args.length == 0 ? 1 : Integer.parseInt(args[0]);
        System.out.println(line(rounds));
    }

    /** What it prints. */
    static String line(int rounds) {
        return bits(program(DType.FLOAT64), rounds)
                + " " + bits(program(DType.FLOAT32), rounds)
                + " " + bits(large(), Math.min(rounds, 3))
                + " " + bits(network(), Math.min(rounds, 3))
                + " " + bits(loops(), Math.min(rounds, 3));
    }

    /** A hash of all bits of all results, the same in every round. */
    private static String bits(Jaxpr jaxpr, int rounds) {
        ArrayData[] inputs =
                jaxpr.inputs().map(in -> Samples.ordinary(in.type(), 5)).toJavaArray(ArrayData[]::new);
        var executable = Agreement.ENGINE.compile(jaxpr);
        long first = hash(executable.run(inputs));
        for (int round = 1; round < rounds; round++) {
            long again = hash(executable.run(inputs));
            if (again != first) {
                return "round " + round + " differs";
            }
        }
        return Long.toHexString(first);
    }

    private static long hash(ArrayData... results) {
        long hash = 1;
        for (ArrayData result : results) {
            for (int i = 0; i < result.type().size(); i++) {
                hash = hash * 0x9E3779B97F4A7C15L
                        + HostArray.of(result).literalAt(i).bits();
                hash ^= hash >>> 29;
            }
        }
        return hash;
    }

    private static Jaxpr program(DType dtype) {
        JaxprBuilder b = new JaxprBuilder();
        Atom a = b.input(ArrayType.of(dtype, 37, 45));
        Atom w = b.input(ArrayType.of(dtype, 45, 51));
        Atom v = b.input(ArrayType.of(dtype, 51));
        Atom product = b.append(DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of()), a, w);
        Atom bell = b.append(new Elementwise.Unary(UnaryOp.EXP), b.append(new Elementwise.Unary(UnaryOp.COS), product));
        Atom bias = b.append(new Movement.BroadcastInDim(Shape.of(37, 51), Ints.of(1)), v);
        Atom hidden = b.append(
                new Elementwise.Unary(UnaryOp.TANH), b.append(new Elementwise.Binary(BinaryOp.DIV), bell, bias));
        Atom out = b.append(DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of()), hidden, v);
        Atom norm = b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), hidden);
        Atom all = b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0, 1)), hidden);
        Array<Atom> special = Array.of(UnaryOp.ERF, UnaryOp.ERFC, UnaryOp.ERF_INV, UnaryOp.LGAMMA, UnaryOp.DIGAMMA)
                .map(op -> (Elementwise) new Elementwise.Unary(op))
                .append(new Elementwise.Polygamma(1))
                .map(p -> b.append(p, hidden));
        return b.build(special.appendAll(Array.of(out, norm, all, hidden)));
    }

    /** Products with what follows upon them block by block, worth several threads: a layer, and its sums over the rows. */
    private static Jaxpr network() {
        JaxprBuilder b = new JaxprBuilder();
        Atom x = b.input(ArrayType.of(DType.FLOAT64, 310, 150));
        Atom w = b.input(ArrayType.of(DType.FLOAT64, 150, 330));
        Atom v = b.input(ArrayType.of(DType.FLOAT64, 330));
        DotGeneral dot = DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of());
        Atom bias = b.append(new Movement.BroadcastInDim(Shape.of(310, 330), Ints.of(1)), v);
        Atom hidden = b.append(
                new Elementwise.Unary(UnaryOp.TANH),
                b.append(new Elementwise.Binary(BinaryOp.ADD), b.append(dot, x, w), bias));
        DotGeneral back = DotGeneral.of(Ints.of(1), Ints.of(1), Ints.of(), Ints.of());
        Atom change = b.append(new Elementwise.Binary(BinaryOp.SUB), x, b.append(back, hidden, w));
        Atom columns = b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), change);
        return b.build(Array.of(hidden, change, columns));
    }

    /**
     * Loops that may run side by side, of one body and of others, with regions that are cut within them; sums that are not cut;
     * loops whose steps are shared, since they carry nothing.
     */
    private static Jaxpr loops() {
        ArrayType line = ArrayType.of(DType.FLOAT64, 1000);
        ArrayType plane = ArrayType.of(DType.FLOAT64, 30, 1000);
        return SubPrograms.program(Array.of(line, plane), (b, in) -> {
            Atom x = in.get(0);
            Atom y = in.get(1);
            Atom first = SubPrograms.append(b, SubPrograms.scan(wave(line), 200, 0, 1), x)
                    .get(0);
            Atom shifted = SubPrograms.unary(b, UnaryOp.TANH, x);
            Atom second = SubPrograms.append(b, SubPrograms.scan(wave(line), 150, 0, 1), shifted)
                    .get(0);
            Atom third = SubPrograms.append(b, SubPrograms.scan(wave(plane), 20, 0, 1), y)
                    .get(0);
            Atom flat = b.append(new Movement.Reshape(Shape.of(30_000)), y);
            Atom running = b.append(new Reduction.Cumulative(CumulativeOp.CUMSUM, 0, false), flat);
            Atom all = SubPrograms.binary(b, BinaryOp.ADD, SubPrograms.binary(b, BinaryOp.MUL, first, second), shifted);
            Atom rows = b.append(new Movement.Reshape(Shape.of(60, 500)), y);
            Jaxpr step = SubPrograms.program(
                    Array.of(ArrayType.of(DType.FLOAT64, 500)),
                    (c, row) -> Array.of(wave(c, wave(c, wave(c, wave(c, row.get(0)))))));
            Array<Atom> shared = Array.of(false, true)
                    .map(reverse -> SubPrograms.append(b, new Control.Scan(step, 60, reverse, 1, 0, 0), rows)
                            .get(0));
            return shared.appendAll(Array.of(all, third, running, second));
        });
    }

    /** A step {@code x = sin(x) + cos(x) * x}. */
    private static Jaxpr wave(ArrayType type) {
        return SubPrograms.program(Array.of(type), (b, in) -> Array.of(wave(b, in.get(0))));
    }

    private static Atom wave(JaxprBuilder b, Atom x) {
        Atom product = SubPrograms.binary(b, BinaryOp.MUL, SubPrograms.unary(b, UnaryOp.COS, x), x);
        return SubPrograms.binary(b, BinaryOp.ADD, SubPrograms.unary(b, UnaryOp.SIN, x), product);
    }

    /** Large enough to be cut for several threads: a map, sums in both directions and over all, a product, cumulated sums. */
    private static Jaxpr large() {
        JaxprBuilder b = new JaxprBuilder();
        Atom x = b.input(ArrayType.of(DType.FLOAT64, 40, 6001));
        Atom y = b.append(new Elementwise.Unary(UnaryOp.SIN), b.append(new Elementwise.Unary(UnaryOp.EXP), x));
        Atom columns = b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), y);
        Atom rows = b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(1)), y);
        Atom all = b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0, 1)), y);
        Atom line = b.append(new Movement.Reshape(Shape.of(40 * 6001)), x);
        Atom lineSum = b.append(
                new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), b.append(new Elementwise.Unary(UnaryOp.TANH), line));
        Atom part = b.append(new Movement.Slice(Ints.of(0, 0), Ints.of(40, 500), Ints.of(1, 1)), y);
        Atom product = b.append(DotGeneral.of(Ints.of(0), Ints.of(0), Ints.of(), Ints.of()), part, part);
        Atom running = b.append(new Reduction.Cumulative(CumulativeOp.CUMSUM, 1, false), y);
        Atom turned = b.append(new Movement.Transpose(Ints.of(1, 0)), running);
        return b.build(Array.of(y, columns, rows, all, lineSum, product, running, turned));
    }
}
