package dev.fluxion.lax;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Loops over the leaves of trees, as equations. The functions are traced once, whatever the number of steps. A part of the
 * carry that the body hands on as it is goes in as a constant of the loop: derivatives and memory are those of a constant.
 */
final class Loops {
    private Loops() {}

    /**
     * The last carry, then the stacked ys.
     *
     * @param body (carry, x) to (carry, y)
     */
    static Array<NDArray> scan(
            String name,
            Array<NDArray> init,
            Array<NDArray> xs,
            int length,
            ScanOptions options,
            Function1<Array<NDArray>, Array<NDArray>> body) {
        Array<ArrayType> types = init.appendAll(xs).map(NDArray::type);
        Array<ArrayType> slices =
                types.drop(init.size()).map(type -> type.withShape(type.shape().without(Ints.of(0))));
        SubProgram traced = SubProgram.trace(
                "tracing the body of " + name, types.take(init.size()).appendAll(slices), body);
        Split carry = Split.of(traced, init);
        Array<Atom> ys = traced.jaxpr().outputs().drop(init.size());
        Set<Var> read = traced.read();
        List<Var> sliceVars = new ArrayList<>();
        List<NDArray> stacks = new ArrayList<>();
        for (int i = 0; i < xs.size(); i++) {
            Var slice = traced.arguments().get(init.size() + i);
            if (read.contains(slice)) {
                sliceVars.add(slice);
                stacks.add(xs.get(i));
            }
        }
        Array<Var> consts = traced.captured().appendAll(carry.constant().filter(read::contains));
        Array<NDArray> constants =
                traced.closure().appendAll(carry.values(carry.constant().filter(read::contains)));
        Jaxpr program = traced.program(
                consts.appendAll(carry.moving()).appendAll(sliceVars),
                carry.outputs().appendAll(ys));
        Control.Scan scan = new Control.Scan(
                program,
                length,
                options.reverse(),
                options.unroll(),
                consts.size(),
                carry.moving().size());
        Array<NDArray> results = Tracing.bindAll(
                scan, constants.appendAll(carry.values(carry.moving())).appendAll(stacks));
        return carry.join(scan.carryOut(results)).appendAll(scan.ys(results));
    }

    /** The carry when {@code cond} is false for the first time. */
    static Array<NDArray> whileLoop(
            String name,
            Array<NDArray> init,
            Function1<Array<NDArray>, Array<NDArray>> cond,
            Function1<Array<NDArray>, Array<NDArray>> body) {
        Array<ArrayType> types = init.map(NDArray::type);
        SubProgram test = SubProgram.trace("tracing the condition of " + name, types, cond);
        SubProgram step = SubProgram.trace("tracing the body of " + name, types, body);
        Split carry = Split.of(step, init);
        Array<Var> stepConstant = carry.constant().filter(step.read()::contains);
        Array<Var> testConstant = carry.testInputs(test, false).filter(test.read()::contains);
        Array<Var> testConsts = test.captured().appendAll(testConstant);
        Array<Var> stepConsts = step.captured().appendAll(stepConstant);
        Control.While loop = new Control.While(
                test.program(
                        testConsts.appendAll(carry.testInputs(test, true)),
                        test.jaxpr().outputs()),
                testConsts.size(),
                step.program(stepConsts.appendAll(carry.moving()), carry.outputs()),
                stepConsts.size());
        Array<NDArray> operands = test.closure()
                .appendAll(testConstant.map(var -> init.get(test.arguments().indexOf(var))))
                .appendAll(step.closure())
                .appendAll(carry.values(stepConstant))
                .appendAll(carry.values(carry.moving()));
        return carry.join(Tracing.bindAll(loop, operands));
    }

    /** The carry of a body, told apart into what it hands on unchanged and what moves. */
    private record Split(Array<Var> inputs, Array<Atom> results, Array<NDArray> init) {
        static Split of(SubProgram body, Array<NDArray> init) {
            return new Split(
                    body.arguments().take(init.size()), body.jaxpr().outputs().take(init.size()), init);
        }

        private boolean moves(int i) {
            return inputs.get(i) != results.get(i);
        }

        Array<Var> constant() {
            return inputs.zipWithIndex().filter(p -> !moves(p._2)).map(p -> p._1);
        }

        Array<Var> moving() {
            return inputs.zipWithIndex().filter(p -> moves(p._2)).map(p -> p._1);
        }

        /** What the body gives for the moving part. */
        Array<Atom> outputs() {
            return results.zipWithIndex().filter(p -> moves(p._2)).map(p -> p._1);
        }

        /** The arguments of a condition for the moving or the constant part. */
        Array<Var> testInputs(SubProgram test, boolean moving) {
            return test.arguments()
                    .zipWithIndex()
                    .filter(p -> moves(p._2) == moving)
                    .map(p -> p._1);
        }

        /** The initial values of some of the inputs. */
        Array<NDArray> values(Array<Var> vars) {
            return vars.map(var -> init.get(inputs.indexOf(var)));
        }

        /** The whole carry, given the last value of the moving part. */
        Array<NDArray> join(Array<NDArray> last) {
            List<NDArray> whole = new ArrayList<>();
            int next = 0;
            for (int i = 0; i < inputs.size(); i++) {
                whole.add(moves(i) ? last.get(next++) : init.get(i));
            }
            return Array.ofAll(whole);
        }
    }
}
