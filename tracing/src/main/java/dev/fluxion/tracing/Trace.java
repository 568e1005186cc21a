package dev.fluxion.tracing;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Var;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tracing of one function: every operation performed while it is the innermost trace becomes an equation of its
 * program. Traces nest; a value of an enclosing trace is lifted to an input of the inner program.
 */
public final class Trace {
    private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

    private final Trace parent;
    private final String context;
    private final JaxprBuilder builder;
    private final Map<Var, Var> lifted = new IdentityHashMap<>();
    private final List<NDArray> captures = new ArrayList<>();
    private SourceInfo source;
    private boolean ended;

    private Trace(Trace parent, String context) {
        this.parent = parent;
        this.context = context;
        this.builder = new JaxprBuilder(context);
    }

    /** The innermost trace of this thread, or null when operations run at once. */
    public static Trace current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /**
     * Traces {@code f} on arguments of the given types.
     *
     * @param context what is being done, for error messages: {@code tracing loss for grad}
     */
    public static Traced of(String context, Array<ArrayType> types, Function1<Array<NDArray>, Array<NDArray>> f) {
        Trace trace = new Trace(current(), context);
        try {
            SourceInfo here = UserFrames.caller();
            Array<NDArray> arguments = types.map(type -> trace.tracer(trace.builder.input(type), here));
            Array<NDArray> results =
                    ScopedValue.where(CURRENT, trace).call(() -> Scope.with("", () -> f.apply(arguments)));
            return new Traced(trace.builder.build(results.map(trace::atomOf)), Array.ofAll(trace.captures));
        } finally {
            trace.ended = true;
        }
    }

    /** What is being traced and what for. */
    public String context() {
        return context;
    }

    /** Equations appended from now on come from {@code origin}; null: from the user frame that asks for them. */
    public void from(SourceInfo origin) {
        source = origin;
    }

    /** Where equations come from at present; null: from the user frame that asks for them. */
    public SourceInfo source() {
        return source;
    }

    /** Where an operation asked for now comes from. */
    SourceInfo here() {
        return source != null ? source : UserFrames.caller();
    }

    /** Appends an operation on arrays to this trace, the innermost one. */
    Array<NDArray> append(Primitive primitive, NDArray... inputs) {
        SourceInfo here = here();
        Atom[] operands = new Atom[inputs.length];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = atomOf(inputs[i]);
        }
        return builder.append(primitive, Array.of(operands), here).map(atom -> tracer(atom, here));
    }

    void unitVectors(NDArray matrix) {
        builder.unitVectors(atomOf(matrix));
    }

    /** Appends all equations of a program. */
    Array<NDArray> inline(Jaxpr jaxpr, Array<NDArray> arguments) {
        SourceInfo here = UserFrames.caller();
        return builder.inline(jaxpr, arguments.map(this::atomOf), Scope.current())
                .map(atom -> tracer(atom, here));
    }

    NDArray tracer(Atom atom, SourceInfo created) {
        return NDArray.of(new Value.Tracer(this, atom, created));
    }

    /** The atom of this trace that stands for {@code array}: lifts enclosing tracers, embeds data. */
    public Atom atomOf(NDArray array) {
        return switch (array.value()) {
            case Value.Concrete concrete -> {
                ArrayData data = concrete.read();
                yield data.type().isScalar() ? data.toLiteral() : builder.constant(data);
            }
            case Value.Tracer tracer -> tracer.trace() == this ? tracer.atom() : lift(array, tracer);
        };
    }

    private Atom lift(NDArray array, Value.Tracer tracer) {
        boolean encloses = false;
        for (Trace outer = parent; outer != null && !encloses; outer = outer.parent) {
            encloses = outer == tracer.trace();
        }
        if (!encloses) {
            throw leaked(tracer);
        }
        if (!(tracer.atom() instanceof Var var)) {
            return tracer.atom();
        }
        return lifted.computeIfAbsent(var, v -> {
            captures.add(array);
            return builder.input(v.type());
        });
    }

    static FluxionException leaked(Value.Tracer tracer) {
        String state = tracer.trace().ended ? "after its trace had ended" : "outside its trace";
        return FluxionException.of(ErrorCode.LEAKED_TRACER, "a traced " + tracer.type() + " was used " + state)
                .detail("it was created at " + tracer.created() + ", while "
                        + tracer.trace().context())
                .hint("return values from the traced function instead of storing them in fields or collections, and use"
                        + " them on the thread that traces")
                .at(UserFrames.caller(), "");
    }
}
