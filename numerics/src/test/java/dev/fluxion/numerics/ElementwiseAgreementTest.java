package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every elementwise operation on every dtype: specials in all combinations, and sizes around the SIMD widths. */
class ElementwiseAgreementTest {
    /** Functions that the engine computes by its own programs agree with the reference to a few units in the last place. */
    private static final int FUNCTION_ULPS = 4;

    private record Case(Primitive primitive, int operands, int ulps) {}

    private static List<Case> cases(DType dtype) {
        List<Case> cases = new ArrayList<>();
        for (UnaryOp op : UnaryOp.values()) {
            if (op.accepts(dtype)) {
                cases.add(new Case(new Elementwise.Unary(op), 1, op.isExact() ? 0 : FUNCTION_ULPS));
            }
        }
        for (BinaryOp op : BinaryOp.values()) {
            if (op.accepts(dtype)) {
                cases.add(new Case(new Elementwise.Binary(op), 2, op.isExact() ? 0 : FUNCTION_ULPS));
            }
        }
        for (CompareOp op : CompareOp.values()) {
            cases.add(new Case(new Elementwise.Compare(op), 2, 0));
        }
        cases.add(new Case(new Elementwise.Clamp(), 3, 0));
        for (DType to : DType.values()) {
            cases.add(new Case(new Elementwise.ConvertElementType(to), 1, 0));
            if (to.byteSize() == dtype.byteSize() && to != DType.BOOL && dtype != DType.BOOL) {
                cases.add(new Case(new Elementwise.BitcastConvertType(to), 1, 0));
            }
        }
        if (dtype.isFloating()) {
            cases.add(new Case(new Elementwise.Fma(), 3, 0));
            cases.add(new Case(new Elementwise.Polygamma(1), 1, FUNCTION_ULPS));
        }
        if (dtype.isNumeric()) {
            for (int power : new int[] {0, 1, 2, 3, 5, 8}) {
                cases.add(new Case(new Elementwise.IntegerPow(power), 1, 0));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @EnumSource
    void specials(DType dtype) {
        for (Case c : cases(dtype)) {
            ArrayData[] inputs = new ArrayData[c.operands()];
            for (int k = 0; k < inputs.length; k++) {
                inputs[k] = Samples.special(dtype, k, inputs.length);
            }
            Agreement.within(c.ulps(), Agreement.program(c.primitive(), inputs), inputs);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 16, 31, 100})
    void sizes(int size) {
        for (DType dtype : DType.values()) {
            for (Case c : cases(dtype)) {
                ArrayData[] inputs = new ArrayData[c.operands()];
                for (int k = 0; k < inputs.length; k++) {
                    inputs[k] = Samples.ordinary(ArrayType.of(dtype, size), k);
                }
                Agreement.within(c.ulps(), Agreement.program(c.primitive(), inputs), inputs);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void select(DType dtype) {
        ArrayData a = Samples.ordinary(dtype, 2, 9);
        ArrayData b = Samples.ordinary(ArrayType.of(dtype, 2, 9), 3);
        Agreement.exact(new Elementwise.SelectN(), Samples.ordinary(DType.BOOL, 2, 9), a, b);
        Agreement.exact(new Elementwise.SelectN(), Samples.ordinary(DType.INT32, 2, 9), a, b, a, b);
    }
}
