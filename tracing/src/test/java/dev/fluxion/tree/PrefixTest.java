package dev.fluxion.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.TreeTest.Params;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrefixTest {
    private static final NDArray X = TreeTest.scalar(1);
    private static final TreeDef DEF = Tree.structure(Tuple.of(new Params(X, X), List.of(X, X, X)));

    private enum Mark {
        NONE
    }

    @Test
    void oneValueStandsForItsWholeSubtree() {
        assertEquals(Array.of(0, 0, 0, 0, 0), DEF.broadcastPrefix("inAxes", 0));
        assertEquals(
                Array.of(0, 0, Mark.NONE, Mark.NONE, Mark.NONE), DEF.broadcastPrefix("inAxes", Tuple.of(0, Mark.NONE)));
        assertEquals(
                Array.of(0, null, 1, 2, 1),
                DEF.broadcastPrefix("inAxes", List.of(Arrays.asList(0, null), Tuple.of(1, 2, 1))));
        assertEquals(Array.of(0, 1, 2, 2, 2), DEF.broadcastPrefix("inAxes", Tuple.of(Map.of("b", 1, "w", 0), 2)));
        assertEquals(
                Array.of(1, 2), Tree.structure(Map.of("p", X, "q", X)).broadcastPrefix("in", Map.of("q", 2, "p", 1)));
    }
}
