package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Traced;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.function.Function;

/** Calls of programs. A sub-program has no constants: those a program closes over become its last operands. */
final class SubPrograms {
    /** A program without constants, and the arrays to pass for its last inputs instead. */
    record Closed(Jaxpr jaxpr, Array<NDArray> constants) {}

    private record Arrangement(Array<Integer> inputs, Array<Integer> outputs) {}

    private static final ProgramCache<Class<Closed>, Closed> CLOSED = new ProgramCache<>();

    private static final ProgramCache<Arrangement, Jaxpr> ARRANGED = new ProgramCache<>();
    private static final ProgramCache<Array<ArrayType>, Jaxpr> IGNORING = new ProgramCache<>();

    private SubPrograms() {}

    /** A call of {@code body}. */
    static Array<NDArray> call(String label, Jaxpr body, Array<NDArray> operands) {
        return bind(program -> new Control.Call(label, program), body, operands);
    }

    /** The operation that {@code make} makes of {@code body}. */
    static Array<NDArray> bind(Function<Jaxpr, Control.Calling> make, Jaxpr body, Array<NDArray> operands) {
        Closed closed = withoutConstants(body);
        return Tracing.bindAll(make.apply(closed.jaxpr()), operands.appendAll(closed.constants()));
    }

    /** An operation on several programs, the constants of which become operands. */
    static Array<NDArray> bind(Control control, Array<NDArray> operands) {
        return switch (control) {
            case Control.LinearSolve solve -> linearSolve(solve, operands);
            case Control.Calling call -> Tracing.bindAll(call, operands);
            case Control.Cond cond -> cond(cond, operands);
            case Control.While loop -> whileLoop(loop, operands);
            case Control.Scan scan -> scan(scan, operands);
        };
    }

    /** Every branch takes the constants of all of them. */
    private static Array<NDArray> cond(Control.Cond p, Array<NDArray> operands) {
        Array<Constant> constants = p.branches().flatMap(Jaxpr::constants);
        Array<Jaxpr> branches = p.branches().map(branch -> {
            Array<Var> own = branch.constants().map(Constant::var);
            Array<Var> further = constants.map(
                    c -> own.contains(c.var()) ? c.var() : new Var(c.var().type()));
            return new Jaxpr(Array.empty(), branch.inputs().appendAll(further), branch.equations(), branch.outputs());
        });
        return Tracing.bindAll(new Control.Cond(branches), operands.appendAll(values(constants)));
    }

    private static Array<NDArray> linearSolve(Control.LinearSolve p, Array<NDArray> operands) {
        Array<NDArray> consts = Array.range(0, p.programs().size())
                .flatMap(i -> values(p.programs().get(i).constants()).appendAll(p.consts(i, operands)));
        Ints counts = Ints.of(Array.range(0, p.programs().size())
                .toJavaStream()
                .mapToInt(
                        i -> p.consts().get(i) + p.programs().get(i).constants().size()));
        return Tracing.bindAll(
                new Control.LinearSolve(p.programs().map(SubPrograms::constantsFirst), counts),
                consts.appendAll(p.b(operands)));
    }

    private static Array<NDArray> whileLoop(Control.While p, Array<NDArray> operands) {
        Array<NDArray> cond = values(p.cond().constants()).appendAll(p.condConsts(operands));
        Array<NDArray> body = values(p.body().constants()).appendAll(p.bodyConsts(operands));
        return Tracing.bindAll(
                new Control.While(constantsFirst(p.cond()), cond.size(), constantsFirst(p.body()), body.size()),
                cond.appendAll(body).appendAll(p.init(operands)));
    }

    private static Array<NDArray> scan(Control.Scan p, Array<NDArray> operands) {
        Array<NDArray> constants = values(p.body().constants());
        Control.Scan closed = p.with(constantsFirst(p.body()), p.consts() + constants.size(), p.carry());
        return Tracing.bindAll(closed, constants.appendAll(operands));
    }

    private static Jaxpr constantsFirst(Jaxpr jaxpr) {
        return jaxpr.constants().isEmpty()
                ? jaxpr
                : new Jaxpr(
                        Array.empty(),
                        jaxpr.constants().map(Constant::var).appendAll(jaxpr.inputs()),
                        jaxpr.equations(),
                        jaxpr.outputs());
    }

    private static Array<NDArray> values(Array<Constant> constants) {
        return constants.map(c -> NDArray.of(c.value()));
    }

    /** The program with its constants as further inputs. Made once for each program, so that its calls stay shared. */
    static Closed withoutConstants(Jaxpr jaxpr) {
        if (jaxpr.constants().isEmpty()) {
            return new Closed(jaxpr, Array.empty());
        }
        return CLOSED.get(jaxpr, Closed.class, () -> {
            Traced closed = new Traced(jaxpr, Array.empty()).withoutConstants();
            return new Closed(closed.jaxpr(), closed.captures());
        });
    }

    /**
     * The program with its inputs and outputs in another order; outputs may be left out, and inputs that nothing reads. Made
     * once for each program.
     *
     * @param inputs where each input of the result was
     * @param outputs where each output of the result was
     */
    static Jaxpr arranged(Jaxpr jaxpr, Array<Integer> inputs, Array<Integer> outputs) {
        if (inputs.equals(Array.range(0, jaxpr.inputs().size()))
                && outputs.equals(Array.range(0, jaxpr.outputs().size()))) {
            return jaxpr;
        }
        return ARRANGED.get(
                jaxpr,
                new Arrangement(inputs, outputs),
                () -> new Jaxpr(
                        jaxpr.constants(),
                        inputs.map(jaxpr.inputs()::get),
                        jaxpr.equations(),
                        outputs.map(jaxpr.outputs()::get)));
    }

    /** The program with further inputs, which it does not read. Made once for each program. */
    static Jaxpr ignoring(Jaxpr jaxpr, Array<ArrayType> types) {
        if (types.isEmpty()) {
            return jaxpr;
        }
        return IGNORING.get(
                jaxpr,
                types,
                () -> new Jaxpr(
                        jaxpr.constants(),
                        jaxpr.inputs().appendAll(types.map(Var::new)),
                        jaxpr.equations(),
                        jaxpr.outputs()));
    }
}
