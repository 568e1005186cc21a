package dev.fluxion.numerics.codegen;

import static dev.fluxion.numerics.codegen.ScalarCode.desc;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.fluxion.ir.DType;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.function.Consumer;

/** The frame that all generated kernels share: the class, the parameters of {@link KernelCode#loop}, array access. */
final class KernelClass {
    /** The parameters of {@link KernelCode#loop}, as local variable slots. */
    static final int ARRAYS = 1;

    static final int OFFSETS = 2;
    static final int ROW = 3;
    static final int ROWS = 4;
    static final int FROM = 5;
    static final int N = 6;
    static final int STRIDES = 7;
    static final int BASE = 8;
    static final int ACCUMULATORS = 9;

    static final ClassDesc OBJECTS = CD_Object.arrayType();
    static final ClassDesc INTS = CD_int.arrayType();
    private static final MethodTypeDesc LOOP =
            MethodTypeDesc.of(CD_void, OBJECTS, INTS, CD_int, CD_int, CD_int, CD_int, INTS, CD_int, OBJECTS);
    private static final MethodTypeDesc ROW_STRIDE = MethodTypeDesc.of(CD_int, INTS, CD_int, CD_int, CD_int, CD_int);

    private KernelClass() {}

    static ClassDesc name(String simpleName) {
        return ClassDesc.of(KernelCode.class.getPackageName(), simpleName);
    }

    static byte[] build(String simpleName, Consumer<ClassBuilder> methods) {
        return build(simpleName, KernelCode.class, methods);
    }

    /** A class with a constructor without parameters, of which {@link #instance} makes an instance. */
    static byte[] build(String simpleName, Class<?> superclass, Consumer<ClassBuilder> methods) {
        ClassDesc parent = desc(superclass);
        return ClassFile.of().build(name(simpleName), type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC | ClassFile.ACC_SUPER);
            type.withSuperclass(parent);
            type.withMethodBody(
                    INIT_NAME,
                    MTD_void,
                    0,
                    code -> code.aload(0)
                            .invokespecial(parent, INIT_NAME, MTD_void)
                            .return_());
            methods.accept(type);
        });
    }

    static void loop(ClassBuilder type, Consumer<CodeBuilder> body) {
        type.withMethodBody("loop", LOOP, ClassFile.ACC_FINAL, body::accept);
    }

    /** {@link VectorCode#vectors}. */
    static void vectors(ClassBuilder type, Consumer<CodeBuilder> body) {
        type.withMethodBody("vectors", LOOP.changeReturnType(CD_long), ClassFile.ACC_FINAL, body::accept);
    }

    /** Defines the class of a kernel and makes its one instance. */
    static KernelCode define(byte[] bytes) {
        return (KernelCode) instance(bytes);
    }

    /** Defines a class and makes its one instance. */
    static Object instance(byte[] bytes) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated kernel could not be loaded", e);
        }
    }

    static TypeKind element(DType dtype) {
        return switch (dtype) {
            case BOOL -> TypeKind.BOOLEAN;
            case INT32 -> TypeKind.INT;
            case INT64 -> TypeKind.LONG;
            case FLOAT32 -> TypeKind.FLOAT;
            case FLOAT64 -> TypeKind.DOUBLE;
        };
    }

    static ClassDesc arrayType(DType dtype) {
        return element(dtype).upperBound().arrayType();
    }

    /** Array k, cast, in a new local variable. */
    static int loadArray(CodeBuilder code, int k, DType dtype) {
        return loadCast(code, ARRAYS, k, dtype);
    }

    static int loadAccumulators(CodeBuilder code, int output, DType dtype) {
        return loadCast(code, ACCUMULATORS, output, dtype);
    }

    private static int loadCast(CodeBuilder code, int parameter, int k, DType dtype) {
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(parameter).loadConstant(k).aaload();
        code.checkcast(arrayType(dtype)).astore(slot);
        return slot;
    }

    /** The offset of array k in a new local variable. */
    static int loadOffset(CodeBuilder code, int k) {
        int slot = code.allocateLocal(TypeKind.INT);
        code.aload(OFFSETS).loadConstant(k).iaload().istore(slot);
        return slot;
    }

    /** The row stride of array k in a new local variable. */
    static int loadRowStride(CodeBuilder code, int arrays, int k) {
        int slot = code.allocateLocal(TypeKind.INT);
        code.aload(STRIDES).iload(BASE).loadConstant(arrays).loadConstant(k).iload(ROWS);
        code.invokestatic(desc(KernelCode.class), "rowStride", ROW_STRIDE).istore(slot);
        return slot;
    }
}
