package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.JaxprEquality;
import dev.fluxion.ir.testing.RandomJaxprs;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import dev.fluxion.lax.Lax;
import dev.fluxion.numerics.reference.ReferenceBackend;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any transform of any transform of a random program is a correct program. */
class RandomNestingTest {
    enum Transform {
        JVP,
        KNOWN,
        LINEAR,
        TRANSPOSE,
        FORWARD,
        PULLBACK,
        GRADIENT,
        BATCH;

        /** The transform of f; its floats all take part, and a random choice of inputs is batched. */
        Jaxpr of(Jaxpr f, Random random) {
            Array<Boolean> active = f.inputTypes().map(type -> type.dtype().isFloating());
            return switch (this) {
                case JVP -> Jvp.of(f, active).jaxpr();
                case KNOWN -> Linearize.of(f, active).known();
                case LINEAR -> Linearize.of(f, active).linear();
                case TRANSPOSE -> {
                    Linearized linearized = Linearize.of(f, active);
                    yield Transpose.of(linearized.linear(), linearized.residuals());
                }
                case FORWARD -> Vjp.of(f, active).forward();
                case PULLBACK -> Vjp.of(f, active).pullback();
                case GRADIENT -> Gradient.of(total(f), active);
                case BATCH ->
                    Batch.of(f, f.inputs().map(in -> random.nextBoolean()), 2).jaxpr();
            };
        }
    }

    /** The sum of all elements of all float outputs. */
    private static Jaxpr total(Jaxpr f) {
        return Programs.trace(
                f.inputTypes(),
                in -> Array.of(Tracing.call(f, in)
                        .filter(out -> out.dtype().isFloating())
                        .map(out -> Lax.reduceSum(out, Ints.range(out.ndim())))
                        .fold(Scalars.zeros(ArrayType.of(DType.FLOAT64)), (a, b) -> a.plus(b))));
    }

    @Provide
    Arbitrary<Jaxpr> smooth() {
        return RandomJaxprs.smooth();
    }

    @Property(tries = 300, seed = "20261123")
    void nestingsAreCorrectPrograms(
            @ForAll("smooth") Jaxpr f, @ForAll Transform inner, @ForAll Transform outer, @ForAll long seed) {
        Random random = new Random(seed);
        Jaxpr once = JaxprChecker.check(inner.of(f, random));
        Jaxpr twice = JaxprChecker.check(outer.of(once, random));
        String text = JaxprPrinter.printWithConstants(twice);
        Jaxpr again = JaxprParser.parse(text);
        assertTrue(JaxprEquality.alphaEqual(twice, again), text);
        assertEquals(text, JaxprPrinter.printWithConstants(again));

        Array<ArrayData> inputs = DerivativeLaws.draw(random, twice.inputTypes());
        Array<ArrayData> reference =
                Array.of(new ReferenceBackend().compile(twice).run(inputs.toJavaArray(ArrayData[]::new)));
        // Second derivatives of values up to 200, some of them far from any point where residuals belong together.
        DerivativeLaws.same("engine", reference, Programs.run(twice, inputs), 1e-9);
    }
}
