package dev.fluxion.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Sets of indices against {@link BitSet}. */
class IndexSetTest {
    private static IndexSet set(List<Integer> members) {
        IndexSet set = IndexSet.EMPTY;
        for (int member : members) {
            set = set.union(IndexSet.of(member));
        }
        return set;
    }

    private static BitSet bits(IndexSet set) {
        BitSet bits = new BitSet();
        set.forEach(bits::set);
        return bits;
    }

    private static BitSet bits(List<Integer> members) {
        BitSet bits = new BitSet();
        members.forEach(bits::set);
        return bits;
    }

    @Property
    void unionsHoldTheMembersOfBoth(
            @ForAll @Size(max = 20) List<@IntRange(max = 30) Integer> a,
            @ForAll @Size(max = 20) List<@IntRange(max = 30) Integer> b) {
        BitSet expected = bits(a);
        expected.or(bits(b));
        IndexSet union = set(a).union(set(b));
        assertEquals(expected, bits(union));
        assertEquals(expected.cardinality(), union.size());
        IndexSet.Union collected = new IndexSet.Union();
        a.forEach(member -> collected.add(IndexSet.of(member)));
        collected.add(set(b));
        assertEquals(union, collected.get());
    }

    @Property
    void containmentIsThatOfBits(
            @ForAll @Size(max = 20) List<@IntRange(max = 12) Integer> a,
            @ForAll @Size(max = 3) List<@IntRange(max = 12) Integer> b) {
        BitSet missing = bits(b);
        missing.andNot(bits(a));
        assertEquals(missing.isEmpty(), set(a).contains(set(b)));
    }

    @Property
    void aUnionThatAddsNothingIsTheSameObject(
            @ForAll @Size(max = 20) List<@IntRange(max = 30) Integer> a,
            @ForAll @Size(max = 20) List<@IntRange(max = 30) Integer> b) {
        IndexSet all = set(a).union(set(b));
        assertSame(all, all.union(set(a)));
        assertSame(all, all.union(set(b)));
    }
}
