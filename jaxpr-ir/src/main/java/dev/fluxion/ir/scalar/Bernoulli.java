package dev.fluxion.ir.scalar;

/** The numbers of Bernoulli {@code B(2), B(4), ... B(34)}, as fractions of whole numbers that doubles hold. */
final class Bernoulli {
    static final double[] NUMERATORS = {
        1,
        -1,
        1,
        -1,
        5,
        -691,
        7,
        -3617,
        43867,
        -174611,
        854513,
        -236364091,
        8553103,
        -23749461029.0,
        8615841276005.0,
        -7709321041217.0,
        2577687858367.0
    };

    static final double[] DENOMINATORS = {6, 30, 42, 30, 66, 2730, 6, 510, 798, 330, 138, 2730, 6, 870, 14322, 510, 6};

    static final int COUNT = NUMERATORS.length;

    private Bernoulli() {}
}
