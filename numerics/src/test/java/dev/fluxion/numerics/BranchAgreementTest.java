package dev.fluxion.numerics;

import static dev.fluxion.numerics.SubPrograms.COUNT;
import static dev.fluxion.numerics.SubPrograms.agree;
import static dev.fluxion.numerics.SubPrograms.append;
import static dev.fluxion.numerics.SubPrograms.binary;
import static dev.fluxion.numerics.SubPrograms.count;
import static dev.fluxion.numerics.SubPrograms.program;
import static dev.fluxion.numerics.SubPrograms.unary;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cond runs the branch that the reference engine runs, whatever the branches give back. */
class BranchAgreementTest {
    private static Control.Cond cond(ArrayType type) {
        Array<ArrayType> types = Array.of(type, type);
        Atom two = Literal.of(2.0);
        return new Control.Cond(Array.of(
                program(types, (b, in) -> Array.of(binary(b, BinaryOp.ADD, in.get(0), in.get(1)), in.get(0))),
                program(types, (b, in) -> Array.of(in.get(1), in.get(0))),
                program(types, (b, in) -> {
                    Atom twos = b.append(new Movement.BroadcastInDim(type.shape(), Ints.of()), two);
                    return Array.of(twos, twos);
                }),
                program(types, (b, in) -> {
                    Atom bent = unary(b, UnaryOp.SIN, in.get(1));
                    return Array.of(bent, bent);
                })));
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, 0, 1, 2, 3, 4, 100})
    void indexIsClamped(int index) {
        for (ArrayType type : Array.of(
                ArrayType.of(DType.FLOAT64),
                ArrayType.of(DType.FLOAT64, 0),
                ArrayType.of(DType.FLOAT64, 7),
                ArrayType.of(DType.FLOAT64, 2, 3))) {
            Jaxpr jaxpr = program(
                    Array.of(COUNT, type, type), (b, in) -> append(b, cond(type), in.get(0), in.get(1), in.get(2)));
            Agreement.within(
                    4,
                    jaxpr,
                    HostArray.wrap(COUNT, new int[] {index}),
                    Samples.ordinary(type, 1),
                    Samples.ordinary(type, 2));
            agree(
                    4,
                    program(
                            Array.of(type),
                            (b, in) ->
                                    append(b, cond(type), count(index), in.get(0), unary(b, UnaryOp.NEG, in.get(0)))));
        }
    }
}
