package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Var;
import dev.fluxion.numerics.elementary.ElementaryPrograms;
import io.vavr.collection.Array;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The elementary functions as static methods on scalars, which the scalar loops of all kernels call. A kernel nobody has run
 * yet finds them compiled, and its own code is small enough for HotSpot to be done with soon.
 */
final class SharedFunctions {
    private record Key(Elementwise function, DType dtype) {}

    /** A function's program over the operations that emitters know, and its class once something calls it. */
    private static final class Function {
        private final Key key;
        private final Jaxpr program;
        private ClassDesc owner;

        Function(Key key) {
            this.key = key;
            this.program = lowered(key);
        }

        synchronized ClassDesc owner() {
            if (owner == null) {
                ClassDesc name = KernelClass.name("Function$" + label(key));
                define(name, program);
                owner = name;
            }
            return owner;
        }
    }

    private static final String METHOD = "apply";

    private static final ConcurrentMap<Key, Function> FUNCTIONS = new ConcurrentHashMap<>();

    private SharedFunctions() {}

    /** Whether {@link Lowering} makes a program of it. */
    static boolean contains(Elementwise p, DType dtype) {
        return switch (p) {
            case Elementwise.Unary(var op) -> ElementaryPrograms.of(op, dtype).isPresent();
            case Elementwise.Binary(var op) -> ElementaryPrograms.of(op, dtype).isPresent();
            case Elementwise.Polygamma polygamma ->
                ElementaryPrograms.of(polygamma, dtype).isPresent();
            case Elementwise.IntegerPow _,
                    Elementwise.Compare _,
                    Elementwise.Fma _,
                    Elementwise.SelectN _,
                    Elementwise.Clamp _,
                    Elementwise.ConvertElementType _,
                    Elementwise.BitcastConvertType _,
                    Elementwise.StopGradient _,
                    Elementwise.Named _,
                    Elementwise.Copy _ -> false;
        };
    }

    /** The operations that an equation comes to where functions are programs. */
    static int operations(Equation equation) {
        DType dtype = equation.input(0).dtype();
        return equation.primitive() instanceof Elementwise p && contains(p, dtype)
                ? function(p, dtype).program.equations().size()
                : 1;
    }

    /** The operations that a body comes to where functions are programs. */
    static int operations(Jaxpr body) {
        int sum = 0;
        for (Equation equation : body.equations()) {
            sum += operations(equation);
        }
        return sum;
    }

    /** Calls a function: the operands on the stack give way to the result. */
    static void call(Elementwise p, DType dtype, CodeBuilder code) {
        Function function = function(p, dtype);
        code.invokestatic(function.owner(), METHOD, signature(function.program));
    }

    private static Function function(Elementwise p, DType dtype) {
        return FUNCTIONS.computeIfAbsent(new Key(p, dtype), Function::new);
    }

    private static Jaxpr lowered(Key key) {
        JaxprBuilder builder = new JaxprBuilder();
        int operands = key.function() instanceof Elementwise.Binary ? 2 : 1;
        Array<Atom> inputs = Array.fill(operands, () -> builder.input(ArrayType.scalar(key.dtype())));
        return Lowering.lower(builder.build(builder.append(key.function(), inputs, SourceInfo.UNKNOWN)));
    }

    private static MethodTypeDesc signature(Jaxpr program) {
        ClassDesc type = ScalarCode.type(program.inputs().get(0).dtype());
        return MethodTypeDesc.of(
                type, program.inputs().map(in -> ScalarCode.type(in.dtype())).toJavaList());
    }

    private static String label(Key key) {
        return key.function().toString().replaceAll("[^A-Za-z0-9]+", "_") + "_" + key.dtype();
    }

    private static void define(ClassDesc name, Jaxpr program) {
        byte[] bytes = ClassFile.of().build(name, type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC | ClassFile.ACC_SUPER);
            type.withMethodBody(METHOD, signature(program), ClassFile.ACC_STATIC, code -> emit(program, code));
        });
        try {
            MethodHandles.lookup().defineClass(bytes);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("an elementary function could not be loaded", e);
        }
    }

    private static void emit(Jaxpr program, CodeBuilder code) {
        ScalarBody body = new ScalarBody(program, code);
        for (int k = 0; k < program.inputs().size(); k++) {
            Var input = program.inputs().get(k);
            if (body.isUsed(input)) {
                code.loadLocal(ScalarCode.kind(input.dtype()), code.parameterSlot(k));
                body.define(input);
            }
        }
        body.equations();
        Atom result = program.outputs().get(0);
        body.push(result);
        code.return_(ScalarCode.kind(result.dtype()));
    }
}
