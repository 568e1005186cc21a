package dev.fluxion.ir.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.FluxionException;
import io.vavr.collection.Array;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTextTest {
    static Stream<CheckpointPolicy> policies() {
        CheckpointPolicy names = new CheckpointPolicy.SaveOnlyTheseNames(Array.of("z \\ \"1\"\n,", "a", "a"));
        CheckpointPolicy dots = new CheckpointPolicy.DotsSaveable();
        return Stream.of(
                new CheckpointPolicy.NothingSaveable(),
                new CheckpointPolicy.EverythingSaveable(),
                dots,
                new CheckpointPolicy.DotsWithNoBatchDimsSaveable(),
                names,
                new CheckpointPolicy.SaveAnyNamesButThese(Array.empty()),
                new CheckpointPolicy.SaveFromBothPolicies(
                        names, new CheckpointPolicy.SaveFromBothPolicies(dots, names)));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void readsBack(CheckpointPolicy policy) {
        Scanner scanner = new Scanner(PolicyText.of(policy) + " ]");
        assertEquals(policy, PolicyText.read(scanner));
        assertEquals(']', scanner.peek());
    }

    @Test
    void namesComeInOneOrder() {
        CheckpointPolicy policy = new CheckpointPolicy.SaveOnlyTheseNames(Array.of("b", "a", "b"));
        assertEquals("save_only_these_names(\"a\" \"b\")", PolicyText.of(policy));
        assertEquals(policy, new CheckpointPolicy.SaveOnlyTheseNames(Array.of("a", "b")));
    }

    @Test
    void refusesAnUnknownPolicy() {
        FluxionException e =
                assertThrows(FluxionException.class, () -> PolicyText.read(new Scanner("save_some_of_it(1)")));
        assertEquals("""
            FX0701 line 1, column 1: there is no policy 'save_some_of_it'
              in save_some_of_it(1)
              hint: policies are nothing_saveable, everything_saveable, dots_saveable, \
            dots_with_no_batch_dims_saveable, save_only_these_names(...), save_any_names_but_these(...) and \
            save_from_both_policies(...)\
            """, e.getMessage());
    }

    @Test
    void refusesNestingWithoutEnd() {
        String text = "save_from_both_policies(".repeat(100_000);
        FluxionException e = assertThrows(FluxionException.class, () -> PolicyText.read(new Scanner(text)));
        assertEquals(
                "FX0701 line 1, column 2424: parameters are nested more than 100 deep",
                e.getMessage().lines().findFirst().orElseThrow());
    }
}
