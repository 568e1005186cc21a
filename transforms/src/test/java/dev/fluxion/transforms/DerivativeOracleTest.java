package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.UnaryOp;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation of {@link OperationTable} obeys the {@link DerivativeLaws}, up to the third order.
 */
class DerivativeOracleTest {
    @TestFactory
    Stream<DynamicTest> derivativesOfOrders1To3() {
        return OperationTable.all()
                .toJavaStream()
                .map(op -> DynamicTest.dynamicTest(
                        op.name(),
                        () -> DerivativeLaws.OF_OPERATIONS.verify(
                                op.program(), op.draw(), 3, new Random(op.name().hashCode()))));
    }

    @Test
    void everyOperationIsInTheTable() {
        Set<Object> tested = new HashSet<>();
        OperationTable.all().map(OperationTable.Operation::primitive).forEach(p -> {
            tested.add(p.getClass());
            if (p instanceof Elementwise.Unary(UnaryOp op)) {
                tested.add(op);
            } else if (p instanceof Elementwise.Binary(BinaryOp op)) {
                tested.add(op);
            }
        });
        Set<Object> needed = new HashSet<>(Set.of(UnaryOp.values()));
        needed.addAll(Set.of(BinaryOp.values()));
        records(Primitive.class, needed);
        needed.removeAll(tested);
        // The neighbouring number moves in steps. A custom VJP has no forward derivative: CustomRulesTest. A while loop
        // has
        // no reverse one: WhileTest. A linear solve is made for one equation: SolversTest.
        assertEquals(
                Set.of(
                        BinaryOp.NEXTAFTER,
                        Control.CustomVjpCall.class,
                        Control.CustomLinear.class,
                        Control.LinearSolve.class,
                        Control.While.class),
                needed);
    }

    private static void records(Class<?> type, Set<Object> result) {
        if (type.isRecord()) {
            result.add(type);
        } else if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                records(permitted, result);
            }
        }
    }
}
