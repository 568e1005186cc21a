package dev.fluxion.numerics.codegen;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.fluxion.ir.DType;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.IntStream;

/** Emits a {@link RowCode}: loops that the JIT compiler turns into vector code by itself, one for each depth. */
final class RowEmitter {
    private static final String NAME = "ProductRows";
    private static final String ADD = "add";
    private static final MethodTypeDesc ADD_TYPE = MethodTypeDesc.of(
            CD_void, CD_int, CD_Object, CD_int, CD_int, CD_Object, CD_int, CD_int, CD_Object, CD_int, CD_int);

    private final TypeKind kind;
    private final ClassDesc element;
    private final CodeBuilder code;
    private final ProductLoops loops;

    private RowEmitter(DType dtype, CodeBuilder code) {
        this.kind = KernelClass.element(dtype);
        this.element = ScalarCode.type(dtype);
        this.code = code;
        this.loops = new ProductLoops(dtype, code);
    }

    static RowCode compile(DType dtype) {
        byte[] bytes = KernelClass.build(NAME, RowCode.class, type -> {
            type.withMethodBody(ADD, ADD_TYPE, ClassFile.ACC_PUBLIC, code -> {
                code.iload(1);
                ProductLoops.dispatch(
                        code,
                        NAME,
                        ADD_TYPE,
                        IntStream.rangeClosed(1, RowCode.DEPTH)
                                .mapToObj(depth -> new ProductLoops.Case(depth, ADD + depth))
                                .toList());
            });
            for (int depth = 1; depth <= RowCode.DEPTH; depth++) {
                int d = depth;
                type.withMethodBody(
                        ADD + d, ADD_TYPE, ClassFile.ACC_PRIVATE, code -> new RowEmitter(dtype, code).add(d));
            }
        });
        return (RowCode) KernelClass.instance(bytes);
    }

    /** The parameters: depth, a, aAt, aStep, b, bAt, bRow, c, cAt, n. */
    private void add(int depth) {
        int a = loops.array(2);
        int b = loops.array(5);
        int c = loops.array(8);
        int[] left = new int[depth];
        for (int p = 0; p < depth; p++) {
            left[p] = code.allocateLocal(kind);
            code.aload(a).iload(3).iload(4).loadConstant(p).imul().iadd();
            code.arrayLoad(kind).storeLocal(kind, left[p]);
        }
        int[] right = loops.starts(6, 7, depth);
        int sum = code.allocateLocal(kind);
        loops.loop(10, j -> {
            code.aload(c).iload(9).iload(j).iadd();
            code.dup2().arrayLoad(kind).storeLocal(kind, sum);
            for (int p = 0; p < depth; p++) {
                code.loadLocal(kind, left[p]);
                code.aload(b).iload(right[p]).iload(j).iadd().arrayLoad(kind);
                code.loadLocal(kind, sum);
                code.invokestatic(
                        ScalarCode.desc(Math.class), "fma", MethodTypeDesc.of(element, element, element, element));
                code.storeLocal(kind, sum);
            }
            code.loadLocal(kind, sum).arrayStore(kind);
        });
        code.return_();
    }
}
