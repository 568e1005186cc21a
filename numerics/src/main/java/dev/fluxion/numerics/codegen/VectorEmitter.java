package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/**
 * Emits a kernel with the Vector API: whole vectors in one method, the rest of the row with masks in another. Row
 * reductions keep {@link Kernel#ACCUMULATORS} lanes in as many vectors as that takes; the vectors rotate, so that each step
 * adds to the first one, whatever the species.
 */
final class VectorEmitter {
    private static final String BLOCKS = "blocks";
    private static final String TAIL = "tail";

    /** The slot of the first element in both methods, which never read a stride. */
    private static final int FROM = KernelClass.BASE;

    private final KernelSpec spec;
    private final Jaxpr body;
    private final int lanes;
    private final boolean masked;
    private final CodeBuilder code;
    private final VectorTypes types;
    private final VectorValues values;
    private final VectorOperations operations;
    private final int[] arrays;
    private final int[] offsets;
    private final int[][] accumulators;
    private final int[] tailMasks = new int[DType.values().length];
    private int i;

    private VectorEmitter(KernelSpec spec, int lanes, boolean masked, PerLaneMethods perLane, CodeBuilder code) {
        this.spec = spec;
        this.body = spec.body();
        this.lanes = lanes;
        this.masked = masked;
        this.code = code;
        this.types = new VectorTypes(code, lanes);
        this.values = new VectorValues(body, lanes, code, types, perLane);
        this.operations = new VectorOperations(code, types, values);
        this.arrays = new int[spec.arrayCount()];
        this.offsets = new int[spec.arrayCount()];
        this.accumulators = new int[spec.outputs().size()][];
    }

    /** Lanes of a kernel whose vectors have at most the given bits: as many as the widest dtype of the body allows. */
    static int lanes(KernelSpec spec, int vectorBits) {
        Jaxpr body = spec.body();
        boolean wide = spec.dtypes().exists(d -> d.byteSize() == 8)
                || body.equations().exists(e -> e.output().dtype().byteSize() == 8);
        return vectorBits / (wide ? 64 : 32);
    }

    /**
     * The class file of a subclass of {@link KernelCode}.
     *
     * @param spec of a loop, contiguous or broadcast along the row, its body lowered for scalar code
     */
    static byte[] emit(KernelSpec spec, int vectorBits) {
        KernelSpec lowered = spec.withBody(VectorLowering.lower(spec.body()));
        int lanes = lanes(lowered, vectorBits);
        PerLaneMethods perLane = new PerLaneMethods(lanes);
        return KernelClass.build("VectorKernel", type -> {
            KernelClass.loop(type, code -> dispatch(code, step(lowered, lanes)));
            KernelClass.method(
                    type, BLOCKS, code -> new VectorEmitter(lowered, lanes, false, perLane, code).emitMethod());
            KernelClass.method(type, TAIL, code -> new VectorEmitter(lowered, lanes, true, perLane, code).emitMethod());
            perLane.emit(type);
        });
    }

    /** Elements that the loop without masks takes as a unit: it ends with the accumulators in their first order. */
    private static int step(KernelSpec spec, int lanes) {
        boolean reducesRows = spec.outputs()
                .exists(out -> out instanceof KernelSpec.Output.Reduce && out.inner() == InnerStride.ZERO);
        return reducesRows ? Kernel.ACCUMULATORS : lanes;
    }

    /** {@code bound = n - n mod step; if (0 < bound) blocks(bound, 0); if (bound < n) tail(n, bound)}. */
    private static void dispatch(CodeBuilder code, int step) {
        int bound = code.allocateLocal(TypeKind.INT);
        Label tail = code.newLabel();
        Label end = code.newLabel();
        code.iload(KernelClass.N).loadConstant(-step).iand().istore(bound);
        code.iload(bound).ifle(tail);
        call(code, BLOCKS, () -> code.iload(bound), () -> code.iconst_0());
        code.labelBinding(tail);
        code.iload(bound).iload(KernelClass.N).if_icmpge(end);
        call(code, TAIL, () -> code.iload(KernelClass.N), () -> code.iload(bound));
        code.labelBinding(end).return_();
    }

    private static void call(CodeBuilder code, String method, Runnable n, Runnable from) {
        code.aload(0).aload(KernelClass.ARRAYS).aload(KernelClass.OFFSETS);
        n.run();
        code.aload(KernelClass.STRIDES);
        from.run();
        code.aload(KernelClass.ACCUMULATORS);
        code.invokevirtual(KernelClass.name("VectorKernel"), method, KernelClass.LOOP);
    }

    private void emitMethod() {
        prologue();
        i = FROM;
        int end = KernelClass.N;
        if (masked && step(spec, lanes) != lanes) {
            // As many steps as there are accumulators, the last ones perhaps on no element at all.
            end = code.allocateLocal(TypeKind.INT);
            code.iload(FROM).loadConstant(Kernel.ACCUMULATORS).iadd().istore(end);
        }
        Label start = code.newLabel();
        Label exit = code.newLabel();
        code.labelBinding(start);
        code.iload(i).iload(end).if_icmpge(exit);
        step();
        code.iinc(i, lanes).goto_(start);
        code.labelBinding(exit);
        epilogue();
        code.return_();
    }

    private void prologue() {
        Array<DType> dtypes = spec.dtypes();
        int inputs = spec.inputs().size();
        for (int k = 0; k < arrays.length; k++) {
            DType dtype = dtypes.get(k);
            if (k < inputs && !values.isUsed(body.inputs().get(k))) {
                continue;
            }
            arrays[k] = KernelClass.loadArray(code, k, dtype);
            offsets[k] = KernelClass.loadOffset(code, k);
            if (k < inputs && spec.inputs().get(k) == InnerStride.ZERO) {
                Var var = body.inputs().get(k);
                types.species(values.storageLane(dtype));
                code.aload(arrays[k]).iload(offsets[k]).arrayLoad(KernelClass.element(dtype));
                types.broadcast(dtype);
                code.astore(values.pin(var));
            }
            if (k >= inputs && spec.outputs().get(k - inputs).inner() == InnerStride.ZERO) {
                loadAccumulators(k - inputs, dtype);
            }
        }
        values.constants();
    }

    private void loadAccumulators(int output, DType dtype) {
        int array = KernelClass.loadAccumulators(code, output, dtype);
        accumulators[output] = new int[1 + Kernel.ACCUMULATORS / lanes];
        accumulators[output][0] = array;
        for (int j = 1; j < accumulators[output].length; j++) {
            types.species(values.storageLane(dtype));
            code.aload(array).loadConstant((j - 1) * lanes);
            load(dtype);
            accumulators[output][j] = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(accumulators[output][j]);
        }
    }

    private void epilogue() {
        for (int k = 0; k < accumulators.length; k++) {
            if (accumulators[k] != null) {
                DType dtype = body.outputs().get(k).dtype();
                for (int j = 1; j < accumulators[k].length; j++) {
                    code.aload(accumulators[k][j]).aload(accumulators[k][0]).loadConstant((j - 1) * lanes);
                    store(dtype);
                }
            }
        }
    }

    private void load(DType dtype) {
        if (dtype == DType.BOOL) {
            types.loadMask();
        } else {
            types.load(dtype);
        }
    }

    private void store(DType dtype) {
        if (dtype == DType.BOOL) {
            types.storeMask();
        } else {
            types.store(dtype);
        }
    }

    /** One vector of elements. */
    private void step() {
        if (masked) {
            tailMasks();
        }
        for (int k = 0; k < spec.inputs().size(); k++) {
            Var var = body.inputs().get(k);
            if (values.isUsed(var) && spec.inputs().get(k) == InnerStride.ONE) {
                loadElements(k, var.dtype());
                code.astore(values.define(var));
            }
        }
        int index = 0;
        for (Equation equation : body.equations()) {
            values.compute(equation, index++, operations);
        }
        for (int k = 0; k < spec.outputs().size(); k++) {
            end(spec.outputs().get(k), k);
        }
    }

    private void tailMasks() {
        for (DType dtype : spec.dtypes().distinct()) {
            DType lane = values.storageLane(dtype);
            int slot = tailMasks[lane.ordinal()];
            if (slot == 0) {
                slot = code.allocateLocal(TypeKind.REFERENCE);
                tailMasks[lane.ordinal()] = slot;
            }
            types.species(lane);
            code.iload(i).iload(KernelClass.N);
            types.indexInRange();
            code.astore(slot);
        }
    }

    private int tailMask(DType dtype) {
        return tailMasks[values.storageLane(dtype).ordinal()];
    }

    /** Pushes the current elements of array k. */
    private void loadElements(int k, DType dtype) {
        types.species(values.storageLane(dtype));
        element(k);
        if (!masked) {
            load(dtype);
        } else if (dtype == DType.BOOL) {
            remaining();
            types.maskTail(true);
        } else {
            code.aload(tailMask(dtype));
            types.loadMasked(dtype);
        }
    }

    /** Stores the vector on the stack as the current elements of array k. */
    private void storeElements(int k, DType dtype) {
        element(k);
        if (!masked) {
            store(dtype);
        } else if (dtype == DType.BOOL) {
            remaining();
            types.maskTail(false);
        } else {
            code.aload(tailMask(dtype));
            types.storeMasked(dtype);
        }
    }

    private void element(int k) {
        code.aload(arrays[k]).iload(offsets[k]).iload(i).iadd();
    }

    private void remaining() {
        code.iload(KernelClass.N).iload(i).isub();
    }

    private void end(KernelSpec.Output end, int k) {
        int array = spec.inputs().size() + k;
        DType dtype = body.outputs().get(k).dtype();
        switch (end) {
            case KernelSpec.Output.Store _ -> {
                pushOutput(k, dtype);
                storeElements(array, dtype);
            }
            case KernelSpec.Output.Reduce reduce -> {
                BinaryOp op = reduce.op().binary();
                if (reduce.inner() == InnerStride.ZERO) {
                    accumulate(op, k, dtype);
                } else {
                    loadElements(array, dtype);
                    pushOutput(k, dtype);
                    operations.arithmetic(op, dtype);
                    storeElements(array, dtype);
                }
            }
        }
    }

    private void pushOutput(int k, DType dtype) {
        if (dtype == DType.BOOL) {
            values.pushMask(body.outputs().get(k), values.storageLane(dtype));
        } else {
            values.push(body.outputs().get(k));
        }
    }

    /** Combines the value with the first accumulator and rotates: the second one becomes the first. */
    private void accumulate(BinaryOp op, int k, DType dtype) {
        int[] slots = accumulators[k];
        int first = slots[1];
        if (!masked) {
            code.aload(first);
            pushOutput(k, dtype);
            operations.arithmetic(op, dtype);
        } else if (dtype == DType.BOOL) {
            // Masked-off lanes keep the accumulator: (acc & !mask) | ((acc op value) & mask).
            code.aload(first).aload(tailMask(dtype));
            types.not();
            types.logical("and");
            code.aload(first);
            pushOutput(k, dtype);
            operations.arithmetic(op, dtype);
            code.aload(tailMask(dtype));
            types.logical("and");
            types.logical("or");
        } else {
            code.aload(first).aload(first);
            pushOutput(k, dtype);
            operations.arithmetic(op, dtype);
            code.aload(tailMask(dtype));
            types.blend(dtype);
        }
        for (int j = 1; j < slots.length - 1; j++) {
            code.aload(slots[j + 1]).astore(slots[j]);
        }
        code.astore(slots[slots.length - 1]);
    }
}
