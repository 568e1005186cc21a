package dev.fluxion;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.tracing.Tracing;
import java.util.SortedSet;
import org.immutables.value.Value;

/**
 * How {@code jit} and {@code lower} treat the arguments of a function, counted from 0.
 *
 * <pre>{@code
 * Function3<Params, Batch, Integer, Params> step = jit(f, JitOptions.builder().donateArgnums(0).staticArgnums(2).build());
 * }</pre>
 */
@Value.Immutable
@Value.Style(
        visibility = Value.Style.ImplementationVisibility.PACKAGE,
        overshadowImplementation = true,
        jdkOnly = true,
        add = "*")
public abstract class JitOptions {
    static final JitOptions DEFAULT = builder().build();

    /**
     * Arguments that are plain Java values instead of arrays: the function sees their values while it is traced, and is
     * traced once for each value. They are compared with {@code equals}; arrays inside are refused when the function is
     * called.
     */
    @Value.NaturalOrder
    public abstract SortedSet<Integer> staticArgnums();

    /**
     * Arguments that are given up: the result may come to lie in their buffers, and whoever uses one of them after the call
     * gets error FX0603. Inside another transform nothing is given up.
     */
    @Value.NaturalOrder
    public abstract SortedSet<Integer> donateArgnums();

    public static Builder builder() {
        return new Builder();
    }

    /** Collects options. */
    public static final class Builder extends ImmutableJitOptions.Builder {
        Builder() {}
    }

    /** @throws FluxionException FX0104 when an argument is both static and donated */
    @Value.Check
    void check() {
        staticArgnums().stream().filter(donateArgnums()::contains).findFirst().ifPresent(both -> {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.BAD_PARAMETER, "JitOptions: argument " + both + " is both static and donated")
                    .hint("a static argument has no buffer to give up"));
        });
    }

    Ints statics() {
        return Ints.of(staticArgnums().stream().mapToInt(Integer::intValue));
    }

    Ints donated() {
        return Ints.of(donateArgnums().stream().mapToInt(Integer::intValue));
    }

    /** These options for a function of {@code arity} arguments. */
    JitOptions requireWithin(int arity) {
        for (int argnum : statics().concat(donated()).toArray()) {
            if (argnum < 0 || argnum >= arity) {
                throw Tracing.located(FluxionException.of(
                        ErrorCode.BAD_PARAMETER,
                        "JitOptions: there is no argument " + argnum + "; the function has " + arity
                                + ", counted from 0"));
            }
        }
        return this;
    }
}
