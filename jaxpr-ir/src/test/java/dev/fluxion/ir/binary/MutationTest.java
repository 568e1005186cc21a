package dev.fluxion.ir.binary;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.testing.PrimitiveExamples;
import dev.fluxion.ir.testing.RandomJaxprs;
import dev.fluxion.ir.text.JaxprPrinter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Files that were damaged, cut off or made up. */
class MutationTest {
    @Provide
    Arbitrary<Jaxpr> programs() {
        return Arbitraries.oneOf(
                RandomJaxprs.any(), Arbitraries.of(PrimitiveExamples.programs().toJavaList()));
    }

    @Provide
    Arbitrary<List<Mutations.Change>> changes() {
        Arbitrary<Integer> value = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 255), Arbitraries.of(0, 1, 0x7f, 0x80, 0xff), characters());
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().greaterOrEqual(0),
                        value)
                .as(Mutations.Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static Arbitrary<Integer> characters() {
        return Arbitraries.of("{}[](),;:.=@^_0189eE+-\" ain".chars().boxed().toList());
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void changedBytesBehindAFittingChecksum(
            @ForAll("programs") Jaxpr jaxpr, @ForAll("changes") List<Mutations.Change> changes) {
        Mutations.reads(Mutations.withChecksum(JaxprFiles.toBytes(jaxpr), changes));
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void theChecksumFindsEveryByteChanged(@ForAll("programs") Jaxpr jaxpr, @ForAll int place, @ForAll byte difference) {
        byte[] file = JaxprFiles.toBytes(jaxpr);
        file[Math.floorMod(place, file.length)] ^= difference;
        assertTrue(Mutations.reads(file) == (difference == 0));
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void changedTexts(@ForAll("programs") Jaxpr jaxpr, @ForAll("changes") List<Mutations.Change> changes) {
        byte[] text = JaxprPrinter.printFile(jaxpr).getBytes(StandardCharsets.UTF_8);
        Mutations.reads(Mutations.apply(text, changes));
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void noBeginningIsAProgram(@ForAll("programs") Jaxpr jaxpr, @ForAll int place) {
        byte[] file = JaxprFiles.toBytes(jaxpr);
        assertFalse(Mutations.reads(Arrays.copyOf(file, Math.floorMod(place, file.length))));
        byte[] text = JaxprPrinter.printFile(jaxpr).strip().getBytes(StandardCharsets.UTF_8);
        assertFalse(Mutations.reads(Arrays.copyOf(text, Math.floorMod(place, text.length))));
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void anyBytes(@ForAll byte[] bytes) {
        Mutations.reads(bytes);
        ByteOutput behindTheMagic = new ByteOutput();
        behindTheMagic.write(Format.MAGIC);
        behindTheMagic.varint(Format.VERSION);
        behindTheMagic.write(bytes);
        behindTheMagic.fixed(0, Format.CHECKSUM);
        Mutations.reads(Mutations.withChecksum(behindTheMagic.toByteArray(), List.of()));
    }
}
