package dev.fluxion.numerics.codegen;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.fluxion.ir.DType;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/** Emits a {@link TransposeCode}: straight code for a square in a loop, with masks and shuffles as constants of the class. */
final class TransposeEmitter {
    private static final String NAME = "Transpose";
    private static final String WITH = "with";
    private static final String ACROSS = "across";
    private static final MethodTypeDesc SQUARES =
            MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_int, CD_Object, CD_int, CD_int, CD_int);
    private static final int FROM = 1;
    private static final int AT = 2;
    private static final int STEP = 3;
    private static final int TO = 4;
    private static final int TO_AT = 5;
    private static final int TO_STEP = 6;
    private static final int COUNT = 7;

    private final DType dtype;
    private final int lanes;
    private final CodeBuilder code;
    private final VectorTypes types;

    private TransposeEmitter(DType dtype, int lanes, CodeBuilder code) {
        this.dtype = dtype;
        this.lanes = lanes;
        this.code = code;
        this.types = new VectorTypes(code, lanes);
    }

    static TransposeCode compile(DType dtype, int lanes) {
        byte[] bytes = KernelClass.build(NAME, TransposeCode.class, type -> {
            int constant = ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
            for (int bit = 1; bit < lanes; bit *= 2) {
                type.withField(WITH + bit, VectorTypes.MASK, constant);
                type.withField(ACROSS + bit, VectorTypes.SHUFFLE, constant);
            }
            type.withMethodBody(
                    CLASS_INIT_NAME,
                    MTD_void,
                    ClassFile.ACC_STATIC,
                    code -> new TransposeEmitter(dtype, lanes, code).constants());
            type.withMethodBody(
                    "squares",
                    SQUARES,
                    ClassFile.ACC_PUBLIC,
                    code -> new TransposeEmitter(dtype, lanes, code).squares());
        });
        return (TransposeCode) KernelClass.instance(bytes);
    }

    private void constants() {
        for (int bit = 1; bit < lanes; bit *= 2) {
            types.species(dtype);
            types.numbers(TransposeCode.class, WITH, bit, CD_boolean);
            types.loadMask();
            code.putstatic(KernelClass.name(NAME), WITH + bit, VectorTypes.MASK);
            types.species(dtype);
            types.numbers(TransposeCode.class, ACROSS, bit, CD_int);
            types.loadShuffle();
            code.putstatic(KernelClass.name(NAME), ACROSS + bit, VectorTypes.SHUFFLE);
        }
        code.return_();
    }

    private void squares() {
        ProductLoops loops = new ProductLoops(dtype, code);
        int from = loops.array(FROM);
        int to = loops.array(TO);
        int[] sources = loops.starts(AT, STEP, lanes);
        int[] targets = loops.starts(TO_AT, TO_STEP, lanes);
        int[] vectors = loops.vectors(lanes);
        int spare = code.allocateLocal(TypeKind.REFERENCE);
        int down = code.allocateLocal(TypeKind.INT);
        loops.loop(COUNT, square -> {
            code.iload(square).loadConstant(lanes).imul().istore(down);
            for (int i = 0; i < lanes; i++) {
                types.species(dtype);
                code.aload(from).iload(sources[i]).iload(down).iadd();
                types.load(dtype);
                code.astore(vectors[i]);
            }
            for (int bit = lanes / 2; bit > 0; bit /= 2) {
                for (int i = 0; i < lanes; i++) {
                    if ((i & bit) == 0) {
                        exchange(vectors[i], vectors[i + bit], bit, spare);
                    }
                }
            }
            code.iload(down).iload(TO_STEP).imul().istore(down);
            for (int i = 0; i < lanes; i++) {
                code.aload(vectors[i]).aload(to).iload(targets[i]).iload(down).iadd();
                types.store(dtype);
            }
        });
        code.return_();
    }

    /** The lanes of {@code low} with the bit and those of {@code high} without it change places. */
    private void exchange(int low, int high, int bit, int spare) {
        code.aload(low);
        across(bit);
        code.aload(high);
        with(bit);
        types.blend(dtype);
        code.astore(spare);
        code.aload(low).aload(high);
        across(bit);
        with(bit);
        types.blend(dtype);
        code.astore(low);
        code.aload(spare).astore(high);
    }

    private void across(int bit) {
        code.getstatic(KernelClass.name(NAME), ACROSS + bit, VectorTypes.SHUFFLE);
        types.rearrange(dtype);
    }

    private void with(int bit) {
        code.getstatic(KernelClass.name(NAME), WITH + bit, VectorTypes.MASK);
    }
}
