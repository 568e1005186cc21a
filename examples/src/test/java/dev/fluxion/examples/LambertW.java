package dev.fluxion.examples;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.shapeOnly;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.Optional;

/** The code of {@code docs/adding-a-primitive.md}: an operation defined outside Fluxion. */
final class LambertW {
    private LambertW() {}

    // tag::operation[]
    /** The principal branch of Lambert's W, the w with {@code w e^w = x}, for {@code x >= 0}; FLOAT64 of any shape. */
    record Lambert() implements Custom {
        static NDArray lambert(NDArray x) {
            return Tracing.bind(new Lambert(), x);
        }

        @Override
        public String name() {
            return "lambert_w";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }

        @Override
        public Optional<HostFunction> host() {
            return Optional.of(inputs -> Array.of(solve((double[]) inputs.get(0))));
        }

        /** {@code (x, t) -> (w, t / (e^w (1 + w)))}. */
        @Override
        public Optional<Jaxpr> jvp(Array<ArrayType> inputs) {
            return Optional.of(makeJaxpr((NDArray x, NDArray t) -> {
                        NDArray w = lambert(x);
                        return new Tuple2<>(w, t.div(exp(w).times(w.plus(1))));
                    })
                    .apply(shapeOnly(inputs.get(0)), shapeOnly(inputs.get(0))));
        }

        /** Element by element, so a batch is just a larger array. */
        @Override
        public Optional<Jaxpr> batch(Array<ArrayType> inputs, Array<Boolean> batched, int size) {
            ArrayType one = inputs.get(0);
            ArrayType all = one.withShape(one.shape().insert(0, size));
            return Optional.of(makeJaxpr(Lambert::lambert).apply(shapeOnly(all)));
        }

        private static double[] solve(double[] x) {
            double[] w = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                double at = Math.log1p(x[i]);
                for (int step = 0; step < 40; step++) { // Newton's method for w = x e^-w
                    double next = x[i] * Math.exp(-at);
                    at -= (at - next) / (1 + next);
                }
                w[i] = at;
            }
            return w;
        }
    }
    // end::operation[]

    static void use() {
        // tag::use[]
        System.out.println(Lambert.lambert(scalar(Math.E)));
        System.out.println(vmap(grad(grad(Lambert::lambert))).apply(array(0.0, 1.0, Math.E)));
        System.out.println(makeJaxpr(grad(Lambert::lambert)).apply(scalar(1.0)));
        // end::use[]
    }
}
