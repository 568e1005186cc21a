package dev.fluxion.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.FluxionException;
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

    @Test
    void misfitsAreNamed() {
        fails("expected 2 entries, given 3", List.of(1, 2, 3));
        fails("at [0]: expected 2 entries, given 1", List.of(List.of(0), 2));
        fails("at [0]: no entry for .w in {v=0}", List.of(Map.of("v", 0), 2));
        fails("at [1][2]: an array stands here, the prefix goes on with [1]", List.of(0, List.of(0, 0, List.of(1))));
    }

    private static void fails(String difference, Object prefix) {
        assertEquals(
                "FX0501 inAxes: not a prefix of the tree\n  tree (Params(w=*, b=*), [*, *, *])\n  prefix " + prefix
                        + "\n  " + difference
                        + "\n  hint: give one value for a whole subtree, or one entry for each of its parts",
                assertThrows(FluxionException.class, () -> DEF.broadcastPrefix("inAxes", prefix))
                        .getMessage());
    }
}
