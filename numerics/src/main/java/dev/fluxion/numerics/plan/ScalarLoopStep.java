package dev.fluxion.numerics.plan;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numerics.codegen.LoopKernel;
import dev.fluxion.numerics.codegen.LoopSpec;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A loop whose sub-programs are a few operations on scalars or on a few elements: one method runs all of it.
 *
 * @param kernel takes each element of each array for an array of its own
 * @param init the operands that are the initial carry
 * @param accesses how it steps through the arrays
 */
record ScalarLoopStep(
        LoopKernel kernel,
        int length,
        Array<Node> operands,
        Array<Node> init,
        Array<Node> outputs,
        Array<Access> accesses)
        implements Step {
    /** One element of each step: of step t at {@code offset + t * stride}. */
    record Access(Node node, int offset, int stride) {}

    /** The kernel of a scan; none when its body is better run as a plan. */
    static Option<LoopKernel> kernel(Control.Scan scan) {
        Array<ArrayType> types = scan.body().inputTypes();
        int consts = size(scan.consts(types));
        int carry = size(scan.carry(types));
        return scan.length() == 0
                ? Option.none()
                : scalars(scan.body())
                        .flatMap(body -> LoopKernel.of(new LoopSpec(Option.none(), 0, body, consts, carry)));
    }

    /** The kernel of a while loop; none when it is better run as plans. */
    static Option<LoopKernel> kernel(Control.While loop) {
        int condConsts = size(loop.cond().inputTypes().take(loop.condConsts()));
        int bodyConsts = size(loop.body().inputTypes().take(loop.bodyConsts()));
        int carry = size(loop.body().outputTypes());
        return scalars(loop.cond())
                .flatMap(cond -> scalars(loop.body())
                        .flatMap(body ->
                                LoopKernel.of(new LoopSpec(Option.of(cond), condConsts, body, bodyConsts, carry))));
    }

    private static Option<Jaxpr> scalars(Jaxpr body) {
        return Scalarization.of(Planner.program(body));
    }

    private static int size(Array<ArrayType> types) {
        return types.map(ArrayType::size).sum().intValue();
    }

    static ScalarLoopStep of(Control.Scan scan, LoopKernel kernel, Array<Node> operands, Array<Node> outputs) {
        List<Access> accesses = new ArrayList<>();
        scan.consts(operands).forEach(node -> fixed(node, accesses));
        scan.carry(operands).forEach(node -> fixed(node, accesses));
        scan.xs(operands).forEach(node -> slices(scan, node, accesses));
        scan.carryOut(outputs).forEach(node -> fixed(node, accesses));
        scan.ys(outputs).forEach(node -> slices(scan, node, accesses));
        return new ScalarLoopStep(
                kernel, scan.length(), operands, scan.carry(operands), outputs, Array.ofAll(accesses));
    }

    static ScalarLoopStep of(Control.While loop, LoopKernel kernel, Array<Node> operands, Array<Node> outputs) {
        List<Access> accesses = new ArrayList<>();
        operands.appendAll(outputs).forEach(node -> fixed(node, accesses));
        return new ScalarLoopStep(kernel, 0, operands, loop.init(operands), outputs, Array.ofAll(accesses));
    }

    private static void fixed(Node node, List<Access> accesses) {
        for (int i = 0; i < node.size(); i++) {
            accesses.add(new Access(node, i, 0));
        }
    }

    private static void slices(Control.Scan scan, Node node, List<Access> accesses) {
        int size = node.size() / scan.length();
        for (int i = 0; i < size; i++) {
            accesses.add(scan.reverse() ? new Access(node, node.size() - size + i, -size) : new Access(node, i, size));
        }
    }

    @Override
    public List<Node> reads() {
        return operands.toJavaList();
    }

    @Override
    public List<Node> writes() {
        return outputs.toJavaList();
    }

    /** All of the initial carry is read before anything is written over it. */
    @Override
    public Node inPlace(Node output, Predicate<Node> dying) {
        int k = outputs.indexOf(output);
        return k < init.size() ? ScanStep.dyingInit(operands, init.get(k), dying) : null;
    }

    @Override
    public long nanos() {
        return (length == 0 ? Cost.UNKNOWN_STEPS : length) * kernel.operations();
    }

    @Override
    public boolean isUndivided() {
        return true;
    }

    @Override
    public Instruction emit() {
        int[] from = CallStep.slots(accesses.map(Access::node));
        int[] offsets = accesses.toJavaStream().mapToInt(Access::offset).toArray();
        int[] strides = accesses.toJavaStream().mapToInt(Access::stride).toArray();
        return slots -> {
            Object[] arrays = new Object[from.length];
            for (int k = 0; k < arrays.length; k++) {
                arrays[k] = slots[from[k]];
            }
            kernel.run(arrays, offsets, length, strides);
        };
    }
}
