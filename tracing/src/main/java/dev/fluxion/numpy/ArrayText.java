package dev.fluxion.numpy;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Arrays as NumPy prints them: nested brackets, aligned columns, lines of 75 characters, {@code ...} in large arrays. */
final class ArrayText {
    private static final int LINE_WIDTH = 75;
    private static final int MOST_ELEMENTS = 1000;
    private static final int EDGE_ITEMS = 3;

    private final Shape shape;
    private final int[] strides;
    private final boolean summarised;
    private final IntFunction<String> element;

    private ArrayText(ArrayData data) {
        shape = data.type().shape();
        strides = shape.strides().toArray();
        summarised = shape.size() > MOST_ELEMENTS;
        List<Integer> shown = new ArrayList<>();
        collectShown(0, 0, shown);
        element = ElementText.of(data, shown.stream().mapToInt(i -> i).toArray());
    }

    static String of(ArrayData data) {
        if (data.type().isScalar()) {
            return ElementText.ofScalar(data);
        }
        return data.type().size() == 0 ? "[]" : new ArrayText(data).axis(0, 0, " ", LINE_WIDTH);
    }

    /** The places along an axis that are shown; -1 stands for the ellipsis. */
    private int[] places(int axis) {
        int size = shape.dim(axis);
        if (!summarised || size <= 2 * EDGE_ITEMS) {
            return Ints.range(size).toArray();
        }
        int[] places = new int[2 * EDGE_ITEMS + 1];
        for (int i = 0; i < EDGE_ITEMS; i++) {
            places[i] = i;
            places[EDGE_ITEMS + 1 + i] = size - EDGE_ITEMS + i;
        }
        places[EDGE_ITEMS] = -1;
        return places;
    }

    private void collectShown(int axis, int offset, List<Integer> shown) {
        if (axis == shape.rank()) {
            shown.add(offset);
            return;
        }
        for (int place : places(axis)) {
            if (place >= 0) {
                collectShown(axis + 1, offset + place * strides[axis], shown);
            }
        }
    }

    private String axis(int axis, int offset, String indent, int width) {
        String text = axis == shape.rank() - 1 ? row(axis, offset, indent, width) : block(axis, offset, indent, width);
        return "[" + text.substring(indent.length()) + "]";
    }

    private String row(int axis, int offset, String indent, int width) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder(indent);
        int[] places = places(axis);
        for (int i = 0; i < places.length; i++) {
            String word = places[i] < 0 ? "..." : element.apply(offset + places[i] * strides[axis]);
            if (line.length() + word.length() > width - 1 && line.length() > indent.length()) {
                text.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(indent);
            }
            line.append(word).append(i + 1 < places.length ? " " : "");
        }
        return text.append(line).toString();
    }

    private String block(int axis, int offset, String indent, int width) {
        StringBuilder text = new StringBuilder();
        String separator = "\n".repeat(shape.rank() - axis - 1);
        int[] places = places(axis);
        for (int i = 0; i < places.length; i++) {
            String inner =
                    places[i] < 0 ? "..." : axis(axis + 1, offset + places[i] * strides[axis], indent + " ", width - 1);
            text.append(indent).append(inner).append(i + 1 < places.length ? separator : "");
        }
        return text.toString();
    }
}
