package dev.fluxion.numerics.codegen;

import static dev.fluxion.numerics.codegen.ScalarCode.desc;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.fluxion.ir.DType;
import io.vavr.collection.Array;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** How a program on scalars is called: the method of its class, where it finds its inputs, and what becomes of its outputs. */
public sealed interface ScalarCall {
    /** The class or interface whose method is implemented. */
    Class<?> type();

    String method();

    MethodTypeDesc signature();

    /** The inputs and outputs of one call, for the method that is emitted. */
    Ends ends(CodeBuilder code);

    /** Bytecode at both ends of the method. */
    interface Ends {
        /** Pushes input k. */
        void input(int k);

        /** Returns the outputs, which {@code push} pushes one by one, or stores them and returns. */
        void outputs(IntConsumer push);
    }

    /** {@link SlotCode#run}: inputs and outputs are elements of arrays. */
    record Slots(Array<Element> inputs, Array<Element> outputs) implements ScalarCall {
        /** An element of the array in a slot. */
        public record Element(int slot, int offset, DType dtype) {}

        @Override
        public Class<?> type() {
            return SlotCode.class;
        }

        @Override
        public String method() {
            return "run";
        }

        @Override
        public MethodTypeDesc signature() {
            return MethodTypeDesc.of(CD_void, CD_Object.arrayType());
        }

        @Override
        public Ends ends(CodeBuilder code) {
            Map<Integer, Integer> arrays = new HashMap<>();
            return new Ends() {
                @Override
                public void input(int k) {
                    array(inputs.get(k));
                    code.arrayLoad(KernelClass.element(inputs.get(k).dtype()));
                }

                @Override
                public void outputs(IntConsumer push) {
                    for (int k = 0; k < outputs.size(); k++) {
                        array(outputs.get(k));
                        push.accept(k);
                        code.arrayStore(KernelClass.element(outputs.get(k).dtype()));
                    }
                    code.return_();
                }

                private void array(Element element) {
                    Integer known = arrays.get(element.slot());
                    if (known == null) {
                        known = code.allocateLocal(TypeKind.REFERENCE);
                        arrays.put(element.slot(), known);
                        code.aload(1).loadConstant(element.slot()).aaload();
                        code.checkcast(KernelClass.arrayType(element.dtype())).astore(known);
                    }
                    code.aload(known).loadConstant(element.offset());
                }
            };
        }
    }

    /** A functional interface whose parameters are the inputs and whose result is the output, all of them FLOAT64. */
    record Doubles(Class<?> type, String method, int inputs) implements ScalarCall {
        @Override
        public MethodTypeDesc signature() {
            return MethodTypeDesc.of(CD_double, Array.fill(inputs, CD_double).toJavaList());
        }

        @Override
        public Ends ends(CodeBuilder code) {
            return new Ends() {
                @Override
                public void input(int k) {
                    code.dload(code.parameterSlot(k));
                }

                @Override
                public void outputs(IntConsumer push) {
                    push.accept(0);
                    code.dreturn();
                }
            };
        }
    }

    /**
     * A functional interface from a {@code double[]} that holds the inputs to the output, or to a new {@code double[]} of
     * the outputs.
     *
     * @param size the number of outputs in an array, or {@link #ITSELF}
     */
    record Vector(Class<?> type, String method, int size) implements ScalarCall {
        /** The one output is returned itself. */
        public static final int ITSELF = -1;

        private static final ClassDesc DOUBLES = CD_double.arrayType();

        @Override
        public MethodTypeDesc signature() {
            return MethodTypeDesc.of(size == ITSELF ? CD_double : CD_Object, CD_Object);
        }

        @Override
        public Ends ends(CodeBuilder code) {
            int x = code.allocateLocal(TypeKind.REFERENCE);
            code.aload(1).checkcast(DOUBLES).astore(x);
            return new Ends() {
                @Override
                public void input(int k) {
                    code.aload(x).loadConstant(k).daload();
                }

                @Override
                public void outputs(IntConsumer push) {
                    if (size == ITSELF) {
                        push.accept(0);
                        code.dreturn();
                        return;
                    }
                    code.loadConstant(size).newarray(TypeKind.DOUBLE);
                    for (int k = 0; k < size; k++) {
                        code.dup().loadConstant(k);
                        push.accept(k);
                        code.dastore();
                    }
                    code.areturn();
                }
            };
        }
    }

    /** The class or interface as the class file names it. */
    default ClassDesc owner() {
        return desc(type());
    }
}
