package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Emits {@link VectorCode}, whole vectors of a kernel in one loop body without branches, and the code of {@link ShortRows}. Row reductions keep
 * {@link Kernel#ACCUMULATORS} lanes in as many vectors as that takes; the vectors rotate, so that each step adds to the first
 * one, whatever the species. One test ends the body of a kernel with guarded elementary functions: vectors with an element
 * beyond a limit are left to scalar code.
 */
final class VectorEmitter {
    private static final String ROWS_NAME = "RowsKernel";

    private final KernelSpec spec;
    private final Jaxpr body;
    private final int lanes;
    private final CodeBuilder code;
    private final VectorTypes types;
    private final VectorValues values;
    private final VectorOperations operations;
    private final RowLoop rows;
    private final int[][] accumulators;

    /** For each output; null where it is stored, or the code is not straight. */
    private final StraightReduction[] reductions;

    /** The local variable of the element at which a vector begins; in straight code there is none. */
    private int i = -1;

    /** The number of a vector of straight code. */
    private int vector;

    /** The element at which it begins. */
    private int at;

    private VectorEmitter(KernelSpec spec, int lanes, PerLaneMethods perLane, CodeBuilder code) {
        this.spec = spec;
        this.body = spec.body();
        this.lanes = lanes;
        this.code = code;
        this.types = new VectorTypes(code, lanes);
        this.values = new VectorValues(body, lanes, code, types, perLane);
        this.operations = new VectorOperations(code, types, values);
        this.rows = new RowLoop(spec, code);
        this.accumulators = new int[spec.outputs().size()][];
        this.reductions = new StraightReduction[accumulators.length];
    }

    /** Lanes of a kernel whose vectors have at most the given bits: as many as the widest dtype of the body allows. */
    static int lanes(KernelSpec spec, int vectorBits) {
        Jaxpr body = spec.body();
        boolean wide = spec.dtypes().exists(d -> d.byteSize() == 8)
                || body.equations().exists(e -> e.output().dtype().byteSize() == 8);
        return vectorBits / (wide ? 64 : 32);
    }

    /**
     * Vector code.
     *
     * @param spec of a loop, contiguous or broadcast along the row, its body lowered for scalar code
     */
    static VectorCode emit(KernelSpec spec, int vectorBits, KernelCode scalar) {
        KernelSpec lowered = spec.withBody(VectorLowering.lower(spec.body()));
        int lanes = lanes(lowered, vectorBits);
        PerLaneMethods perLane = new PerLaneMethods(lanes);
        byte[] bytes = KernelClass.build("VectorKernel", VectorCode.class, type -> {
            KernelClass.vectors(type, code -> new VectorEmitter(lowered, lanes, perLane, code).emitMethod());
            perLane.emit(type);
        });
        return ((VectorCode) KernelClass.define(bytes)).with(lanes, scalar);
    }

    /**
     * Code for rows of {@code n} elements, straight along the row. Where {@code n} is not a multiple of the lanes, the last vector
     * begins before the end of the one before it: no array may be an input and an output. Reductions are done with the rows, without
     * accumulators in memory.
     *
     * @param spec of a loop, contiguous or broadcast along the row; its body lowered for scalar code, without functions that are called;
     *     rows are reduced to numbers, and outputs that are reduced over the rows have row stride 0
     * @param n at least the {@link #lanes}
     */
    static KernelCode emitRows(KernelSpec spec, int vectorBits, int n) {
        KernelSpec lowered = spec.withBody(VectorLowering.lower(spec.body()));
        int lanes = lanes(lowered, vectorBits);
        ClassDesc owner = KernelClass.name(ROWS_NAME);
        RowConstants constants = new RowConstants(owner, lanes, n % lanes);
        return KernelClass.define(KernelClass.build(ROWS_NAME, type -> {
            constants.define(type, lowered.rowDtypes());
            KernelClass.loop(
                    type,
                    code -> new VectorEmitter(lowered, lanes, new PerLaneMethods(lanes), code).straight(n, constants));
        }));
    }

    private void emitMethod() {
        whereRows(() -> code.loadConstant(VectorCode.DONE).lreturn());
        prologue();
        i = code.allocateLocal(TypeKind.INT);
        rows.emit(spec.reducesRows(), this::row);
        code.loadConstant(VectorCode.DONE).lreturn();
    }

    /** Without rows nothing is prepared either: see {@link VectorWarmup}. */
    private void whereRows(Runnable otherwise) {
        Label work = code.newLabel();
        code.iload(KernelClass.ROW).iload(KernelClass.ROWS).if_icmplt(work);
        otherwise.run();
        code.labelBinding(work);
    }

    private void straight(int n, RowConstants constants) {
        StraightRow row = new StraightRow(n, lanes, rows, code, types, operations);
        for (int k = 0; k < reductions.length; k++) {
            reductions[k] = reduction(k, row, constants);
        }
        whereRows(code::return_);
        prologue();
        eachReduction(StraightReduction::beforeRows);
        rows.emit(false, () -> {
            broadcasts();
            for (vector = 0; vector < row.vectors(); vector++) {
                at = row.begin(vector);
                step(null);
            }
            eachReduction(StraightReduction::afterRow);
        });
        eachReduction(StraightReduction::afterRows);
        code.return_();
    }

    private StraightReduction reduction(int k, StraightRow row, RowConstants constants) {
        DType dtype = body.outputs().get(k).dtype();
        int array = spec.inputs().size() + k;
        return switch (spec.outputs().get(k)) {
            case KernelSpec.Output.Store _ -> null;
            case KernelSpec.Output.Reduce(ReduceOp op, InnerStride inner) ->
                inner == InnerStride.ZERO
                        ? new RowTree(row, constants, op, dtype, array)
                        : new ColumnVectors(row, op.binary(), dtype, values.storageLane(dtype), array);
        };
    }

    private void eachReduction(Consumer<StraightReduction> emission) {
        Arrays.stream(reductions).filter(Objects::nonNull).forEach(emission);
    }

    private void row() {
        broadcasts();
        code.iload(KernelClass.FROM).istore(i);
        eachAccumulator(this::loadAccumulator);
        Label start = code.newLabel();
        Label end = code.newLabel();
        Label leave = code.newLabel();
        code.labelBinding(start);
        code.iload(i).iload(KernelClass.N).if_icmpge(end);
        boolean leaves = step(leave);
        code.iinc(i, lanes).goto_(start);
        if (leaves) {
            code.labelBinding(leave);
            eachAccumulator(this::storeAccumulator);
            code.iload(rows.row()).i2l().loadConstant(32).lshl();
            code.iload(i).i2l().lor().lreturn();
        }
        code.labelBinding(end);
        eachAccumulator(this::storeAccumulator);
    }

    /** The elements that stay the same along the row. */
    private void broadcasts() {
        for (int k = 0; k < spec.inputs().size(); k++) {
            Var var = body.inputs().get(k);
            if (rows.isLoaded(k) && spec.inputs().get(k) == InnerStride.ZERO) {
                types.species(values.storageLane(var.dtype()));
                code.aload(rows.array(k)).iload(rows.start(k)).arrayLoad(KernelClass.element(var.dtype()));
                types.broadcast(var.dtype());
                code.astore(values.pin(var));
            }
        }
    }

    private void prologue() {
        Array<DType> dtypes = spec.dtypes();
        int inputs = spec.inputs().size();
        for (int k = 0; k < spec.arrayCount(); k++) {
            if (k < inputs && !values.isUsed(body.inputs().get(k))) {
                continue;
            }
            if (k >= inputs
                    && spec.outputs().get(k - inputs).inner() == InnerStride.ZERO
                    && reductions[k - inputs] == null) {
                int[] slots = new int[1 + Kernel.ACCUMULATORS / lanes];
                slots[0] = KernelClass.loadAccumulators(code, k - inputs, dtypes.get(k));
                for (int j = 1; j < slots.length; j++) {
                    slots[j] = code.allocateLocal(TypeKind.REFERENCE);
                }
                accumulators[k - inputs] = slots;
            } else {
                rows.load(k, dtypes.get(k));
            }
        }
        values.constants();
    }

    private void eachAccumulator(AccumulatorCode access) {
        for (int k = 0; k < accumulators.length; k++) {
            for (int j = 1; accumulators[k] != null && j < accumulators[k].length; j++) {
                access.emit(body.outputs().get(k).dtype(), accumulators[k], j);
            }
        }
    }

    private interface AccumulatorCode {
        void emit(DType dtype, int[] slots, int j);
    }

    private void loadAccumulator(DType dtype, int[] slots, int j) {
        types.species(values.storageLane(dtype));
        accumulator(slots, j);
        types.loadAny(dtype);
        code.astore(slots[j]);
    }

    private void storeAccumulator(DType dtype, int[] slots, int j) {
        code.aload(slots[j]);
        accumulator(slots, j);
        types.storeAny(dtype);
    }

    /** Pushes where accumulators {@code slots[j]} are in memory: those of element i are the first. */
    private void accumulator(int[] slots, int j) {
        code.aload(slots[0]).iload(rows.lanes());
        code.iload(i).loadConstant((j - 1) * lanes).iadd();
        code.loadConstant(Kernel.ACCUMULATORS - 1).iand().iadd();
    }

    /** One vector of elements; whether the code may leave instead, before anything is written. */
    private boolean step(Label leave) {
        for (int k = 0; k < spec.inputs().size(); k++) {
            Var var = body.inputs().get(k);
            if (rows.isLoaded(k) && spec.inputs().get(k) == InnerStride.ONE) {
                loadElements(k, var.dtype());
                code.astore(values.define(var));
            }
        }
        int index = 0;
        for (Equation equation : body.equations()) {
            values.compute(equation, index++, operations);
        }
        boolean leaves = values.pushBeyond();
        if (leaves) {
            types.anyTrue();
            code.ifne(leave);
        }
        for (int k = 0; k < spec.outputs().size(); k++) {
            end(spec.outputs().get(k), k);
        }
        return leaves;
    }

    /** Pushes the current elements of array k. */
    private void loadElements(int k, DType dtype) {
        types.species(values.storageLane(dtype));
        element(k);
        types.loadAny(dtype);
    }

    /** Stores the vector on the stack as the current elements of array k. */
    private void storeElements(int k, DType dtype) {
        element(k);
        types.storeAny(dtype);
    }

    private void element(int k) {
        code.aload(rows.array(k)).iload(rows.start(k));
        if (i < 0) {
            code.loadConstant(at).iadd();
        } else {
            code.iload(i).iadd();
        }
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
                if (reductions[k] != null) {
                    pushOutput(k, dtype);
                    reductions[k].take(vector);
                } else if (reduce.inner() == InnerStride.ZERO) {
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
        code.aload(first);
        pushOutput(k, dtype);
        operations.arithmetic(op, dtype);
        for (int j = 1; j < slots.length - 1; j++) {
            code.aload(slots[j + 1]).astore(slots[j]);
        }
        code.astore(slots[slots.length - 1]);
    }
}
