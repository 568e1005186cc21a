package dev.fluxion.tracing;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.GivenUp;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.SourceInfo;

/** What an array is behind its face: data, or a place in a program being traced. */
public sealed interface Value {
    ArrayType type();

    /** Whether this is a scalar that becomes a literal in a program, and so may stand beside arrays as it is. */
    default boolean isLiteral() {
        return switch (this) {
            case Concrete concrete -> concrete.type().isScalar();
            case Tracer tracer -> tracer.atom() instanceof Literal;
        };
    }

    /** Concrete data. */
    record Concrete(ArrayData data) implements Value {
        /**
         * The data, to be read.
         *
         * @throws dev.fluxion.ir.FluxionException FX0603 when it was donated to a program or deleted
         */
        public ArrayData read() {
            GivenUp givenUp = data.givenUp();
            if (givenUp != null) {
                throw Tracing.located(givenUp.error(type()));
            }
            return data;
        }

        @Override
        public ArrayType type() {
            return data.type();
        }
    }

    /** A handle on an atom of the program that {@code trace} builds. */
    record Tracer(Trace trace, Atom atom, SourceInfo created) implements Value {
        @Override
        public ArrayType type() {
            return atom.type();
        }
    }
}
