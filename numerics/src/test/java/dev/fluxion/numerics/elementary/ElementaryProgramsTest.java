package dev.fluxion.numerics.elementary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ElementaryProgramsTest {
    private record Case(String name, Jaxpr body, int operands) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> programs() {
        Stream<Case> unary = Stream.of(UnaryOp.values())
                .flatMap(op -> Stream.of(DType.values())
                        .flatMap(dtype -> ElementaryPrograms.of(op, dtype).stream()
                                .map(program -> new Case(op + " " + dtype, program.body(), 1))));
        Stream<Case> binary = Stream.of(BinaryOp.values())
                .flatMap(op -> Stream.of(DType.values())
                        .flatMap(dtype -> ElementaryPrograms.of(op, dtype).stream()
                                .map(program -> new Case(op + " " + dtype, program, 2))));
        Stream<Case> trigamma = Stream.of(DType.FLOAT64, DType.FLOAT32)
                .flatMap(dtype -> ElementaryPrograms.of(new Elementwise.Polygamma(1), dtype).stream()
                        .map(program -> new Case("trigamma " + dtype, program.body(), 1)));
        return Stream.concat(Stream.concat(unary, binary), trigamma);
    }

    @ParameterizedTest
    @MethodSource("programs")
    @DisplayName("a program is one well-typed scalar expression of exactly rounded operations")
    void exact(Case program) {
        Jaxpr body = program.body();
        JaxprChecker.check(body);
        assertEquals(program.operands(), body.inputs().size());
        assertEquals(body.inputTypes().distinct(), body.outputTypes());
        for (Equation equation : body.equations()) {
            Elementwise primitive = (Elementwise) equation.primitive();
            assertTrue(isExact(primitive), () -> program.name() + " uses " + primitive.name());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = UnaryOp.class,
            names = {
                "EXP",
                "EXP2",
                "EXPM1",
                "LOG",
                "LOG1P",
                "SIN",
                "COS",
                "TAN",
                "ASIN",
                "ACOS",
                "ATAN",
                "SINH",
                "COSH",
                "TANH",
                "ASINH",
                "ACOSH",
                "ATANH",
                "CBRT",
                "LOGISTIC"
            })
    @DisplayName("float32 programs have no wider values, so that vectors keep all their lanes")
    void narrow(UnaryOp op) {
        Jaxpr body = ElementaryPrograms.of(op, DType.FLOAT32).orElseThrow().body();
        assertTrue(body.equations().forAll(e -> e.output().dtype().byteSize() <= 4));
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
        assertEquals(7, added);
    }
}
