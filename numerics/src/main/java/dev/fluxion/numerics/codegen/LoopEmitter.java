package dev.fluxion.numerics.codegen;

import static dev.fluxion.numerics.codegen.ScalarCode.kind;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/** Emits a loop on scalars as one method whose carry is in local variables. */
final class LoopEmitter {
    private final LoopSpec spec;
    private final CodeBuilder code;
    private final ScalarBody body;
    private final Array<DType> dtypes;
    private final int[] arrays;
    private final int[] positions;
    /** The local variables of consts and carry. */
    private final int[] homes;

    private LoopEmitter(LoopSpec spec, CodeBuilder code) {
        this.spec = spec;
        this.code = code;
        this.body = new ScalarBody(spec.body(), code);
        this.dtypes = spec.dtypes();
        this.arrays = new int[dtypes.size()];
        this.positions = new int[arrays.length];
        this.homes = new int[spec.firstX()];
    }

    /** The class file of a subclass of {@link KernelCode}; its {@code n} is the number of steps of a scan. */
    static byte[] emit(LoopSpec spec) {
        return KernelClass.build(
                "LoopKernel", type -> KernelClass.loop(type, code -> new LoopEmitter(spec, code).loop()));
    }

    private void loop() {
        for (int k = 0; k < arrays.length; k++) {
            arrays[k] = KernelClass.loadArray(code, k, dtypes.get(k));
            positions[k] = KernelClass.loadOffset(code, k);
        }
        for (int k = 0; k < homes.length; k++) {
            TypeKind kind = kind(dtypes.get(k));
            homes[k] = code.allocateLocal(kind);
            load(k);
            code.storeLocal(kind, homes[k]);
        }
        int i = code.allocateLocal(TypeKind.INT);
        Label start = code.newLabel();
        Label end = code.newLabel();
        code.iconst_0().istore(i);
        code.labelBinding(start);
        test(i, end);
        step();
        code.iinc(i, 1).goto_(start);
        code.labelBinding(end);
        for (int k = 0; k < spec.carry(); k++) {
            int home = spec.firstCarry() + k;
            store(spec.firstOutput() + k, () -> code.loadLocal(kind(dtypes.get(home)), homes[home]));
        }
        code.return_();
    }

    /** Leaves the loop when it is over. */
    private void test(int i, Label end) {
        Jaxpr cond = spec.cond().getOrNull();
        if (cond == null) {
            code.iload(i).iload(KernelClass.N).if_icmpge(end);
            return;
        }
        ScalarBody test = new ScalarBody(cond, code);
        for (int k = 0; k < cond.inputs().size(); k++) {
            Var input = cond.inputs().get(k);
            if (test.isUsed(input)) {
                home(k < spec.condConsts() ? k : spec.firstCarry() + k - spec.condConsts());
                test.define(input);
            }
        }
        test.equations();
        test.push(cond.outputs().get(0));
        code.ifeq(end);
    }

    private void step() {
        Array<Var> inputs = spec.body().inputs();
        for (int k = 0; k < inputs.size(); k++) {
            int array = spec.condConsts() + k;
            if (body.isUsed(inputs.get(k))) {
                if (array < homes.length) {
                    home(array);
                } else {
                    load(array);
                }
                body.define(inputs.get(k));
            }
        }
        body.equations();
        Array<Atom> outputs = spec.body().outputs();
        for (int k = spec.carry(); k < outputs.size(); k++) {
            Atom output = outputs.get(k);
            store(spec.firstOutput() + k, () -> body.push(output));
        }
        // All of them are pushed before one is overwritten: they may change places.
        outputs.take(spec.carry()).forEach(body::push);
        for (int k = spec.carry() - 1; k >= 0; k--) {
            code.storeLocal(kind(outputs.get(k).dtype()), homes[spec.firstCarry() + k]);
        }
        for (int k = homes.length; k < arrays.length; k++) {
            if (k < spec.firstOutput() || k >= spec.firstOutput() + spec.carry()) {
                code.aload(KernelClass.STRIDES).loadConstant(k).iaload();
                code.iload(positions[k]).iadd().istore(positions[k]);
            }
        }
    }

    private void home(int k) {
        code.loadLocal(kind(dtypes.get(k)), homes[k]);
    }

    private void load(int k) {
        code.aload(arrays[k]).iload(positions[k]).arrayLoad(KernelClass.element(dtypes.get(k)));
    }

    private void store(int k, Runnable value) {
        code.aload(arrays[k]).iload(positions[k]);
        value.run();
        code.arrayStore(KernelClass.element(dtypes.get(k)));
    }
}
