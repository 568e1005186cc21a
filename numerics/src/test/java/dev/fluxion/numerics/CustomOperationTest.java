package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The user's own operations on both engines: by a host function, by a body, by neither. */
class CustomOperationTest {
    private static final ArrayType TYPE = ArrayType.of(DType.FLOAT64, 3);

    /** Sorts; knows how in Java only. */
    private record Sort() implements Custom {
        @Override
        public String name() {
            return "sort";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }

        @Override
        public Optional<HostFunction> host() {
            return Optional.of(inputs -> {
                Arrays.sort((double[]) inputs.get(0));
                return inputs;
            });
        }
    }

    /** Gives a result of the wrong length. */
    private record Shrink() implements Custom {
        @Override
        public String name() {
            return "shrink";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }

        @Override
        public Optional<HostFunction> host() {
            return Optional.of(_ -> Array.of(new double[1]));
        }
    }

    /** The sum of its input with a held array: a program with a constant of its own. */
    private record Shift(ArrayData by) implements Custom {
        @Override
        public String name() {
            return "shift";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }

        @Override
        public Optional<Jaxpr> body(Array<ArrayType> inputs) {
            JaxprBuilder b = new JaxprBuilder();
            Atom x = b.input(inputs.get(0));
            return Optional.of(b.build(Array.of(b.append(new Elementwise.Binary(BinaryOp.ADD), x, b.constant(by)))));
        }
    }

    private record Nothing() implements Custom {
        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }
    }

    private static double[] run(Backend engine, Custom custom) {
        JaxprBuilder b = new JaxprBuilder();
        Atom x = b.input(TYPE);
        Atom negative = b.append(new Elementwise.Unary(UnaryOp.NEG), x);
        Atom y = b.append(custom, Array.of(negative), SourceInfo.UNKNOWN).get(0);
        Jaxpr jaxpr = b.build(Array.of(b.append(new Elementwise.Unary(UnaryOp.SQUARE), y)));
        ArrayData input = HostArray.wrap(TYPE, new double[] {1, 3, 2});
        return (double[]) engine.compile(jaxpr).run(input)[0].toHostArray();
    }

    @Test
    void hostFunctionsRun() {
        assertArrayEquals(new double[] {9, 4, 1}, run(Agreement.ENGINE, new Sort()));
        assertArrayEquals(new double[] {9, 4, 1}, run(Agreement.REFERENCE, new Sort()));
    }

    @Test
    void bodiesRun() {
        for (double by : new double[] {1, 2}) {
            Custom shift = new Shift(HostArray.wrap(TYPE, new double[] {by, 0, by}));
            assertArrayEquals(run(Agreement.REFERENCE, shift), run(Agreement.ENGINE, shift));
        }
    }

    @Test
    void badResultsAreRefused() {
        for (Backend engine : new Backend[] {Agreement.ENGINE, Agreement.REFERENCE}) {
            assertEquals(
                    """
                    FX0602 array: the values do not fit the type
                      f64[3] holds 3 values in a Java array of double
                      given 1 values in a Java array of double
                      while running the host function of shrink\
                    """,
                    assertThrows(FluxionException.class, () -> run(engine, new Shrink()))
                            .getMessage());
            assertEquals(
                    """
                    FX0406 nothing: the operation has neither a body nor a host function
                      hint: implement body(inputs) or host()\
                    """,
                    assertThrows(FluxionException.class, () -> run(engine, new Nothing()))
                            .getMessage());
        }
    }
}
