package dev.fluxion.transforms;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.cache.BoundedCache;
import dev.fluxion.ir.cache.CacheCounters;
import dev.fluxion.ir.cache.CacheStatistics;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tree.TreeDef;
import io.vavr.collection.Array;
import java.util.OptionalLong;
import java.util.function.Function;

/** A traced function of trees: the program of its leaves, the values it closes over, the structure of its result. */
public final class TracedTree {
    private static final int MOST_DERIVED = 64;

    private static final CacheCounters DERIVED = new CacheCounters();

    private final String label;
    private final Jaxpr jaxpr;
    private final Array<NDArray> captures;
    private final TreeDef result;
    private final BoundedCache<Object, Object> derived = new BoundedCache<>(MOST_DERIVED, DERIVED);

    TracedTree(String label, Jaxpr jaxpr, Array<NDArray> captures, TreeDef result) {
        this.label = label;
        this.jaxpr = jaxpr;
        this.captures = captures;
        this.result = result;
    }

    public String label() {
        return label;
    }

    /** The program; its inputs are the leaves of the arguments, then the captured values. */
    public Jaxpr jaxpr() {
        return jaxpr;
    }

    public Array<NDArray> captures() {
        return captures;
    }

    /** The structure of the function's result. */
    public TreeDef result() {
        return result;
    }

    /** How many of the program's inputs are leaves of the arguments. */
    public int arguments() {
        return jaxpr.inputs().size() - captures.size();
    }

    /** A program made from this one by a transform, made once. */
    @SuppressWarnings("unchecked") // a key determines the type of its value
    public <T> T derive(Object key, Function<TracedTree, T> make) {
        Object known = derived.get(key);
        if (known == null) {
            known = derived.putIfAbsent(key, make.apply(this));
        }
        return (T) known;
    }

    /** How many programs were made from this one. */
    int derivedPrograms() {
        return derived.size();
    }

    static CacheStatistics derivedStatistics(long entries) {
        return DERIVED.statistics("programs of traces", entries, MOST_DERIVED, OptionalLong.empty());
    }

    static void resetCounters() {
        DERIVED.reset();
    }

    /** The function's own program. */
    Program program() {
        return derive(Program.class, t -> new Program(t.jaxpr()));
    }
}
