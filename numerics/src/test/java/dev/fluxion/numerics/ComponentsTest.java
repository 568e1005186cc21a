package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.numerics.components.Components;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points and tiny matrices are computed coordinate by coordinate, with the results of the whole arrays. */
class ComponentsTest {
    private static final int MANY = 20;

    @Test
    void distancesBecomeThreeSubtractions() {
        Jaxpr jaxpr = JaxprParser.parse("""
            { lambda ; a:f64[64,3]. let
                b:f64[64,1,3] = reshape[new_sizes=(64, 1, 3)] a
                c:f64[64,64,3] = broadcast_in_dim[shape=(64, 64, 3) broadcast_dimensions=(0, 1, 2)] b
                d:f64[64,64,3] = broadcast_in_dim[shape=(64, 64, 3) broadcast_dimensions=(1, 2)] a
                e:f64[64,64,3] = sub c d
                f:f64[64,64,3] = square e
                g:f64[64,64] = reduce_sum[axes=(2,)] f
              in (g,) }\
            """);
        Jaxpr split = Components.apply(jaxpr, body -> body);
        JaxprChecker.check(split);
        assertEquals(3, count(split, new Elementwise.Unary(UnaryOp.SQUARE)));
        assertEquals(2, count(split, new Elementwise.Binary(BinaryOp.ADD)));
        assertFalse(split.equations().exists(e -> e.primitive() instanceof Reduction));
        Agreement.within(1, jaxpr, Samples.ordinary(DType.FLOAT64, 64, 3));
    }

    @Test
    void wholeArraysStayWhole() {
        Jaxpr jaxpr = JaxprParser.parse("""
            { lambda ; a:f64[64,3]. let
                b:f64[64,3] = mul a 2.0:f64[]
                c:f64[64,3] = add b a
                d:f64[] = reduce_sum[axes=(0, 1)] c
              in (c, d) }\
            """);
        assertTrue(Components.apply(jaxpr, body -> body)
                .equations()
                .exists(e -> e.output().shape().equals(Shape.of(64, 3))));
        Jaxpr other = JaxprParser.parse("{ lambda ; a:f64[64,5]. let b:f64[64] = reduce_sum[axes=(1,)] a in (b,) }");
        assertSame(other, Components.apply(other, body -> body));
    }

    @Test
    void smallProductsBecomeChains() {
        Jaxpr jaxpr = JaxprParser.parse("""
            { lambda ; a:f64[64,3,3] b:f64[64,3]. let
                c:f64[64,3] = dot_general[dimension_numbers=(([2], [1]), ([0], [0]))] a b
              in (c,) }\
            """);
        Jaxpr split = Components.apply(jaxpr, body -> body);
        assertEquals(3, count(split, new Elementwise.Binary(BinaryOp.MUL)));
        assertEquals(6, count(split, new Elementwise.Fma()));
    }

    private static int count(Jaxpr jaxpr, Primitive primitive) {
        return jaxpr.equations().count(e -> e.primitive().equals(primitive));
    }

    /** On whole numbers, where no order of summation makes a difference. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void randomProgramsGiveWhatWholeArraysGive(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 20; run++) {
            JaxprBuilder builder = new JaxprBuilder();
            List<Atom> values = new ArrayList<>();
            int[][] shapes = {{MANY, 3}, {MANY, 1, 3}, {MANY, 3, 3}, {MANY, 2, 2}, {MANY}, {3}, {5, 4, 2}, {MANY, 3, 1}
            };
            for (int[] shape : shapes) {
                values.add(builder.input(ArrayType.of(DType.FLOAT64, shape)));
            }
            for (int step = 0; step < 14; step++) {
                Atom next = step(builder, values, random);
                if (next.type().size() >= 1 && next.type().size() <= 4000) {
                    values.add(next);
                }
            }
            Jaxpr jaxpr = builder.build(Array.ofAll(values).drop(shapes.length + 4));
            JaxprChecker.check(Components.apply(jaxpr, body -> body));
            ArrayData[] inputs = Array.of(shapes)
                    .map(shape -> wholeNumbers(ArrayType.of(DType.FLOAT64, shape), random))
                    .toJavaArray(ArrayData[]::new);
            Agreement.within(1, jaxpr, inputs);
        }
    }

    private static ArrayData wholeNumbers(ArrayType type, Random random) {
        return HostArray.wrap(
                type, random.doubles(type.size(), 0, 3).map(Math::floor).toArray());
    }

    private static Atom step(JaxprBuilder builder, List<Atom> values, Random random) {
        Atom x = values.get(random.nextInt(values.size()));
        Shape shape = x.shape();
        int rank = shape.rank();
        int axis = rank == 0 ? 0 : random.nextInt(rank);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                List<Atom> like =
                        values.stream().filter(v -> v.shape().equals(shape)).toList();
                BinaryOp op = random.nextBoolean() ? BinaryOp.SUB : BinaryOp.MAX;
                yield builder.append(new Elementwise.Binary(op), x, like.get(random.nextInt(like.size())));
            }
            case 3, 4 -> {
                Ints axes = Ints.of(Ints.range(rank).stream().filter(a -> random.nextInt(3) == 0));
                ReduceOp op = random.nextBoolean() ? ReduceOp.SUM : ReduceOp.MAX;
                yield builder.append(new Reduction.Reduce(op, axes), x);
            }
            case 5 -> {
                Shape target =
                        rank == 1 ? shape.concat(Shape.of(3)) : Shape.of(MANY).concat(shape);
                Ints dims = rank == 1 ? Ints.of(0) : Ints.range(1, rank + 1);
                yield builder.append(new Movement.BroadcastInDim(target, dims), x);
            }
            case 6 -> {
                int from = rank == 0 ? 0 : random.nextInt(shape.dim(axis));
                Ints start = Ints.range(rank).map(a -> a == axis ? from : 0);
                Ints limit = Ints.range(rank).map(a -> a == axis ? from + 1 : shape.dim(a));
                yield builder.append(new Movement.Slice(start, limit, Ints.fill(rank, 1)), x);
            }
            case 7 -> rank == 0 ? x : builder.append(new Movement.Concatenate(axis), x, x);
            case 8 -> {
                Ints low = Ints.range(rank).map(a -> random.nextInt(-1, 2));
                Ints high = Ints.range(rank).map(a -> random.nextInt(2));
                Ints gaps = Ints.range(rank).map(a -> a == rank - 1 ? random.nextInt(2) : 0);
                yield builder.append(new Movement.Pad(low, high, gaps), x, Literal.of(7.0));
            }
            case 9 ->
                builder.append(
                        new Movement.Rev(Ints.of(Ints.range(rank).stream().filter(a -> random.nextBoolean()))), x);
            case 10 -> {
                Ints turned = rank == 3 ? Ints.of(0, 2, 1) : Ints.range(rank);
                yield builder.append(new Movement.Transpose(turned), x);
            }
            default -> {
                List<Atom> matrices = values.stream()
                        .filter(v -> v.shape().rank() == 3
                                && shape.rank() == 3
                                && v.shape().dim(0) == shape.dim(0))
                        .filter(v -> v.shape().dim(1) == shape.dim(2))
                        .toList();
                DotDimensionNumbers d = new DotDimensionNumbers(Ints.of(2), Ints.of(1), Ints.of(0), Ints.of(0));
                yield matrices.isEmpty()
                        ? x
                        : builder.append(new DotGeneral(d), x, matrices.get(random.nextInt(matrices.size())));
            }
        };
    }
}
