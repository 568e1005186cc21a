package dev.fluxion.ir;

/** Which operations do something besides giving results: {@link Custom} ones that say so, and what runs such. */
public final class Effects {
    private Effects() {}

    /** Whether an equation with this operation must stay, run once, and keep its place among others like it. */
    public static boolean of(Primitive primitive) {
        return switch (primitive) {
            case Elementwise _, Movement _, Reduction _, DotGeneral _, Threefry2x32 _ -> false;
            case Control control -> Parameters.subPrograms(control).exists(Jaxpr::hasEffects);
            case Custom custom -> custom.hasEffect();
        };
    }
}
