package dev.fluxion.ir;

import java.util.Objects;

/** Operations that run sub-programs. A sub-program has no constants: what it needs comes in as inputs. */
public sealed interface Control extends Primitive {
    /** The program whose results are this operation's results. */
    Jaxpr body();

    /** {@code outs = body(inputs)}: a shared sub-program, as {@code jit} makes it. */
    record Call(String label, Jaxpr body) implements Control {
        public Call {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(body, "body");
        }

        @Override
        public String name() {
            return "jit";
        }
    }

    /**
     * {@code outs = body(inputs)}, whose derivative is the user's: {@code jvp} is a program of (primals, tangents) that
     * gives (primal results, tangent results).
     */
    record CustomJvpCall(String label, Jaxpr body, LazyJaxpr jvp) implements Control {
        public CustomJvpCall {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(jvp, "jvp");
        }

        @Override
        public String name() {
            return "custom_jvp_call";
        }
    }

    /**
     * {@code outs = body(inputs)}, whose reverse derivative is the user's: {@code fwd} is a program of the inputs that
     * gives (results, residuals), {@code bwd} one of (residuals, result cotangents) that gives input cotangents.
     *
     * @param captured the last {@code captured} inputs are values closed over; they have no derivative
     */
    record CustomVjpCall(String label, Jaxpr body, LazyJaxpr fwd, LazyJaxpr bwd, int captured) implements Control {
        public CustomVjpCall {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(fwd, "fwd");
            Objects.requireNonNull(bwd, "bwd");
        }

        @Override
        public String name() {
            return "custom_vjp_call";
        }
    }

    /**
     * The linear map (residuals, tangents) to result tangents that a custom VJP stands for: known only by its transpose
     * {@code bwd} of (residuals, result cotangents). It can be transposed and batched, not run.
     *
     * @param residuals how many of the inputs are residuals; the rest are tangents
     * @param body a program of the right type; never run
     */
    record CustomLinear(String label, Jaxpr body, LazyJaxpr bwd, int residuals) implements Control {
        public CustomLinear {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(bwd, "bwd");
        }

        @Override
        public String name() {
            return "custom_lin";
        }
    }
}
