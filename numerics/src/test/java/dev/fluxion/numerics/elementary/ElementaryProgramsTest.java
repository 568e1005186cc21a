package dev.fluxion.numerics.elementary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementaryProgramsTest {
    static Stream<ElementaryProgram> programs() {
        return Stream.of(UnaryOp.values())
                .flatMap(op -> Stream.of(DType.values()).flatMap(dtype -> ElementaryPrograms.of(op, dtype).stream()));
    }

    @ParameterizedTest
    @MethodSource("programs")
    @DisplayName("a program is one well-typed scalar expression of exactly rounded operations")
    void exact(ElementaryProgram program) {
        Jaxpr body = program.body();
        JaxprChecker.check(body);
        assertEquals(1, body.inputs().size());
        assertEquals(body.inputTypes(), body.outputTypes());
        for (Equation equation : body.equations()) {
            Elementwise primitive = (Elementwise) equation.primitive();
            assertTrue(isExact(primitive), () -> program.op() + " uses " + primitive.name());
        }
    }

    private static boolean isExact(Elementwise primitive) {
        return switch (primitive) {
            case Elementwise.Unary(var op) -> op.isExact();
            case Elementwise.Binary(var op) -> op.isExact();
            case Elementwise.Compare _,
                    Elementwise.Fma _,
                    Elementwise.SelectN _,
                    Elementwise.Clamp _,
                    Elementwise.ConvertElementType _,
                    Elementwise.BitcastConvertType _ -> true;
            case Elementwise.IntegerPow _,
                    Elementwise.Polygamma _,
                    Elementwise.StopGradient _,
                    Elementwise.Named _,
                    Elementwise.Copy _ -> false;
        };
    }

    @Test
    @DisplayName("exact operations and integer operands have no program")
    void none() {
        assertTrue(ElementaryPrograms.of(UnaryOp.SQRT, DType.FLOAT64).isEmpty());
        assertTrue(ElementaryPrograms.of(UnaryOp.ABS, DType.INT64).isEmpty());
        assertTrue(ElementaryPrograms.of(UnaryOp.LGAMMA, DType.FLOAT64).isEmpty());
    }

    @Test
    @DisplayName("sin and cos of one variable share all but the choice of the quadrant")
    void sharing() {
        JaxprBuilder builder = new JaxprBuilder();
        Atom x = builder.input(ArrayType.scalar(DType.FLOAT64));
        Jaxpr sin =
                ElementaryPrograms.of(UnaryOp.SIN, DType.FLOAT64).orElseThrow().body();
        Jaxpr cos =
                ElementaryPrograms.of(UnaryOp.COS, DType.FLOAT64).orElseThrow().body();
        Jaxpr both = builder.build(builder.inline(sin, Array.of(x)).appendAll(builder.inline(cos, Array.of(x))));
        int added = both.equations().size() - sin.equations().size();
        assertEquals(9, added);
    }
}
