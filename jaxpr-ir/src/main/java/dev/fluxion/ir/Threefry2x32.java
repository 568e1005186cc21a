package dev.fluxion.ir;

/**
 * The Threefry-2x32 block cipher with 20 rounds. Operands {@code (k0, k1, x0, x1)}, INT32 (read as unsigned words) of one
 * shape; two results of that shape.
 *
 * <p>Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
public record Threefry2x32() implements Primitive {
    @Override
    public String name() {
        return "threefry2x32";
    }
}
