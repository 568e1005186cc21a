package dev.fluxion.transforms;

import dev.fluxion.ir.Ints;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Function4;
import io.vavr.Function5;
import io.vavr.collection.Array;
import java.io.InvalidObjectException;
import java.io.Serializable;

/**
 * A user's function in a stream of Java objects: the function object itself. Its traces and compiled programs are made again
 * where it is read.
 *
 * @param statics the static arguments that the function object is known to have
 * @param more those that belong to this use of it
 */
record SerializedFunction(Object function, int arity, Ints statics, Ints more) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A function that a transform made for itself: it refers to those it was made of. */
    record Internal(String label, Function1<Array<?>, ?> body) implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            return TreeFunction.internal(label, body);
        }
    }

    private Object readResolve() throws InvalidObjectException {
        if (statics == null || more == null) {
            throw new InvalidObjectException("not a function");
        }
        if (!statics.isEmpty()) {
            StaticArguments.mark(function, statics);
        }
        return read().withStatics(more);
    }

    private TreeFunction read() throws InvalidObjectException {
        return switch (function) {
            case Function1<?, ?> f when arity == 1 -> TreeFunction.of(f);
            case Function2<?, ?, ?> f when arity == 2 -> TreeFunction.of(f);
            case Function3<?, ?, ?, ?> f when arity == 3 -> TreeFunction.of(f);
            case Function4<?, ?, ?, ?, ?> f when arity == 4 -> TreeFunction.of(f);
            case Function5<?, ?, ?, ?, ?, ?> f when arity == 5 -> TreeFunction.of(f);
            case null, default -> throw new InvalidObjectException("not a function of " + arity + " arguments");
        };
    }
}
