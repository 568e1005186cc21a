package dev.fluxion.golden;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessianBlocks;
import static dev.fluxion.Fluxion.hessianDiagonal;
import static dev.fluxion.Fluxion.hvp;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jacfwdBlocks;
import static dev.fluxion.Fluxion.jacrevBlocks;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.laplacian;
import static dev.fluxion.Fluxion.vhp;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.abs;
import static dev.fluxion.numpy.Numpy.diagonal;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fluxion.Blocks;
import dev.fluxion.Fluxion;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whole functions under every derivative transform and their compositions: the numbers that JAX computed. */
class CompositionsTest {
    private static final double RTOL = 1e-11;

    /** A recorded function of the arguments that it is differentiated by, the others fixed. */
    private record Case(GoldenCase c, Function1<Array<NDArray>, Array<NDArray>> f, Array<NDArray> at) {
        static Case of(GoldenCase c) {
            Function1<Array<NDArray>, Array<NDArray>> all = function(c.name());
            Array<String> names =
                    Array.ofAll(c.json().get("args")).map(a -> a.get("name").asText());
            Array<NDArray> values = Array.ofAll(c.json().get("args")).map(a -> GoldenValue.array(a.get("value")));
            Array<Integer> wrt = Array.ofAll(c.json().get("wrt")).map(w -> names.indexOf(w.asText()));
            Function1<Array<NDArray>, Array<NDArray>> f = differentiated -> {
                Array<NDArray> arguments = values;
                for (int k = 0; k < differentiated.size(); k++) {
                    arguments = arguments.update(wrt.get(k), differentiated.get(k));
                }
                return all.apply(arguments);
            };
            return new Case(c, f, wrt.map(values::get));
        }

        JsonNode result(String name) {
            return c.json().get("results").get(name);
        }

        double rtol() {
            return c.json().has("rtol") ? c.json().get("rtol").asDouble() : RTOL;
        }

        Function1<Array<NDArray>, NDArray> scalar() {
            return x -> f.apply(x).get(0);
        }

        void close(String what, JsonNode expected, Array<NDArray> given) {
            GoldenValue.assertClose(what + " of " + c.json().get("spec").asText(), leaves(expected), given, rtol());
        }
    }

    private static Function1<Array<NDArray>, Array<NDArray>> function(String name) {
        Function1<Array<NDArray>, NDArray> scalar = ScalarCompositions.of(name);
        return scalar == null ? ModelCompositions.of(name) : x -> Array.of(scalar.apply(x));
    }

    @Test
    void everyCompositionIsWrittenDown() {
        GoldenCase.all("compositions").forEach(c -> assertTrue(function(c.name()) != null, c.name()));
    }

    @TestFactory
    Stream<DynamicTest> value() {
        return tests("value", (c, expected) -> c.close("value", expected, c.f().apply(c.at())));
    }

    @TestFactory
    Stream<DynamicTest> gradient() {
        return tests("grad", (c, expected) -> {
            c.close("grad", expected, grad(c.scalar()).apply(c.at()));
            JaxprChecker.check(Fluxion.makeJaxpr(grad(c.scalar())).apply(c.at()));
        });
    }

    @TestFactory
    Stream<DynamicTest> forward() {
        return tests("jvp", (c, expected) -> {
            Array<NDArray> tangents = leaves(expected.get("tangent"));
            c.close("jvp", expected.get("out"), jvp(c.f(), c.at(), tangents).tangent());
        });
    }

    @TestFactory
    Stream<DynamicTest> reverse() {
        return tests("vjp", (c, expected) -> {
            Array<NDArray> cotangents = leaves(expected.get("cotangent"));
            c.close("vjp", expected.get("out"), vjp(c.f(), c.at()).pullback().apply(cotangents));
        });
    }

    @TestFactory
    Stream<DynamicTest> hessianVectorProduct() {
        return tests("hvp", (c, expected) -> {
            Array<NDArray> v = leaves(expected.get("v"));
            c.close("hvp", expected.get("out"), hvp(c.scalar(), c.at(), v));
            c.close("vhp", expected.get("out"), vhp(c.scalar(), c.at(), v));
            Function1<Array<NDArray>, NDArray> along =
                    x -> jvp(c.scalar(), x, v).tangent();
            c.close("grad of jvp", expected.get("out"), grad(along).apply(c.at()));
        });
    }

    @TestFactory
    Stream<DynamicTest> hessians() {
        return tests("hessian", (c, expected) -> {
            Function1<Array<NDArray>, NDArray> f = c.scalar();
            second(c, "hessian", expected, hessianBlocks(f));
            second(c, "hessian by chunks", expected, hessianBlocks(f, 2));
            second(c, "jacfwd(grad)", expected, jacfwdBlocks(grad(f)));
            second(c, "jacrev(grad)", expected, jacrevBlocks(grad(f)));
            second(c, "jacfwd(jacfwd)", expected, jacfwdBlocks(jacfwdBlocks(f)));
            second(c, "jacrev(jacfwd)", expected, jacrevBlocks(jacfwdBlocks(f)));
            second(c, "jacfwd(jacrev)", expected, jacfwdBlocks(jacrevBlocks(f)));
            second(c, "jacrev(jacrev)", expected, jacrevBlocks(jacrevBlocks(f)));
        });
    }

    @TestFactory
    Stream<DynamicTest> diagonalsOfHessians() {
        return tests("hessian", (c, expected) -> {
            Array<NDArray> blocks = leaves(expected);
            Array<NDArray> diagonals = c.at().zipWithIndex((leaf, i) -> {
                int size = leaf.size();
                return diagonal(blocks.get(i * c.at().size() + i).reshape(size, size))
                        .reshape(leaf.shape().toArray());
            });
            assertLeaves(
                    c, "hessianDiagonal", diagonals, hessianDiagonal(c.scalar()).apply(c.at()));
            double magnitude = 1 + diagonals.map(d -> sum(abs(d)).item()).sum().doubleValue();
            double total = diagonals.map(d -> sum(d).item()).sum().doubleValue();
            assertEquals(total, laplacian(c.scalar()).apply(c.at()).item(), c.rtol() * magnitude);
        });
    }

    private static void assertLeaves(Case c, String what, Array<NDArray> expected, Array<NDArray> given) {
        GoldenValue.assertClose(what + " of " + c.c().json().get("spec").asText(), expected, given, c.rtol());
    }

    private static void second(Case c, String what, JsonNode expected, Function1<Array<NDArray>, Blocks> derivative) {
        c.close(what, expected, derivative.apply(c.at()).rows().flatMap(row -> row));
    }

    @TestFactory
    Stream<DynamicTest> jacobians() {
        return tests("jacobian", (c, expected) -> {
            second(c, "jacfwd", expected, jacfwdBlocks(c.f()));
            second(c, "jacrev", expected, jacrevBlocks(c.f()));
            second(c, "jacfwd by chunks", expected, jacfwdBlocks(c.f(), 2));
            second(c, "jacrev by chunks", expected, jacrevBlocks(c.f(), 2));
        });
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfABatch() {
        return tests("vmap_grad", (c, expected) -> {
            Array<NDArray> points = leaves(expected.get("xs"));
            c.close("vmap(grad)", expected.get("out"), vmap(grad(c.scalar())).apply(points));
            JaxprChecker.check(Fluxion.makeJaxpr(vmap(grad(c.scalar()))).apply(points));
        });
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfExamples() {
        return tests("per_example_grad", (c, expected) -> {
            Array<NDArray> args = Array.ofAll(c.c().json().get("args")).map(a -> GoldenValue.array(a.get("value")));
            NDArray gradients = vmap(
                            grad((NDArray w, NDArray x, NDArray s) -> ModelCompositions.logisticExample(w, x, s)),
                            inAxes(NONE, 0, 0))
                    .apply(args.get(0), args.get(1), args.get(2));
            c.close("vmap(grad)", expected.get("out"), Array.of(gradients));
        });
    }

    private static Stream<DynamicTest> tests(String result, BiConsumer<Case, JsonNode> check) {
        return GoldenCase.all("compositions")
                .filter(c -> c.json().get("results").hasNonNull(result))
                .toJavaStream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    Case written = Case.of(c);
                    check.accept(written, written.result(result));
                }));
    }

    /** The arrays of nested tuples, in order. */
    private static Array<NDArray> leaves(JsonNode value) {
        return value.has("tuple")
                ? Array.ofAll(value.get("tuple")).flatMap(CompositionsTest::leaves)
                : Array.of(GoldenValue.array(value));
    }
}
