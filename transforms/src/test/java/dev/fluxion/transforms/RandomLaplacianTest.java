package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.testing.RandomJaxprs;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The Laplacian of a random program is the sum of its second derivatives along the unit vectors. */
class RandomLaplacianTest {
    @Provide
    Arbitrary<Jaxpr> smooth() {
        return RandomJaxprs.smooth();
    }

    @Property(tries = 150, seed = "20261123")
    void isTheSumOfSecondForwardDerivatives(@ForAll("smooth") Jaxpr f, @ForAll long seed) {
        Array<ArrayData> x = DerivativeLaws.draw(new Random(seed), f.inputTypes());
        TreeFunction function = TreeFunction.internal("f", in -> Tracing.call(f, Tree.leaves(in)));
        Array<NDArray> arguments = x.map(NDArray::of);
        JaxprChecker.check(Staging.makeJaxpr(
                TreeFunction.internal(
                        "laplacian", in -> Laplacian.of(function, in.get(0)).laplacian()),
                Array.of(arguments)));
        Array<ArrayData> given =
                Tree.leaves(Laplacian.of(function, arguments).laplacian()).map(RandomLaplacianTest::data);
        DerivativeLaws.same("laplacian", second(f, x), given, 1e-10);
    }

    private static Array<ArrayData> second(Jaxpr f, Array<ArrayData> x) {
        Array<Boolean> active = Leaves.floating(f.inputTypes());
        Array<ArrayType> types = Masks.select(active, f.inputTypes());
        JvpProgram once = Jvp.of(f, active);
        int outs = f.outputs().size();
        JvpProgram twice = Jvp.of(once.jaxpr(), active.appendAll(Leaves.none(types.size())));
        Array<Boolean> curved = twice.activeOutputs().drop(outs);
        double[][] sums = f.outputTypes().map(type -> new double[type.size()]).toJavaArray(double[][]::new);
        for (int i = 0; i < types.size(); i++) {
            for (int k = 0; k < types.get(i).size(); k++) {
                Array<ArrayData> direction = unit(types, i, k);
                Array<ArrayData> results =
                        Programs.run(twice.jaxpr(), x.appendAll(direction).appendAll(direction));
                Array<ArrayData> tangents = Masks.spread(curved, results.takeRight(curved.count(marked -> marked)));
                Array<ArrayData> ofOutputs = Masks.spread(once.activeOutputs(), tangents);
                for (int o = 0; o < outs; o++) {
                    for (int e = 0; ofOutputs.get(o) != null && e < sums[o].length; e++) {
                        sums[o][e] += ofOutputs.get(o).doubleAt(e);
                    }
                }
            }
        }
        return f.outputTypes().zipWithIndex((type, o) -> Programs.array(type, sums[o]));
    }

    private static Array<ArrayData> unit(Array<ArrayType> types, int leaf, int element) {
        return types.zipWithIndex((type, i) -> {
            double[] values = new double[type.size()];
            if (i == leaf) {
                values[element] = 1;
            }
            return Programs.array(type, values);
        });
    }

    private static ArrayData data(NDArray array) {
        return Programs.array(array.type(), array.toDoubleArray());
    }
}
