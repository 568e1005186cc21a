package dev.fluxion.numerics.codegen;

import static java.lang.constant.ConstantDescs.CD_int;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/** Emits a kernel as plain loops on scalars in local variables; a rank-0 kernel as straight-line code. */
final class ScalarEmitter {
    /** Operations up to which it is worth it that HotSpot unrolls the loop. */
    private static final int SMALL_BODY = 24;

    /** Arrays up to which it is. */
    private static final int FEW_ARRAYS = 8;

    private final KernelSpec spec;
    private final Jaxpr body;
    private final CodeBuilder code;
    private final ScalarCode scalars;
    private final ScalarBody values;
    private final RowLoop rows;
    private final int[] accumulators;

    /** Of arrays whose stride is known at run time only: the current position, and the stride. */
    private final int[] positions;

    private final int[] strides;
    private int i;

    private ScalarEmitter(KernelSpec spec, boolean sharesFunctions, CodeBuilder code) {
        this.spec = spec;
        this.body = spec.body();
        this.code = code;
        this.scalars = new ScalarCode(code);
        this.values = new ScalarBody(body, code, sharesFunctions);
        this.rows = new RowLoop(spec, code);
        this.positions = new int[spec.arrayCount()];
        this.strides = new int[spec.arrayCount()];
        this.accumulators = new int[spec.outputs().size()];
    }

    /**
     * The class file of a subclass of {@link KernelCode}.
     *
     * @param sharesFunctions whether elementary functions are called, or are programs in the body already
     */
    static byte[] emit(KernelSpec spec, boolean sharesFunctions) {
        return KernelClass.build(
                "ScalarKernel",
                type -> KernelClass.loop(type, code -> new ScalarEmitter(spec, sharesFunctions, code).loop()));
    }

    private void loop() {
        prologue();
        if (spec.loop()) {
            rows.emit(spec.reducesRows(), this::row);
        } else {
            broadcasts();
            body();
        }
        code.return_();
    }

    private void row() {
        broadcasts();
        i = code.allocateLocal(TypeKind.INT);
        for (int k = 0; k < positions.length; k++) {
            if (strides[k] != 0) {
                code.iload(rows.start(k)).iload(strides[k]).iload(KernelClass.FROM);
                code.imul().iadd().istore(positions[k]);
            }
        }
        Label start = code.newLabel();
        Label end = code.newLabel();
        code.iload(KernelClass.FROM).istore(i);
        code.labelBinding(start);
        code.iload(i).iload(KernelClass.N).if_icmpge(end);
        body();
        for (int k = 0; k < positions.length; k++) {
            if (strides[k] != 0) {
                code.iload(positions[k]).iload(strides[k]).iadd().istore(positions[k]);
            }
        }
        if (isSmall()) {
            code.iinc(i, 1);
        } else {
            code.iload(i).getstatic(ScalarCode.desc(KernelCode.class), "one", CD_int);
            code.iadd().istore(i);
        }
        code.goto_(start);
        code.labelBinding(end);
    }

    private boolean isSmall() {
        return SharedFunctions.operations(body) <= SMALL_BODY && spec.arrayCount() <= FEW_ARRAYS;
    }

    private void prologue() {
        Array<DType> dtypes = spec.dtypes();
        for (int k = 0; k < positions.length; k++) {
            boolean isOutput = k >= spec.inputs().size();
            if (!isOutput && !values.isUsed(body.inputs().get(k))) {
                continue;
            }
            rows.load(k, dtypes.get(k));
            if (inner(k) == InnerStride.ANY) {
                positions[k] = code.allocateLocal(TypeKind.INT);
                strides[k] = code.allocateLocal(TypeKind.INT);
                code.aload(KernelClass.STRIDES).iload(KernelClass.BASE).loadConstant(k);
                code.iadd().iaload().istore(strides[k]);
            }
            if (isOutput && inner(k) == InnerStride.ZERO) {
                int output = k - spec.inputs().size();
                accumulators[output] = KernelClass.loadAccumulators(code, output, dtypes.get(k));
            }
        }
    }

    private void broadcasts() {
        for (int k = 0; k < spec.inputs().size(); k++) {
            if (rows.isLoaded(k) && inner(k) == InnerStride.ZERO) {
                Var var = body.inputs().get(k);
                code.aload(rows.array(k)).iload(rows.start(k)).arrayLoad(KernelClass.element(var.dtype()));
                values.pin(var);
            }
        }
    }

    private void body() {
        for (int k = 0; k < spec.inputs().size(); k++) {
            Var var = body.inputs().get(k);
            if (values.isUsed(var) && inner(k) != InnerStride.ZERO) {
                element(k);
                code.arrayLoad(KernelClass.element(var.dtype()));
                values.define(var);
            }
        }
        values.equations();
        for (int k = 0; k < spec.outputs().size(); k++) {
            end(spec.outputs().get(k), k, body.outputs().get(k));
        }
    }

    private void end(KernelSpec.Output end, int k, Atom value) {
        int array = spec.inputs().size() + k;
        TypeKind element = KernelClass.element(value.dtype());
        switch (end) {
            case KernelSpec.Output.Store _ -> {
                element(array);
                values.push(value);
            }
            case KernelSpec.Output.Reduce reduce -> {
                if (reduce.inner() == InnerStride.ZERO) {
                    code.aload(accumulators[k]).iload(rows.lanes()).iload(i);
                    code.loadConstant(Kernel.ACCUMULATORS - 1).iand().iadd();
                } else {
                    element(array);
                }
                code.dup2().arrayLoad(element);
                values.push(value);
                scalars.arithmetic(reduce.op().binary(), value.dtype());
            }
        }
        code.arrayStore(element);
    }

    /** Pushes array k and the index of the current element. */
    private void element(int k) {
        code.aload(rows.array(k));
        if (strides[k] != 0) {
            code.iload(positions[k]);
        } else {
            code.iload(rows.start(k));
            if (spec.loop() && inner(k) == InnerStride.ONE) {
                code.iload(i).iadd();
            }
        }
    }

    private InnerStride inner(int k) {
        int inputs = spec.inputs().size();
        return k < inputs
                ? spec.inputs().get(k)
                : spec.outputs().get(k - inputs).inner();
    }
}
