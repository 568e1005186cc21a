package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.StructuralHash;
import dev.fluxion.numerics.plan.Plan;
import dev.fluxion.numerics.plan.Planner;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The engine: fused kernels generated for each program, matrix products, planned memory. Programs of equal structure share
 * a plan.
 */
public final class CpuBackend implements Backend {
    private static final int KEPT_PLANS = 2048;

    private record Key(StructuralHash structure, Ints donated) {}

    private final Map<Key, Plan> plans = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Plan> eldest) {
            return size() > KEPT_PLANS;
        }
    };

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

    private Plan plan(Jaxpr jaxpr, Ints donated) {
        Key key = new Key(jaxpr.structuralHash(), donated);
        synchronized (plans) {
            Plan known = plans.get(key);
            if (known != null) {
                return known;
            }
        }
        Plan plan = Planner.plan(jaxpr, donated);
        synchronized (plans) {
            Plan known = plans.putIfAbsent(key, plan);
            return known != null ? known : plan;
        }
    }
}
