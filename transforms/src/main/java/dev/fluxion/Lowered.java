package dev.fluxion;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.passes.Passes;
import dev.fluxion.transforms.AheadOfTime;
import dev.fluxion.transforms.CostModel;
import dev.fluxion.tree.TreeDef;
import io.vavr.collection.Array;
import java.util.function.Function;

/**
 * A function as a program for arguments of one structure and types: to be looked at, or compiled. Prints as its program.
 *
 * @param <F> the type of the function
 */
public final class Lowered<F> {
    private final AheadOfTime staged;
    private final Jaxpr jaxpr;
    private final Function<AheadOfTime, F> face;

    Lowered(AheadOfTime staged, Function<AheadOfTime, F> face) {
        this.staged = staged;
        this.jaxpr = Passes.tidy(staged.traced().jaxpr());
        this.face = face;
    }

    /** The program of the arrays in the arguments. */
    public Jaxpr jaxpr() {
        return jaxpr;
    }

    /** The structure of the arguments, an array of them; static values are part of it. */
    public TreeDef argumentStructure() {
        return staged.signature().structure();
    }

    /** The types of the arrays in the arguments. */
    public Array<ArrayType> argumentTypes() {
        return staged.signature().types();
    }

    public TreeDef resultStructure() {
        return staged.traced().result();
    }

    /** The types of the arrays in the result. */
    public Array<ArrayType> resultTypes() {
        return jaxpr.outputTypes();
    }

    /** What a run costs, counted over the program. */
    public CostAnalysis costAnalysis() {
        return CostModel.of(jaxpr);
    }

    /** Compiles the program now. */
    public Compiled<F> compile() {
        return new Compiled<>(this, staged.compiled(), face.apply(staged));
    }

    @Override
    public String toString() {
        return jaxpr.toString();
    }
}
