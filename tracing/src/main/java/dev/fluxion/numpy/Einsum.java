package dev.fluxion.numpy;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.tracing.Tracing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads an einsum specification such as {@code ...ij,jk->...ik} and hands it to {@link Contraction}. */
final class Einsum {
    private static final String ELLIPSIS = "...";

    private final String spec;
    private final NDArray[] operands;
    private final Map<Integer, Integer> sizes = new HashMap<>();

    private Einsum(String spec, NDArray[] operands) {
        this.spec = spec;
        this.operands = operands;
    }

    static NDArray of(String subscripts, NDArray... operands) {
        return new Einsum(subscripts.replace(" ", ""), operands).run();
    }

    private NDArray run() {
        int arrow = spec.indexOf("->");
        String[] inputs = (arrow < 0 ? spec : spec.substring(0, arrow)).split(",", -1);
        if (inputs.length != operands.length) {
            throw error("it names " + inputs.length + " operands, given " + operands.length);
        }
        int ellipsisRank = 0;
        for (int i = 0; i < inputs.length; i++) {
            int rank = operands[i].ndim() - inputs[i].replace(ELLIPSIS, "").length();
            if (rank < 0 || (rank > 0 && !inputs[i].contains(ELLIPSIS))) {
                throw error("\"" + inputs[i] + "\" does not name the axes of operand " + i + ", " + operands[i].type()
                        + " of rank " + operands[i].ndim());
            }
            ellipsisRank = Math.max(ellipsisRank, rank);
        }
        var dtype = Operators.promoted(operands);
        List<Contraction.Term> terms = new ArrayList<>();
        List<Ints> labels = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            int rank = operands[i].ndim() - inputs[i].replace(ELLIPSIS, "").length();
            labels.add(labels(inputs[i], ellipsisRank - rank, ellipsisRank));
            checkSizes(i, labels.get(i));
            terms.add(diagonals(operands[i].astype(dtype), labels.get(i)));
        }
        return Contraction.contract(
                terms, arrow < 0 ? implicitOutput(labels, ellipsisRank) : output(arrow, labels, ellipsisRank));
    }

    /** The labels of one part: letters as themselves, axes of the ellipsis as {@code -rank..-1}, from {@code first} on. */
    private Ints labels(String part, int first, int ellipsisRank) {
        int at = part.indexOf(ELLIPSIS);
        String before = at < 0 ? part : part.substring(0, at);
        String after = at < 0 ? "" : part.substring(at + ELLIPSIS.length());
        for (char c : (before + after).toCharArray()) {
            if (!Character.isLetter(c)) {
                throw error("'" + c + "' is not a letter");
            }
        }
        Ints middle = at < 0 ? Ints.of() : Ints.range(first, ellipsisRank).map(k -> k - ellipsisRank);
        return Ints.of(before.chars()).concat(middle).concat(Ints.of(after.chars()));
    }

    private void checkSizes(int operand, Ints labels) {
        Shape shape = operands[operand].shape();
        for (int axis = 0; axis < labels.size(); axis++) {
            int size = shape.dim(axis);
            int label = labels.get(axis);
            int known = sizes.merge(label, size, (a, b) -> a == 1 ? b : a);
            if (size != known && size != 1) {
                throw error((label < 0 ? "an axis of \"...\"" : "'" + (char) label + "'") + " has size " + known
                        + " before, but size " + size + " in operand " + operand + ", "
                        + operands[operand].type());
            }
        }
    }

    /** The term with its repeated labels read as diagonals. */
    private Contraction.Term diagonals(NDArray array, Ints labels) {
        NDArray x = array;
        Ints left = labels;
        for (int axis = 0; axis < left.size(); axis++) {
            int label = left.get(axis);
            int again = Ints.of(left.stream().skip(axis + 1L)).indexOf(label);
            if (again >= 0) {
                Ints pair = Ints.of(axis, axis + 1 + again);
                int size = x.shape().dim(axis);
                if (size != x.shape().dim(pair.last())) {
                    throw error("'" + (char) label + "' repeats in one operand with sizes " + size + " and "
                            + x.shape().dim(pair.last()));
                }
                x = Numpy.diagonal(x, 0, axis, pair.last());
                left = pair.complement(left.size()).map(left::get).append(label);
                // the axes have moved: from the start again
                axis = -1;
            }
        }
        return new Contraction.Term(x, left);
    }

    /** Without an arrow: the ellipsis, then the letters that stand once, in alphabetical order. */
    private static Ints implicitOutput(List<Ints> labels, int ellipsisRank) {
        Map<Integer, Integer> counts = new HashMap<>();
        labels.forEach(
                l -> l.stream().filter(label -> label >= 0).forEach(label -> counts.merge(label, 1, Integer::sum)));
        Stream<Integer> once =
                counts.keySet().stream().filter(label -> counts.get(label) == 1).sorted();
        return Ints.range(ellipsisRank).map(k -> k - ellipsisRank).concat(Ints.of(once.mapToInt(label -> label)));
    }

    private Ints output(int arrow, List<Ints> labels, int ellipsisRank) {
        String part = spec.substring(arrow + 2);
        Ints output = labels(part, 0, ellipsisRank);
        for (int i = 0; i < output.size(); i++) {
            int label = output.get(i);
            if (labels.stream().noneMatch(l -> l.contains(label))) {
                throw error("the output names '" + (char) label + "', which no operand has");
            }
            if (output.indexOf(label) != i) {
                throw error("the output names '" + (char) label + "' twice");
            }
        }
        if (ellipsisRank > 0 && !part.contains(ELLIPSIS)) {
            throw error("the operands have axes of \"...\", which the output leaves out");
        }
        return output;
    }

    private FluxionException error(String what) {
        return Tracing.located(FluxionException.of(ErrorCode.BAD_EINSUM, "einsum \"" + spec + "\": " + what));
    }
}
