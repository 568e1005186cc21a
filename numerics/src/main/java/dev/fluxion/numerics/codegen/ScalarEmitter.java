package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/** Emits a kernel as a plain loop on scalars in local variables; a rank-0 kernel as straight-line code. */
final class ScalarEmitter {
    private final KernelSpec spec;
    private final Jaxpr body;
    private final CodeBuilder code;
    private final ScalarCode scalars;
    private final ScalarBody values;
    private final int[] arrays;
    private final int[] positions;
    private final int[] accumulators;
    private int i;

    private ScalarEmitter(KernelSpec spec, CodeBuilder code) {
        this.spec = spec;
        this.body = spec.body();
        this.code = code;
        this.scalars = new ScalarCode(code);
        this.values = new ScalarBody(body, code);
        this.arrays = new int[spec.arrayCount()];
        this.positions = new int[spec.arrayCount()];
        this.accumulators = new int[spec.outputs().size()];
    }

    /** The class file of a subclass of {@link KernelCode}. */
    static byte[] emit(KernelSpec spec) {
        return KernelClass.build(
                "ScalarKernel", type -> KernelClass.loop(type, code -> new ScalarEmitter(spec, code).loop()));
    }

    private void loop() {
        prologue();
        if (spec.loop()) {
            i = code.allocateLocal(TypeKind.INT);
            Label start = code.newLabel();
            Label end = code.newLabel();
            code.iconst_0().istore(i);
            code.labelBinding(start);
            code.iload(i).iload(KernelClass.N).if_icmpge(end);
            body();
            advance();
            code.iinc(i, 1).goto_(start);
            code.labelBinding(end);
        } else {
            body();
        }
        code.return_();
    }

    private void prologue() {
        Array<DType> dtypes = spec.dtypes();
        for (int k = 0; k < arrays.length; k++) {
            boolean isOutput = k >= spec.inputs().size();
            if (!isOutput && !values.isUsed(body.inputs().get(k))) {
                continue;
            }
            arrays[k] = KernelClass.loadArray(code, k, dtypes.get(k));
            positions[k] = KernelClass.loadOffset(code, k);
            if (!isOutput && inner(k) == InnerStride.ZERO) {
                Var var = body.inputs().get(k);
                code.aload(arrays[k]).iload(positions[k]).arrayLoad(KernelClass.element(dtypes.get(k)));
                values.pin(var);
            }
            if (isOutput && inner(k) == InnerStride.ZERO) {
                int output = k - spec.inputs().size();
                accumulators[output] = KernelClass.loadAccumulators(code, output, dtypes.get(k));
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
                    code.aload(accumulators[k]).iload(i);
                    code.loadConstant(Kernel.ACCUMULATORS - 1).iand();
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
        code.aload(arrays[k]).iload(positions[k]);
        if (spec.loop() && inner(k) == InnerStride.ONE) {
            code.iload(i).iadd();
        }
    }

    /** Steps the positions of the arrays whose stride is known at run time only. */
    private void advance() {
        for (int k = 0; k < arrays.length; k++) {
            if (inner(k) == InnerStride.ANY && arrays[k] != 0) {
                code.aload(KernelClass.STRIDES).iload(KernelClass.BASE).loadConstant(k);
                code.iadd().iaload().iload(positions[k]).iadd().istore(positions[k]);
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
