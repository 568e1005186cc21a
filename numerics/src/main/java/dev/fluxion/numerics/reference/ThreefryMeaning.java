package dev.fluxion.numerics.reference;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.numerics.HostArray;
import io.vavr.collection.Array;

/** Threefry-2x32, 20 rounds: see {@link dev.fluxion.ir.Threefry2x32}. */
final class ThreefryMeaning {
    private static final int PARITY = 0x1BD11BDA;
    private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};

    private ThreefryMeaning() {}

    static HostArray[] of(Array<HostArray> in, ArrayType type) {
        int[] first = new int[type.size()];
        int[] second = new int[type.size()];
        for (int i = 0; i < first.length; i++) {
            int k0 = word(in.get(0), i);
            int k1 = word(in.get(1), i);
            int[] keys = {k0, k1, k0 ^ k1 ^ PARITY};
            int x0 = word(in.get(2), i) + k0;
            int x1 = word(in.get(3), i) + k1;
            for (int group = 0; group < 5; group++) {
                for (int rotation : ROTATIONS[group % 2]) {
                    x0 += x1;
                    x1 = x0 ^ Integer.rotateLeft(x1, rotation);
                }
                x0 += keys[(group + 1) % 3];
                x1 += keys[(group + 2) % 3] + group + 1;
            }
            first[i] = x0;
            second[i] = x1;
        }
        return new HostArray[] {HostArray.wrap(type, first), HostArray.wrap(type, second)};
    }

    private static int word(HostArray x, int i) {
        return (int) x.longAt(x.type().isScalar() ? 0 : i);
    }
}
