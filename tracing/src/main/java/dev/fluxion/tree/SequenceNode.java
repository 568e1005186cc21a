package dev.fluxion.tree;

import io.vavr.collection.Array;
import java.util.function.Function;

/**
 * Lists, tuples and the like: the children are the elements, the path steps are {@code [0], [1], ...}.
 *
 * @param open what stands before the elements in print
 */
record SequenceNode(String open, String close, Function<Object, Object[]> elements, Function<Object[], Object> rebuild)
        implements NodeType {
    @Override
    public Parts parts(Object value) {
        return new Parts(null, elements.apply(value));
    }

    @Override
    public Object build(Object metadata, Object[] children) {
        return rebuild.apply(children);
    }

    @Override
    public String key(Object metadata, int i) {
        return "[" + i + "]";
    }

    @Override
    public String render(Object metadata, Array<String> children) {
        boolean loneInTuple = open.equals("(") && children.size() == 1;
        return children.mkString(open, ", ", loneInTuple ? ",)" : close);
    }
}
