package dev.fluxion.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Maps of variables against the JDK's maps by identity. */
class VarMapTest {
    private static final ArrayType TYPE = ArrayType.scalar(DType.FLOAT64);

    @Test
    void variablesInARowAreFoundAgain() {
        agree(variables(1, 5000), 0);
        agree(variables(1, 5000), 5000);
    }

    @Test
    void variablesFarApartAreFoundAgain() {
        agree(variables(16, 2000), 10);
        agree(variables(64, 1000), 0);
        agree(variables(1024, 300), 0);
    }

    @Test
    void setsHaveWhatWasAdded() {
        List<Var> vars = variables(1, 10);
        VarSet set = new VarSet(0);
        set.add(vars.get(3));
        set.addAll(Array.of(Literal.of(2.0), vars.get(5)));
        assertTrue(set.contains(vars.get(3)) && set.contains(vars.get(5)));
        assertFalse(set.contains(vars.get(4)));
        assertTrue(set.containsAny(Array.of(vars.get(0), vars.get(5))));
        assertFalse(set.containsAny(Array.of(vars.get(0), vars.get(1))));
        assertFalse(set.containsAny(Array.empty()));
    }

    /** Every {@code step}-th of the variables made. */
    private static List<Var> variables(int step, int count) {
        List<Var> vars = new ArrayList<>();
        for (int i = 0; i < step * count; i++) {
            Var var = new Var(TYPE);
            if (i % step == 0) {
                vars.add(var);
            }
        }
        return vars;
    }

    /** Puts a random half of the variables in, some of them twice. */
    private static void agree(List<Var> vars, int expected) {
        Random random = new Random(7);
        VarMap<Integer> map = new VarMap<>(expected);
        Map<Var, Integer> oracle = new IdentityHashMap<>();
        for (int i = 0; i < vars.size(); i++) {
            Var var = vars.get(random.nextInt(vars.size()));
            map.put(var, i);
            oracle.put(var, i);
        }
        assertEquals(oracle.size(), map.size());
        for (Var var : vars) {
            assertEquals(oracle.get(var), map.get(var));
            assertEquals(oracle.containsKey(var), map.contains(var));
            assertEquals(oracle.getOrDefault(var, -1), map.getOrDefault(var, -1));
        }
        assertNull(map.get(new Var(TYPE)));
    }
}
