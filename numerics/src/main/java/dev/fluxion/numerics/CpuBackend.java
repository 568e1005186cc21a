package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.StructuralHash;
import dev.fluxion.ir.cache.BoundedCache;
import dev.fluxion.ir.cache.CacheCounters;
import dev.fluxion.ir.cache.CacheStatistics;
import dev.fluxion.numerics.codegen.Kernel;
import dev.fluxion.numerics.plan.PlainFunctions;
import dev.fluxion.numerics.plan.Plan;
import dev.fluxion.numerics.plan.Planner;
import io.vavr.collection.Array;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The engine: fused kernels generated for each program, matrix products, planned memory. Programs of equal structure share
 * a plan.
 */
public final class CpuBackend implements Backend {
    private static final int KEPT_PLANS = 2048;

    private record Key(StructuralHash structure, Ints donated) {}

    private final BoundedCache<Key, Plan> plans = new BoundedCache<>(KEPT_PLANS, new CacheCounters());

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public ArrayData array(ArrayType type, Object values) {
        return HostArray.copyOf(type, values);
    }

    @Override
    public Executable compile(Jaxpr jaxpr) {
        return compile(jaxpr, Ints.of());
    }

    @Override
    public Executable compile(Jaxpr jaxpr, Ints donated) {
        return new CpuExecutable(jaxpr, plan(jaxpr, donated));
    }

    @Override
    public <F> Optional<F> function(Jaxpr jaxpr, Class<F> type) {
        return PlainFunctions.of(jaxpr, type).toJavaOptional();
    }

    private Plan plan(Jaxpr jaxpr, Ints donated) {
        Key key = new Key(jaxpr.structuralHash(), donated);
        Plan known = plans.get(key);
        return known != null ? known : plans.putIfAbsent(key, Planner.plan(jaxpr, donated));
    }

    @Override
    public Array<CacheStatistics> cacheStatistics() {
        return Array.of(
                plans.statistics("plans", OptionalLong.of(plans.sum(Plan::spareBytes))), Kernel.cacheStatistics());
    }

    @Override
    public void clearCaches() {
        plans.clear();
        Kernel.clearCache();
        SpareArrays.clear();
    }
}
