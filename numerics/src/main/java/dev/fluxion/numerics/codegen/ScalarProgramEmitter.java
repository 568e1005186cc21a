package dev.fluxion.numerics.codegen;

import static dev.fluxion.numerics.codegen.ScalarCode.kind;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Emits the class of a program on scalars. A long program is a row of methods; what one leaves for later ones is in arrays
 * that the first method makes, one for each kind of values.
 */
final class ScalarProgramEmitter {
    /** Operations in one method: from 100 to 400 HotSpot compiles them all equally well. */
    static final int LIMIT = 300;

    /** The kinds of values in the order of the parameters of the methods. */
    private static final TypeKind[] KINDS = {TypeKind.DOUBLE, TypeKind.FLOAT, TypeKind.LONG, TypeKind.INT};

    private static final MethodTypeDesc PART = MethodTypeDesc.of(
            CD_void, CD_double.arrayType(), CD_float.arrayType(), CD_long.arrayType(), CD_int.arrayType());

    private final Jaxpr program;
    private final ScalarCall call;
    private final Array<Literal> fixed;
    private final ClassDesc self = KernelClass.name("ScalarProgram");

    private ScalarProgramEmitter(Jaxpr program, ScalarCall call, Array<Literal> fixed) {
        this.program = program;
        this.call = call;
        this.fixed = fixed;
    }

    /** @param fixed the values of the first inputs */
    static byte[] emit(Jaxpr lowered, ScalarCall call, Array<Literal> fixed) {
        ScalarProgramEmitter emitter = new ScalarProgramEmitter(lowered, call, fixed);
        return ClassFile.of().build(emitter.self, emitter::emit);
    }

    private void emit(ClassBuilder type) {
        boolean isInterface = call.type().isInterface();
        ClassDesc parent = isInterface ? CD_Object : call.owner();
        type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC | ClassFile.ACC_SUPER);
        type.withSuperclass(parent);
        if (isInterface) {
            type.withInterfaceSymbols(call.owner());
        }
        type.withMethodBody(
                INIT_NAME,
                MTD_void,
                0,
                code -> code.aload(0).invokespecial(parent, INIT_NAME, MTD_void).return_());
        ScalarParts parts = ScalarParts.of(program);
        type.withMethodBody(call.method(), call.signature(), ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL, code -> {
            ScalarCall.Ends ends = call.ends(code);
            if (parts.parts().size() == 1) {
                whole(code, ends);
            } else {
                inParts(code, ends, parts);
            }
        });
        if (parts.parts().size() > 1) {
            for (int k = 0; k < parts.parts().size(); k++) {
                ScalarParts.Part part = parts.parts().get(k);
                type.withMethodBody(
                        name(k), PART, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> part(code, part));
            }
        }
    }

    private static String name(int part) {
        return "part" + part;
    }

    private void whole(CodeBuilder code, ScalarCall.Ends ends) {
        ScalarBody body = new ScalarBody(program, code);
        for (int k = 0; k < program.inputs().size(); k++) {
            if (body.isUsed(program.inputs().get(k))) {
                input(code, ends, k);
                body.define(program.inputs().get(k));
            }
        }
        body.equations();
        ends.outputs(k -> body.push(program.outputs().get(k)));
    }

    private void input(CodeBuilder code, ScalarCall.Ends ends, int k) {
        if (k < fixed.size()) {
            new ScalarCode(code).constant(fixed.get(k));
        } else {
            ends.input(k - fixed.size());
        }
    }

    private void inParts(CodeBuilder code, ScalarCall.Ends ends, ScalarParts parts) {
        Map<TypeKind, Integer> arrays = new EnumMap<>(TypeKind.class);
        for (TypeKind kind : KINDS) {
            int local = code.allocateLocal(TypeKind.REFERENCE);
            arrays.put(kind, local);
            code.loadConstant(parts.length(kind)).newarray(kind).astore(local);
        }
        for (int k = 0; k < program.inputs().size(); k++) {
            Var input = program.inputs().get(k);
            if (parts.isPassed(input)) {
                code.aload(arrays.get(kind(input.dtype()))).loadConstant(parts.place(input));
                input(code, ends, k);
                code.arrayStore(kind(input.dtype()));
            }
        }
        for (int k = 0; k < parts.parts().size(); k++) {
            for (TypeKind kind : KINDS) {
                code.aload(arrays.get(kind));
            }
            code.invokestatic(self, name(k), PART);
        }
        ends.outputs(k -> {
            switch (program.outputs().get(k)) {
                case Literal literal -> new ScalarCode(code).constant(literal);
                case Var var -> {
                    code.aload(arrays.get(kind(var.dtype()))).loadConstant(parts.place(var));
                    code.arrayLoad(kind(var.dtype()));
                }
            }
        });
    }

    private static void part(CodeBuilder code, ScalarParts.Part part) {
        ScalarBody body = new ScalarBody(part.body(), code);
        Array<Var> inputs = part.body().inputs();
        for (int k = 0; k < inputs.size(); k++) {
            array(code, inputs.get(k))
                    .loadConstant(part.inputs().get(k))
                    .arrayLoad(kind(inputs.get(k).dtype()));
            body.define(inputs.get(k));
        }
        body.equations();
        Array<Atom> outputs = part.body().outputs();
        for (int k = 0; k < outputs.size(); k++) {
            array(code, outputs.get(k)).loadConstant(part.outputs().get(k));
            body.push(outputs.get(k));
            code.arrayStore(kind(outputs.get(k).dtype()));
        }
        code.return_();
    }

    /** Pushes the array for values of the kind of {@code atom}. */
    private static CodeBuilder array(CodeBuilder code, Atom atom) {
        return code.aload(List.of(KINDS).indexOf(kind(atom.dtype())));
    }
}
