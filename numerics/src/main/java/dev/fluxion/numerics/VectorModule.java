package dev.fluxion.numerics;

/**
 * Whether the JDK's Vector API is there. It is an incubator module, which the user has to ask for; without it everything
 * runs as scalar code and gives the same bits.
 */
public final class VectorModule {
    private static final String NAME = "jdk.incubator.vector";
    private static final boolean PRESENT = find();

    private VectorModule() {}

    /** Ask this before touching a class that mentions a vector type. The first call warns when the module is missing. */
    public static boolean isPresent() {
        return PRESENT;
    }

    private static boolean find() {
        boolean present = ModuleLayer.boot().findModule(NAME).isPresent();
        if (!present) {
            System.getLogger("dev.fluxion.numerics")
                    .log(
                            System.Logger.Level.WARNING,
                            "the module " + NAME
                                    + " is missing: computing without SIMD, several times slower. Start java"
                                    + " with --add-modules " + NAME);
        }
        return present;
    }
}
