package dev.fluxion.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.fluxion.ir.testing.HostArray;
import dev.fluxion.ir.testing.PrimitiveExamples;
import io.vavr.collection.Array;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructuralHashTest {
    private static final ArrayType VECTOR = ArrayType.of(DType.FLOAT64, 3);

    private static Jaxpr unary(UnaryOp op) {
        return PrimitiveExamples.program(new Elementwise.Unary(op), VECTOR);
    }

    private static Jaxpr custom(Jaxpr body, LazyJaxpr rule) {
        return PrimitiveExamples.program(new Control.CustomJvpCall("f", body, rule), VECTOR);
    }

    @Test
    void rulesDoNotChangeWhatRuns() {
        LazyJaxpr rule = LazyJaxpr.of(() -> {
            throw new AssertionError("a rule is traced when a derivative needs it, not for a hash");
        });
        LazyJaxpr other = LazyJaxpr.of(unary(UnaryOp.COS));
        Jaxpr f = custom(unary(UnaryOp.SIN), rule);
        Jaxpr g = custom(unary(UnaryOp.SIN), other);
        assertEquals(f.structuralHash(), g.structuralHash());
        assertFalse(JaxprEquality.alphaEqual(g, custom(unary(UnaryOp.SIN), LazyJaxpr.of(unary(UnaryOp.TANH)))));
        assertNotEquals(f.structuralHash(), custom(unary(UnaryOp.COS), rule).structuralHash());
    }

    @Test
    void labelsDoNotCount() {
        Jaxpr body = unary(UnaryOp.SIN);
        assertEquals(
                PrimitiveExamples.program(new Control.Call("f", body), VECTOR).structuralHash(),
                PrimitiveExamples.program(new Control.Call("g", unary(UnaryOp.SIN)), VECTOR)
                        .structuralHash());
    }

    @Test
    void dataOfConstantsDoesNotCountButItsTypeDoes() {
        assertEquals(
                sumWith(HostArray.of(1, 2)).structuralHash(),
                sumWith(HostArray.of(3, 4)).structuralHash());
        assertNotEquals(
                sumWith(HostArray.of(1, 2)).structuralHash(),
                sumWith(HostArray.of(1, 2, 3)).structuralHash());
    }

    private static Jaxpr sumWith(ArrayData data) {
        JaxprBuilder builder = new JaxprBuilder();
        Var x = builder.input(data.type());
        return builder.build(Array.of(builder.append(new Elementwise.Binary(BinaryOp.ADD), x, builder.constant(data))));
    }

    /** A call of a program and the other kinds of call of it differ too. */
    @Test
    void everyPrimitiveHasItsOwnHash() {
        Map<StructuralHash, Jaxpr> seen = new HashMap<>();
        PrimitiveExamples.programs().forEach(jaxpr -> {
            Jaxpr before = seen.put(jaxpr.structuralHash(), jaxpr);
            assertEquals(null, before, jaxpr::toString);
        });
    }
}
