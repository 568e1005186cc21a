package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** What the emitters of {@link TileCode} and {@link RowCode} have in common. */
final class ProductLoops {
    private final DType dtype;
    private final CodeBuilder code;

    ProductLoops(DType dtype, CodeBuilder code) {
        this.dtype = dtype;
        this.code = code;
    }

    /** The parameter as an array, in a new local variable. */
    int array(int parameter) {
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(parameter).checkcast(KernelClass.arrayType(dtype)).astore(slot);
        return slot;
    }

    /** New local variables for vectors. */
    int[] vectors(int count) {
        return IntStream.range(0, count)
                .map(i -> code.allocateLocal(TypeKind.REFERENCE))
                .toArray();
    }

    /** Adds to a row of sums the products of the right vectors and the left element, which is on the stack behind its species. */
    void multiply(VectorTypes types, int left, int[] right, int[] sums) {
        types.broadcast(dtype);
        code.astore(left);
        for (int j = 0; j < sums.length; j++) {
            code.aload(left).aload(right[j]).aload(sums[j]);
            types.fma(dtype);
            code.astore(sums[j]);
        }
    }

    /** {@code count} times {@code start + i * step}, in new local variables. */
    int[] starts(int start, int step, int count) {
        int[] slots = new int[count];
        for (int i = 0; i < count; i++) {
            slots[i] = code.allocateLocal(TypeKind.INT);
            code.iload(start).iload(step).loadConstant(i).imul().iadd().istore(slots[i]);
        }
        return slots;
    }

    /** {@code for (i = 0; i < end; i++)}. */
    void loop(int end, IntConsumer body) {
        int i = code.allocateLocal(TypeKind.INT);
        Label again = code.newLabel();
        Label done = code.newLabel();
        code.iconst_0().istore(i);
        code.labelBinding(again).iload(i).iload(end).if_icmpge(done);
        body.accept(i);
        code.iinc(i, 1).goto_(again);
        code.labelBinding(done);
    }

    /** A method of the same parameters, all of one slot, to pass them on to. */
    record Case(int value, String method) {}

    /** Passes all arguments on to the method whose value is on the stack. */
    static void dispatch(CodeBuilder code, String simpleName, MethodTypeDesc type, List<Case> cases) {
        Label end = code.newLabel();
        Label[] labels = cases.stream().map(c -> code.newLabel()).toArray(Label[]::new);
        code.tableswitch(
                end,
                IntStream.range(0, labels.length)
                        .mapToObj(i -> SwitchCase.of(cases.get(i).value(), labels[i]))
                        .toList());
        for (int i = 0; i < labels.length; i++) {
            code.labelBinding(labels[i]).aload(0);
            for (int k = 0; k < type.parameterCount(); k++) {
                code.loadLocal(TypeKind.from(type.parameterType(k)).asLoadable(), 1 + k);
            }
            code.invokevirtual(KernelClass.name(simpleName), cases.get(i).method(), type);
            code.goto_(end);
        }
        code.labelBinding(end).return_();
    }
}
