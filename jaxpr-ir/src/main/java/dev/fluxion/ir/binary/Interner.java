package dev.fluxion.ir.binary;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** A table that is written: each entry once, in the order in which it was first needed. */
final class Interner<T> {
    private final Map<T, Integer> places;
    private final BiConsumer<ByteOutput, T> write;
    private final ByteOutput entries = new ByteOutput();

    private Interner(Map<T, Integer> places, BiConsumer<ByteOutput, T> write) {
        this.places = places;
        this.write = write;
    }

    static <T> Interner<T> byValue(BiConsumer<ByteOutput, T> write) {
        return new Interner<>(new HashMap<>(), write);
    }

    static <T> Interner<T> byIdentity(BiConsumer<ByteOutput, T> write) {
        return new Interner<>(new IdentityHashMap<>(), write);
    }

    /** The entry's place. */
    int of(T value) {
        Integer known = places.get(value);
        if (known != null) {
            return known;
        }
        int place = places.size();
        places.put(value, place);
        write.accept(entries, value);
        return place;
    }

    void writeTo(ByteOutput out) {
        out.varint(places.size());
        out.write(entries);
    }
}
