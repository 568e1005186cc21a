package dev.fluxion.numerics.plan;

import dev.fluxion.numerics.parallel.Workers;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What others want to know of a plan.
 *
 * @param plans the plans of sub-programs, each once
 * @param kernels the number of generated kernels, without those of sub-programs
 * @param nanos about how long it takes one thread
 * @param shared about how long those of its own steps take that are worth offering to helpers
 * @param callsHost whether it calls code that may have effects
 */
record Traits(Set<Plan> plans, int kernels, long nanos, long shared, boolean callsHost) {
    static Traits of(List<Step> steps) {
        Set<Plan> plans = Collections.newSetFromMap(new IdentityHashMap<>());
        int kernels = 0;
        long nanos = 0;
        long shared = 0;
        boolean callsHost = false;
        for (Step step : steps) {
            plans.addAll(step.plans());
            kernels +=
                    step instanceof Region || step instanceof FusedProduct || step instanceof ScalarProgramStep ? 1 : 0;
            nanos += Cost.STEP + step.nanos();
            shared += !step.isUndivided() && Workers.shared().mayCut(step.nanos()) ? step.nanos() : 0;
            callsHost |= step.callsHost();
        }
        return new Traits(plans, kernels, nanos, shared, callsHost);
    }
}
