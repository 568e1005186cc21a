package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.VarMap;
import io.vavr.collection.Array;

/** What patterns look at, and how they append. */
record PatternContext(JaxprBuilder builder, VarMap<Integer> uses, SourceInfo source) {

    Equation definition(Atom atom) {
        return builder.definition(atom);
    }

    /** The definition of a value that only the operation at hand reads, else null: replacing it costs nothing. */
    Equation privateDefinition(Atom atom) {
        // A value that is not counted was made by a pattern, for one reader.
        return atom instanceof Var var && uses.getOrDefault(var, 1) <= 1 ? builder.definition(var) : null;
    }

    Atom append(Primitive primitive, Atom... operands) {
        return append(primitive, Array.of(operands));
    }

    Atom append(Primitive primitive, Array<Atom> operands) {
        return builder.append(primitive, operands, source).get(0);
    }

    Atom append(BinaryOp op, Atom x, Atom y) {
        return append(new Elementwise.Binary(op), x, y);
    }

    Atom negate(Atom x) {
        return append(new Elementwise.Unary(UnaryOp.NEG), x);
    }
}
