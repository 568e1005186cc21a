package dev.fluxion.numerics.codegen;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.fluxion.ir.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * The Vector API by name, for code that is generated: nothing here loads one of its classes. All vectors of a kernel have
 * the same number of lanes.
 */
final class VectorTypes {
    static final ClassDesc VECTOR = vectorClass("Vector");
    static final ClassDesc MASK = vectorClass("VectorMask");
    static final ClassDesc SHUFFLE = vectorClass("VectorShuffle");
    static final ClassDesc SPECIES = vectorClass("VectorSpecies");
    private static final ClassDesc OPERATORS = vectorClass("VectorOperators");

    private final CodeBuilder code;
    private final int lanes;

    VectorTypes(CodeBuilder code, int lanes) {
        this.code = code;
        this.lanes = lanes;
    }

    private static ClassDesc vectorClass(String name) {
        return ClassDesc.of("jdk.incubator.vector", name);
    }

    static ClassDesc of(DType dtype) {
        return switch (dtype) {
            case BOOL -> MASK;
            case INT32 -> vectorClass("IntVector");
            case INT64 -> vectorClass("LongVector");
            case FLOAT32 -> vectorClass("FloatVector");
            case FLOAT64 -> vectorClass("DoubleVector");
        };
    }

    /** Pushes the species; the JIT compiler takes it for the constant that it is. */
    void species(DType dtype) {
        code.getstatic(of(dtype), "SPECIES_" + lanes * 8 * dtype.byteSize(), SPECIES);
    }

    /** Pushes an operator; {@code kind} is {@code Unary Binary Associative Ternary Comparison} or {@code Conversion}. */
    void operator(String name, String kind) {
        code.getstatic(OPERATORS, name, OPERATORS.nested(kind));
    }

    /** {@code species, array, index -> vector}. */
    void load(DType dtype) {
        code.invokestatic(
                of(dtype), "fromArray", MethodTypeDesc.of(of(dtype), SPECIES, KernelClass.arrayType(dtype), CD_int));
    }

    /** {@code vector, array, index -> }. */
    void store(DType dtype) {
        code.invokevirtual(of(dtype), "intoArray", MethodTypeDesc.of(CD_void, KernelClass.arrayType(dtype), CD_int));
    }

    /** {@code species, array, index -> vector}, of truth values a mask. */
    void loadAny(DType dtype) {
        if (dtype == DType.BOOL) {
            loadMask();
        } else {
            load(dtype);
        }
    }

    /** {@code vector, array, index -> }, or a mask. */
    void storeAny(DType dtype) {
        if (dtype == DType.BOOL) {
            storeMask();
        } else {
            store(dtype);
        }
    }

    /** {@code species, scalar -> vector}; {@code species, boolean -> mask}. */
    void broadcast(DType dtype) {
        if (dtype == DType.BOOL) {
            code.invokeinterface(SPECIES, "maskAll", MethodTypeDesc.of(MASK, CD_boolean));
        } else {
            code.invokestatic(of(dtype), "broadcast", MethodTypeDesc.of(of(dtype), SPECIES, ScalarCode.type(dtype)));
        }
    }

    /** Pushes a vector of zeros. */
    void zero(DType dtype) {
        species(dtype);
        code.invokestatic(of(dtype), "zero", MethodTypeDesc.of(of(dtype), SPECIES));
    }

    /** {@code vector, operator, vector -> vector}. */
    void lanewise(DType dtype) {
        code.invokevirtual(of(dtype), "lanewise", MethodTypeDesc.of(of(dtype), OPERATORS.nested("Binary"), VECTOR));
    }

    /** {@code vector, operator -> vector}. */
    void lanewiseUnary(DType dtype) {
        code.invokevirtual(of(dtype), "lanewise", MethodTypeDesc.of(of(dtype), OPERATORS.nested("Unary")));
    }

    /** {@code vector, operator, scalar -> vector}. */
    void lanewiseScalar(DType dtype) {
        code.invokevirtual(
                of(dtype),
                "lanewise",
                MethodTypeDesc.of(of(dtype), OPERATORS.nested("Binary"), ScalarCode.type(dtype)));
    }

    /** {@code x, y, z -> x*y + z}. */
    void fma(DType dtype) {
        code.invokevirtual(of(dtype), "fma", MethodTypeDesc.of(of(dtype), VECTOR, VECTOR));
    }

    /** {@code vector, operator, vector -> mask}. */
    void compare(DType dtype) {
        code.invokevirtual(of(dtype), "compare", MethodTypeDesc.of(MASK, OPERATORS.nested("Comparison"), VECTOR));
    }

    /** {@code vector, vector where the mask is set, mask -> vector}. */
    void blend(DType dtype) {
        code.invokevirtual(of(dtype), "blend", MethodTypeDesc.of(of(dtype), VECTOR, MASK));
    }

    /** {@code vector, shuffle -> vector}. */
    void rearrange(DType dtype) {
        code.invokevirtual(of(dtype), "rearrange", MethodTypeDesc.of(of(dtype), SHUFFLE));
    }

    /** {@code vector -> scalar}. */
    void firstLane(DType dtype) {
        code.iconst_0();
        code.invokevirtual(of(dtype), "lane", MethodTypeDesc.of(ScalarCode.type(dtype), CD_int));
    }

    /** Pushes {@code owner.method(number, lanes)}, an array with an element for each lane, and the index 0. */
    void numbers(Class<?> owner, String method, int number, ClassDesc element) {
        code.loadConstant(number).loadConstant(lanes);
        code.invokestatic(ScalarCode.desc(owner), method, MethodTypeDesc.of(element.arrayType(), CD_int, CD_int));
        code.iconst_0();
    }

    /** {@code species, array, index -> shuffle}. */
    void loadShuffle() {
        code.invokestatic(SHUFFLE, "fromArray", MethodTypeDesc.of(SHUFFLE, SPECIES, CD_int.arrayType(), CD_int));
    }

    /** {@code vector, conversion, species -> vector}. */
    void convert(DType from, DType to) {
        code.iconst_0();
        code.invokevirtual(
                of(from), "convertShape", MethodTypeDesc.of(VECTOR, OPERATORS.nested("Conversion"), SPECIES, CD_int));
        code.checkcast(of(to));
    }

    void reinterpret(DType from, DType to) {
        String name = switch (to) {
            case INT32 -> "reinterpretAsInts";
            case INT64 -> "reinterpretAsLongs";
            case FLOAT32 -> "reinterpretAsFloats";
            case FLOAT64 -> "reinterpretAsDoubles";
            case BOOL -> throw new IllegalArgumentException("bitcast to truth values");
        };
        code.invokevirtual(of(from), name, MethodTypeDesc.of(of(to)));
    }

    /** {@code species, array, index -> mask}. */
    void loadMask() {
        code.invokestatic(MASK, "fromArray", MethodTypeDesc.of(MASK, SPECIES, CD_boolean.arrayType(), CD_int));
    }

    /** {@code mask, array, index -> }. */
    void storeMask() {
        code.invokevirtual(MASK, "intoArray", MethodTypeDesc.of(CD_void, CD_boolean.arrayType(), CD_int));
    }

    /** {@code mask, mask -> mask}. */
    void logical(String name) {
        code.invokevirtual(MASK, name, MethodTypeDesc.of(MASK, MASK));
    }

    void not() {
        code.invokevirtual(MASK, "not", MethodTypeDesc.of(MASK));
    }

    /** {@code mask -> mask} for lanes of another type. */
    void cast(DType lane) {
        species(lane);
        code.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
    }

    /** {@code mask -> boolean}. */
    void anyTrue() {
        code.invokevirtual(MASK, "anyTrue", MethodTypeDesc.of(CD_boolean));
    }
}
