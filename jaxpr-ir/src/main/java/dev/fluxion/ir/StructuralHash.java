package dev.fluxion.ir;

import io.vavr.collection.Array;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A 128-bit hash of what a program runs. It does not depend on the names of variables, the values of constants (their types
 * count), source locations, labels of calls, or derivative rules: programs of equal hash run the same code, so that an engine
 * may keep one executable for them. Their derivatives may differ; {@link JaxprEquality} compares rules too.
 */
public record StructuralHash(long high, long low) {

    private static final int UNARY = UnaryOp.values().length;

    /** The hash of {@code jaxpr}; sub-programs count by their own hash. */
    static StructuralHash of(Jaxpr jaxpr) {
        Mixer mixer = new Mixer();
        VarMap<Integer> numbers =
                new VarMap<>(jaxpr.inputs().size() + jaxpr.equations().size());
        mixer.add(jaxpr.constants().size());
        jaxpr.constants().forEach(c -> input(mixer, numbers, c.var()));
        mixer.add(jaxpr.inputs().size());
        jaxpr.inputs().forEach(in -> input(mixer, numbers, in));
        Map<Primitive, String> texts = new HashMap<>();
        jaxpr.equations().forEach(equation -> equation(mixer, numbers, equation, texts));
        atoms(mixer, numbers, jaxpr.outputs());
        return mixer.finish();
    }

    private static void input(Mixer mixer, VarMap<Integer> numbers, Var in) {
        numbers.put(in, numbers.size());
        mixer.add(in.dtype().ordinal());
        mixer.add(in.shape().rank());
        for (int axis = 0; axis < in.shape().rank(); axis++) {
            mixer.add(in.shape().dim(axis));
        }
    }

    private static void equation(
            Mixer mixer, VarMap<Integer> numbers, Equation equation, Map<Primitive, String> texts) {
        primitive(mixer, equation.primitive(), texts);
        atoms(mixer, numbers, equation.inputs());
        for (int i = 0; i < equation.outputs().size(); i++) {
            numbers.put(equation.outputs().get(i), numbers.size());
        }
    }

    /** The two largest families by number, below the lengths of texts; the others by their text. */
    private static void primitive(Mixer mixer, Primitive primitive, Map<Primitive, String> texts) {
        switch (primitive) {
            case Elementwise.Unary(UnaryOp op) -> mixer.add(-1 - op.ordinal());
            case Elementwise.Binary(BinaryOp op) -> mixer.add(-1 - UNARY - op.ordinal());
            case Elementwise _, Movement _, Reduction _, DotGeneral _, Threefry2x32 _ ->
                mixer.add(texts.computeIfAbsent(primitive, Primitive::toString));
            case Control control -> {
                mixer.add(control.name());
                Parameters.of(control).forEach(parameter -> value(mixer, parameter.value()));
            }
            case Custom custom -> {
                mixer.add(custom.name());
                mixer.add(custom.hashCode());
                mixer.add(custom.toString());
            }
        }
    }

    /** A parameter of a control operation. */
    private static void value(Mixer mixer, Object value) {
        switch (value) {
            case Jaxpr jaxpr -> {
                StructuralHash hash = jaxpr.structuralHash();
                mixer.add(hash.high);
                mixer.add(hash.low);
            }
            case Array<?> array -> {
                mixer.add(array.size());
                array.forEach(element -> value(mixer, element));
            }
            case Integer number -> mixer.add(number);
            case Ints numbers -> mixer.add(numbers.toString());
            case Boolean truth -> mixer.add(truth ? 1 : 0);
            case String _, LazyJaxpr _, CheckpointPolicy _ -> {} // these do not change what runs
            default -> throw new IllegalStateException("no hash is known for parameters of " + value.getClass());
        }
    }

    private static void atoms(Mixer mixer, VarMap<Integer> numbers, Array<Atom> atoms) {
        mixer.add(atoms.size());
        for (int i = 0; i < atoms.size(); i++) {
            switch (atoms.get(i)) {
                case Var var -> mixer.add(numbers.get(var));
                case Literal literal -> {
                    mixer.add(-1 - literal.dtype().ordinal());
                    mixer.add(literal.bits());
                }
            }
        }
    }

    /** Two independent multiply-xor streams. */
    private static final class Mixer {
        private long a = 0x9E3779B97F4A7C15L;
        private long b = 0xC2B2AE3D27D4EB4FL;

        void add(long value) {
            a = (a ^ value) * 0xFF51AFD7ED558CCDL;
            a ^= a >>> 32;
            b = (b ^ Long.rotateLeft(value, 31)) * 0x9FB21C651E98DF25L;
            b ^= b >>> 29;
        }

        void add(String text) {
            add(text.length());
            for (int i = 0; i < text.length(); i++) {
                add(text.charAt(i));
            }
        }

        StructuralHash finish() {
            long[] state = {a, b};
            add(Arrays.hashCode(state));
            return new StructuralHash(a, b);
        }
    }
}
