package dev.fluxion.tree;

import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** A class whose user said how its values come apart. */
final class RegisteredNode<T> implements NodeType {
    private final Class<T> type;
    private final Function1<T, Tuple2<Array<Object>, Object>> flatten;
    private final Function2<Object, Array<Object>, T> unflatten;

    RegisteredNode(
            Class<T> type,
            Function1<T, Tuple2<Array<Object>, Object>> flatten,
            Function2<Object, Array<Object>, T> unflatten) {
        this.type = type;
        this.flatten = flatten;
        this.unflatten = unflatten;
    }

    @Override
    public Parts parts(Object value) {
        var taken = flatten.apply(type.cast(value));
        return new Parts(taken._2(), taken._1().toJavaArray());
    }

    @Override
    public Object build(Object metadata, Object[] children) {
        return unflatten.apply(metadata, Array.of(children));
    }

    @Override
    public String key(Object metadata, int i) {
        return "[" + i + "]";
    }

    @Override
    public String render(Object metadata, Array<String> children) {
        String data = metadata == null ? "" : "[" + Statics.print(metadata) + "]";
        return type.getSimpleName() + data + children.mkString("(", ", ", ")");
    }
}
