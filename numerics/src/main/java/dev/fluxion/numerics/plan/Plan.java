package dev.fluxion.numerics.plan;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.HostData;
import dev.fluxion.numerics.SpareArrays;
import dev.fluxion.numerics.parallel.Workers;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * A program ready to run: instructions over slots. The buffers of intermediate values are kept between runs; every run
 * borrows a set of them, so that any number of threads may run the plan at once.
 */
public final class Plan {
    /** An output of the program and the node that holds it. */
    record Result(Node node, ArrayType type) {}

    /** A Java array that a slot needs. */
    record Buffer(int slot, DType dtype, int size) {
        Object allocate() {
            return HostData.allocate(dtype, size);
        }

        long bytes() {
            return (long) size * dtype.byteSize();
        }
    }

    private final int slots;
    private final int inputs;
    private final Ints donated;
    private final List<Buffers.Held> constants;
    private final Buffer[] results;
    private final Buffer[] temporaries;
    private final int[] outputSlots;
    private final ArrayType[] outputTypes;
    private final boolean[] outputShared;
    private final Traits traits;
    private final Instruction[] code;

    /** The slots whose arrays are not of the frame. */
    private final int[] foreign;

    private final AtomicReference<Object[]> spare = new AtomicReference<>();
    private final ConcurrentLinkedQueue<Object[]> moreSpares = new ConcurrentLinkedQueue<>();

    Plan(
            int slots,
            int inputs,
            Ints donated,
            List<Buffers.Held> constants,
            List<Buffer> results,
            List<Buffer> temporaries,
            List<Result> outputs,
            Traits traits,
            Instruction[] code) {
        this.slots = slots;
        this.inputs = inputs;
        this.donated = donated;
        this.constants = constants;
        this.results = results.toArray(Buffer[]::new);
        this.temporaries = temporaries.toArray(Buffer[]::new);
        this.outputSlots = outputs.stream().mapToInt(r -> r.node().slot()).toArray();
        this.outputTypes = outputs.stream().map(Result::type).toArray(ArrayType[]::new);
        this.outputShared = new boolean[outputSlots.length];
        for (int i = 0; i < outputShared.length; i++) {
            outputShared[i] = !isFresh(outputSlots[i]);
        }
        this.traits = traits;
        this.code = code;
        this.foreign = IntStream.concat(
                        IntStream.range(0, inputs),
                        outputs.stream()
                                .map(Result::node)
                                .filter(node -> node.destination() != Destination.FRAME)
                                .mapToInt(Node::slot))
                .filter(slot -> constants.stream().noneMatch(held -> held.node().slot() == slot))
                .distinct()
                .toArray();
    }

    /** Whether a slot's array is of one result alone: no input that goes on living, no constant, no result twice. */
    private boolean isFresh(int slot) {
        boolean once = Arrays.stream(outputSlots).filter(s -> s == slot).count() == 1;
        boolean passed = slot < inputs && !donated.contains(slot);
        return once
                && !passed
                && constants.stream().noneMatch(held -> held.node().slot() == slot);
    }

    /** The number of inputs: the constants of the program, then its inputs. */
    public int inputs() {
        return inputs;
    }

    /** Whether a result is the array of this input itself, which goes on being read by others. */
    public boolean isPassedThrough(int input) {
        return !donated.contains(input) && Arrays.stream(outputSlots).anyMatch(slot -> slot == input);
    }

    /**
     * The results: arrays of their own, or marked as shared.
     *
     * @param arguments {@link #inputs} Java arrays, which are not written to but for the donated ones
     */
    public HostArray[] run(Object[] arguments) {
        if (traits.shared() > 0) {
            Workers.shared().rouse(traits.shared());
        }
        Object[] frame = borrow();
        System.arraycopy(arguments, 0, frame, 0, inputs);
        for (Buffer result : results) {
            frame[result.slot()] = SpareArrays.take(result.dtype(), result.size());
        }
        execute(frame);
        HostArray[] outputs = new HostArray[outputSlots.length];
        for (int i = 0; i < outputs.length; i++) {
            Object data = frame[outputSlots[i]];
            outputs[i] = HostArray.computed(outputTypes[i], data);
            if (outputShared[i]) {
                outputs[i].share();
            }
        }
        giveBack(frame);
        return outputs;
    }

    /** The slot that holds a result after a run. */
    int outputSlot(int output) {
        return outputSlots[output];
    }

    /**
     * The bytes of the buffers that one run keeps for intermediate values, those of sub-programs included: what one thread
     * needs. Helpers that run loops beside it have buffers for their sub-programs of their own.
     */
    public long temporaryBytes() {
        return withSubPlans().stream().mapToLong(Plan::frameBytes).sum();
    }

    /** The bytes of the results that every run allocates. */
    public long resultBytes() {
        return Arrays.stream(results).mapToLong(Buffer::bytes).sum();
    }

    /** The bytes of the buffers that wait for further runs, those of sub-programs included. */
    public long spareBytes() {
        return withSubPlans().stream()
                .mapToLong(plan -> plan.frameBytes() * ((plan.spare.get() == null ? 0 : 1) + plan.moreSpares.size()))
                .sum();
    }

    /** The number of generated kernels that it runs, those of sub-programs included. */
    public int kernels() {
        return withSubPlans().stream().mapToInt(plan -> plan.traits.kernels()).sum();
    }

    /** About how long a run takes one thread. */
    long nanos() {
        return traits.nanos();
    }

    /** About how long those of its own steps take one thread that are worth offering to helpers. */
    long sharedNanos() {
        return traits.shared();
    }

    /** Whether it calls code of the program's author, which may have effects. */
    boolean callsHost() {
        return traits.callsHost();
    }

    private long frameBytes() {
        return Arrays.stream(temporaries).mapToLong(Buffer::bytes).sum();
    }

    private Set<Plan> withSubPlans() {
        Set<Plan> all = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(all);
        return all;
    }

    private void collect(Set<Plan> all) {
        if (all.add(this)) {
            traits.plans().forEach(plan -> plan.collect(all));
        }
    }

    /** Runs on a borrowed frame that has the inputs in their slots, and all arrays that the caller gives. */
    void execute(Object[] frame) {
        for (Instruction instruction : code) {
            instruction.run(frame);
        }
    }

    /** A frame with its constants and buffers. */
    Object[] borrow() {
        if (temporaries.length == 0) {
            return newFrame();
        }
        Object[] frame = spare.getAndSet(null);
        if (frame == null) {
            frame = moreSpares.poll();
        }
        return frame != null ? frame : newFrame();
    }

    private Object[] newFrame() {
        Object[] frame = new Object[slots];
        if (!constants.isEmpty()) {
            constants.forEach(held -> frame[held.node().slot()] = held.data());
        }
        for (Buffer temporary : temporaries) {
            frame[temporary.slot()] = temporary.allocate();
        }
        return frame;
    }

    /** Keeps the buffers, but nothing that belongs to the caller. */
    void giveBack(Object[] frame) {
        if (temporaries.length == 0) {
            return;
        }
        for (int slot : foreign) {
            frame[slot] = null;
        }
        if (!spare.compareAndSet(null, frame)) {
            moreSpares.offer(frame);
        }
    }
}
