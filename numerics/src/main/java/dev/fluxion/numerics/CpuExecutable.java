package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.MemoryAnalysis;
import dev.fluxion.numerics.plan.Plan;

/** A plan with the constants of one program. */
final class CpuExecutable implements Executable {
    private final Jaxpr jaxpr;
    private final Plan plan;
    private final ArrayType[] types;
    private final Object[] constants;
    private final boolean[] passedThrough;

    CpuExecutable(Jaxpr jaxpr, Plan plan) {
        this.jaxpr = jaxpr;
        this.plan = plan;
        this.types = ProgramInputs.types(jaxpr);
        this.constants = jaxpr.constants().map(c -> held(c.value())).toJavaArray(Object[]::new);
        this.passedThrough = new boolean[jaxpr.inputs().size()];
        for (int i = 0; i < passedThrough.length; i++) {
            passedThrough[i] = plan.isPassedThrough(constants.length + i);
        }
    }

    /** A constant is read in every run, so that its user may not give it up. */
    private static Object held(ArrayData value) {
        HostArray array = HostArray.of(value);
        array.share();
        return array.data();
    }

    @Override
    public Jaxpr jaxpr() {
        return jaxpr;
    }

    @Override
    public MemoryAnalysis memory() {
        long outputs = MemoryAnalysis.bytes(jaxpr.outputTypes());
        return new MemoryAnalysis(
                MemoryAnalysis.bytes(jaxpr.inputTypes()),
                MemoryAnalysis.constantBytes(jaxpr),
                outputs,
                outputs - plan.resultBytes(),
                plan.temporaryBytes(),
                plan.kernels());
    }

    @Override
    public ArrayData[] run(ArrayData... inputs) {
        ProgramInputs.check(types, inputs);
        Object[] arguments = new Object[plan.inputs()];
        System.arraycopy(constants, 0, arguments, 0, constants.length);
        for (int i = 0; i < inputs.length; i++) {
            HostArray input = HostArray.of(inputs[i]);
            arguments[constants.length + i] = input.data();
            if (passedThrough[i]) {
                input.share();
            }
        }
        return plan.run(arguments);
    }
}
