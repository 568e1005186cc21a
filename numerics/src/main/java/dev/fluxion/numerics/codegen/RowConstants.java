package dev.fluxion.numerics.codegen;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.fluxion.ir.DType;
import io.vavr.collection.Array;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The shuffles and masks of {@link RowTree}, constants of the class of the code. */
final class RowConstants {
    private static final String TURNED = "turned";
    private static final String BEHIND = "behind";
    private static final String ACROSS = "across";

    private final ClassDesc owner;
    private final int lanes;
    private final int left;

    /** @param left see {@link StraightRow#left} */
    RowConstants(ClassDesc owner, int lanes, int left) {
        this.owner = owner;
        this.lanes = lanes;
        this.left = left;
    }

    /** Adds them to the class, for vectors of the given dtypes, each given once. */
    void define(ClassBuilder type, Array<DType> dtypes) {
        for (DType dtype : dtypes) {
            type.withField(TURNED + dtype, VectorTypes.SHUFFLE, ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
            type.withField(BEHIND + dtype, VectorTypes.MASK, ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
            for (int bit = lanes / 2; bit > 0; bit /= 2) {
                type.withField(ACROSS + bit + dtype, VectorTypes.SHUFFLE, ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
            }
        }
        type.withMethodBody(CLASS_INIT_NAME, MTD_void, ClassFile.ACC_STATIC, code -> {
            dtypes.forEach(dtype -> initialise(code, dtype));
            code.return_();
        });
    }

    private void initialise(CodeBuilder code, DType dtype) {
        VectorTypes types = new VectorTypes(code, lanes);
        types.species(dtype);
        types.numbers(RowConstants.class, TURNED, left, CD_int);
        types.loadShuffle();
        code.putstatic(owner, TURNED + dtype, VectorTypes.SHUFFLE);
        types.species(dtype);
        types.numbers(RowConstants.class, BEHIND, left, CD_boolean);
        types.loadMask();
        code.putstatic(owner, BEHIND + dtype, VectorTypes.MASK);
        for (int bit = lanes / 2; bit > 0; bit /= 2) {
            types.species(dtype);
            types.numbers(TransposeCode.class, ACROSS, bit, CD_int);
            types.loadShuffle();
            code.putstatic(owner, ACROSS + bit + dtype, VectorTypes.SHUFFLE);
        }
    }

    /** For each lane the one that is to take its place, so that the last {@code left} ones become the first ones. */
    static int[] turned(int left, int lanes) {
        return IntStream.range(0, lanes)
                .map(lane -> (lane + lanes - left) % lanes)
                .toArray();
    }

    /** The lanes behind the first {@code left} ones. */
    static boolean[] behind(int left, int lanes) {
        boolean[] behind = new boolean[lanes];
        Arrays.fill(behind, left, lanes, true);
        return behind;
    }

    void pushTurned(CodeBuilder code, DType dtype) {
        code.getstatic(owner, TURNED + dtype, VectorTypes.SHUFFLE);
    }

    void pushBehind(CodeBuilder code, DType dtype) {
        code.getstatic(owner, BEHIND + dtype, VectorTypes.MASK);
    }

    /** Pushes the shuffle that puts in the place of each lane the one that differs by the bit. */
    void pushAcross(CodeBuilder code, int bit, DType dtype) {
        code.getstatic(owner, ACROSS + bit + dtype, VectorTypes.SHUFFLE);
    }
}
