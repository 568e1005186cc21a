package dev.fluxion.numerics.elementary;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import io.vavr.collection.Array;

/**
 * {@code (y0, y1) = threefry2x32(k0, k1, x0, x1)}, 20 rounds: the counter-based random function behind JAX's keys.
 *
 * <p>Each round is {@code x0 += x1; x1 = rotl(x1, d) ^ x0}; before the first and after every fourth round the key is
 * added, in the order {@code k0, k1, k2 = k0 ^ k1 ^ 0x1BD11BDA, k0, ...}, with the number of the addition on {@code x1}.
 *
 * @see <a href="https://www.thesalmons.org/john/random123/papers/random123sc11.pdf">Salmon et al., Parallel random
 *     numbers: as easy as 1, 2, 3</a>
 */
public final class ThreefryProgram {
    private static final int PARITY = 0x1BD11BDA;
    private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};
    private static final int GROUPS = 5;

    private ThreefryProgram() {}

    /** The program: INT32 scalars {@code (k0, k1, x0, x1)} to INT32 scalars {@code (y0, y1)}. */
    public static Jaxpr jaxpr() {
        JaxprBuilder builder = new JaxprBuilder();
        Steps s = new Steps(builder);
        ArrayType type = ArrayType.scalar(DType.INT32);
        Atom k0 = builder.input(type);
        Atom k1 = builder.input(type);
        Atom[] key = {k0, k1, s.xor(s.xor(k0, k1), word(PARITY))};
        Atom x0 = s.add(builder.input(type), key[0]);
        Atom x1 = s.add(builder.input(type), key[1]);
        for (int group = 0; group < GROUPS; group++) {
            for (int distance : ROTATIONS[group % 2]) {
                x0 = s.add(x0, x1);
                x1 = s.xor(rotateLeft(s, x1, distance), x0);
            }
            x0 = s.add(x0, key[(group + 1) % 3]);
            x1 = s.add(s.add(x1, key[(group + 2) % 3]), word(group + 1));
        }
        return builder.build(Array.of(x0, x1));
    }

    private static Atom rotateLeft(Steps s, Atom x, int distance) {
        return s.or(s.shiftLeft(x, word(distance)), s.shiftRightLogical(x, word(32 - distance)));
    }

    private static Literal word(int value) {
        return Literal.of(DType.INT32, (long) value);
    }
}
