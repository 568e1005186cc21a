package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Branches and loops over a batch against a loop over the examples, for every choice of batched inputs. */
class ControlBatchingTest {
    private static final int SIZE = 3;
    private static final ArrayType SCALAR = ArrayType.of(DType.FLOAT64);
    private static final ArrayType VECTOR = ArrayType.of(DType.FLOAT64, 2);
    private static final ArrayType INDEX = ArrayType.of(DType.INT32);

    /** {@code log(x) y}, {@code x - y}, {@code (x y) (x y)}. */
    private static final Control.Cond COND = new Control.Cond(Array.of(
            program(Array.of(VECTOR, SCALAR), in -> Lax.log(in.get(0)).times(in.get(1))),
            program(Array.of(VECTOR, SCALAR), in -> in.get(0).minus(in.get(1))),
            program(Array.of(VECTOR, SCALAR), in -> Lax.square(in.get(0).times(in.get(1))))));

    /** Doubles x while the sum of it stays below the limit. */
    private static final Control.While WHILE = new Control.While(
            program(Array.of(SCALAR, SCALAR, VECTOR), in -> Lax.lt(in.get(2).sum(), in.get(0))),
            1,
            Programs.trace(
                    Array.of(SCALAR, SCALAR, VECTOR),
                    in -> Array.of(in.get(1), Lax.abs(in.get(2)).plus(in.get(0)))),
            1);

    private static final Control.Scan SCAN = new Control.Scan(
            Programs.trace(
                    Array.of(SCALAR, VECTOR, SCALAR, VECTOR),
                    in -> Array.of(
                            Lax.sin(in.get(1)).times(in.get(0)),
                            in.get(2).plus(in.get(3).sum()),
                            in.get(1).times(in.get(3)),
                            in.get(0))),
            4,
            true,
            1,
            1,
            2);

    private static Jaxpr program(Array<ArrayType> types, Function<Array<NDArray>, NDArray> f) {
        return Programs.trace(types, in -> Array.of(f.apply(in)));
    }

    @Test
    void scansOverABatch() {
        ArrayType xs = ArrayType.of(DType.FLOAT64, 4, 2);
        everyChoice(Programs.trace(Array.of(SCALAR, VECTOR, SCALAR, xs), in -> Tracing.bindAll(SCAN, in)));
    }

    @Test
    void whileLoopsOverABatch() {
        Jaxpr f = Programs.trace(
                Array.of(SCALAR, SCALAR, SCALAR, VECTOR),
                in -> Tracing.bindAll(
                        WHILE, Lax.abs(in.get(0)).plus(4), Lax.abs(in.get(1)).plus(1), in.get(2), in.get(3)));
        everyChoice(f);
    }

    @Test
    void branchesOverABatch() {
        Jaxpr f = Programs.trace(Array.of(SCALAR, VECTOR, SCALAR), in -> {
            NDArray index = Lax.convertElementType(in.get(0).times(40), DType.INT32);
            return Tracing.bindAll(COND, index, Lax.abs(in.get(1)), in.get(2));
        });
        everyChoice(f);
    }

    @Test
    void loopsAndBranchesOverBatchesOfBatches() {
        Jaxpr f = Programs.trace(Array.of(SCALAR, VECTOR, SCALAR), in -> {
            NDArray index = Lax.convertElementType(in.get(0).times(40), DType.INT32);
            NDArray x =
                    Tracing.bindAll(COND, index, Lax.abs(in.get(1)), in.get(2)).get(0);
            NDArray bounded = Lax.tanh(x);
            return Tracing.bindAll(
                    WHILE, Lax.abs(in.get(0)).plus(4), in.get(2).times(0).plus(1), in.get(2), bounded);
        });
        everyChoice(Batch.ofAllOutputs(f, Array.of(true, false, true), 2));
    }

    @Test
    void aBranchThatAllExamplesTakeTogetherStaysABranch() {
        Jaxpr f = Programs.trace(Array.of(INDEX, VECTOR, SCALAR), in -> Tracing.bindAll(COND, in));
        Jaxpr batched = Batch.of(f, Array.of(false, true, false), SIZE).jaxpr();
        assertEquals(
                3,
                ((Control.Cond) batched.equations().get(0).primitive())
                        .branches()
                        .size());
    }

    /** Every choice of at least one batched input. */
    private static void everyChoice(Jaxpr f) {
        int count = f.inputs().size();
        for (int choice = 1; choice < 1 << count; choice++) {
            int bits = choice;
            Array<Boolean> marks = Array.range(0, count).map(i -> (bits >> i & 1) != 0);
            BatchLaw.check(f, marks, SIZE, new Random(choice), 1e-14);
        }
    }
}
