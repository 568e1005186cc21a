package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Parameters;
import io.vavr.collection.Array;
import io.vavr.control.Option;

/**
 * A whole program on scalars as one class: its values are local variables, its branches and loops are jumps, and what is too
 * large for one method is cut into several. Its operations are elementwise ones, and branches and loops over such.
 */
public final class ScalarProgram {
    /** The operations, elementary functions spelled out, that are worth a class of their own: it takes time to make it. */
    private static final int MOST = 20_000;

    private final Jaxpr lowered;

    private ScalarProgram(Jaxpr lowered) {
        this.lowered = lowered;
    }

    /** The code of a program; none when it is too large. */
    public static Option<ScalarProgram> of(Jaxpr program) {
        Jaxpr lowered = Lowering.lower(program);
        boolean fits = size(lowered) <= MOST
                && lowered.equations().forAll(equation -> weight(equation) <= ScalarProgramEmitter.LIMIT);
        return Option.when(fits, new ScalarProgram(lowered));
    }

    private static int size(Jaxpr program) {
        int size = 0;
        for (Equation equation : program.equations()) {
            size += weight(equation);
        }
        return size;
    }

    /** The operations of an equation, those of its sub-programs included. */
    static int weight(Equation equation) {
        return 1
                + Parameters.subPrograms(equation.primitive())
                        .map(ScalarProgram::size)
                        .sum()
                        .intValue();
    }

    /**
     * An instance of a new class that is called in the given way.
     *
     * @param fixed the values of the first inputs, which are not inputs of the call
     */
    public Object define(ScalarCall call, Array<Literal> fixed) {
        return KernelClass.instance(ScalarProgramEmitter.emit(lowered, call, fixed));
    }
}
