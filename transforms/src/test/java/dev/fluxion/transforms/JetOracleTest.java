package dev.fluxion.transforms;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The series of every operation of {@link OperationTable}, up to the fifth order. */
class JetOracleTest {
    @TestFactory
    Stream<DynamicTest> ordersUpTo5() {
        return OperationTable.all()
                .toJavaStream()
                .map(op -> DynamicTest.dynamicTest(
                        op.name(),
                        () -> JetLaw.verify(
                                op.program(),
                                op.draw(),
                                5,
                                1e-10,
                                new Random(op.name().hashCode()))));
    }
}
