package dev.fluxion.numerics.codegen;

import static java.lang.constant.ConstantDescs.CD_void;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Literal;
import io.vavr.collection.Array;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The methods {@code a[l] = f(a[l], b[l])} of a vector kernel for functions without a program over exact operations: they call
 * what scalar code calls. Literal operands are part of the method.
 */
final class PerLaneMethods {
    private record Function(Elementwise p, DType dtype, Array<Literal> literals) {}

    private final int lanes;
    private final Map<Function, String> names = new LinkedHashMap<>();

    PerLaneMethods(int lanes) {
        this.lanes = lanes;
    }

    /** Calls the method on the two arrays on the stack. */
    void call(CodeBuilder code, Equation equation) {
        Function function = new Function(
                (Elementwise) equation.primitive(),
                equation.output().dtype(),
                equation.inputs().map(this::literal));
        String name = names.computeIfAbsent(function, f -> "lanes" + names.size());
        code.invokestatic(KernelClass.name("VectorKernel"), name, type(function.dtype()));
    }

    private Literal literal(Atom atom) {
        return atom instanceof Literal literal ? literal : null;
    }

    private static MethodTypeDesc type(DType dtype) {
        ClassDesc array = KernelClass.arrayType(dtype);
        return MethodTypeDesc.of(CD_void, array, array);
    }

    void emit(ClassBuilder type) {
        names.forEach((function, name) -> type.withMethodBody(
                name,
                type(function.dtype()),
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
                code -> method(code, function)));
    }

    private void method(CodeBuilder code, Function function) {
        TypeKind element = KernelClass.element(function.dtype());
        int l = code.allocateLocal(TypeKind.INT);
        Label start = code.newLabel();
        Label end = code.newLabel();
        code.iconst_0().istore(l);
        code.labelBinding(start);
        code.iload(l).loadConstant(lanes).if_icmpge(end);
        code.aload(0).iload(l);
        new ScalarOperations(code).emit(function.p(), new ScalarOperations.Operands() {
            @Override
            public void push(int k) {
                if (literal(k) != null) {
                    new ScalarCode(code).constant(literal(k));
                } else {
                    code.aload(k).iload(l).arrayLoad(element);
                }
            }

            @Override
            public DType dtype(int k) {
                return function.dtype();
            }

            @Override
            public Literal literal(int k) {
                return function.literals().get(k);
            }

            @Override
            public int count() {
                return function.literals().size();
            }
        });
        code.arrayStore(element).iinc(l, 1).goto_(start);
        code.labelBinding(end).return_();
    }
}
