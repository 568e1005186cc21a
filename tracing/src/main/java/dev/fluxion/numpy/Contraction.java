package dev.fluxion.numpy;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of products over labelled axes: what matmul, tensordot and einsum are made of. A term is an array with a label for
 * each axis, no label twice; labels shared by terms are multiplied together, labels that the result does not keep are
 * summed over.
 */
final class Contraction {
    record Term(NDArray array, Ints labels) {
        int sizeOf(int label) {
            int axis = labels.indexOf(label);
            return axis < 0 ? 1 : array.shape().dim(axis);
        }
    }

    private Contraction() {}

    /** The product of all terms with the labels of the result in the order {@code output}. */
    static NDArray contract(List<Term> terms, Ints output) {
        List<Term> left = new ArrayList<>(terms);
        while (left.size() > 1) {
            int[] pair = cheapest(left);
            Term second = left.remove(pair[1]);
            Term first = left.remove(pair[0]);
            Ints needed = output;
            for (Term other : left) {
                needed = needed.concat(other.labels());
            }
            left.add(pair(first, second, needed));
        }
        Term last = sumOut(left.get(0), output);
        return Lax.transpose(last.array(), output.map(last.labels()::indexOf));
    }

    /** The two terms whose product takes the fewest multiplications; the first such pair. */
    private static int[] cheapest(List<Term> terms) {
        int[] best = {0, 1};
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; terms.size() > 2 && i < terms.size(); i++) {
            for (int j = i + 1; j < terms.size(); j++) {
                double cost = cost(terms.get(i), terms.get(j));
                if (cost < least) {
                    least = cost;
                    best = new int[] {i, j};
                }
            }
        }
        return best;
    }

    private static double cost(Term a, Term b) {
        return union(a.labels(), b.labels()).stream()
                .mapToDouble(label -> Math.max(a.sizeOf(label), b.sizeOf(label)))
                .reduce(1, (x, y) -> x * y);
    }

    private static Ints union(Ints a, Ints b) {
        return a.concat(Ints.of(b.stream().filter(label -> !a.contains(label))));
    }

    /** One product; labels not in {@code needed} are summed over. */
    private static Term pair(Term first, Term second, Ints needed) {
        Term a = sumOut(dropStretched(first, second), needed.concat(second.labels()));
        Term b = sumOut(dropStretched(second, first), needed.concat(a.labels()));
        a = sumOut(a, needed.concat(b.labels()));
        Ints bLabels = b.labels();
        Ints shared = Ints.of(a.labels().stream().filter(bLabels::contains));
        Ints batch = Ints.of(shared.stream().filter(needed::contains));
        Ints contracted = Ints.of(shared.stream().filter(label -> !needed.contains(label)));
        DotDimensionNumbers numbers = new DotDimensionNumbers(
                contracted.map(a.labels()::indexOf),
                contracted.map(bLabels::indexOf),
                batch.map(a.labels()::indexOf),
                batch.map(bLabels::indexOf));
        Ints labels = batch.concat(Ints.of(a.labels().stream().filter(label -> !shared.contains(label))))
                .concat(Ints.of(bLabels.stream().filter(label -> !shared.contains(label))));
        return new Term(dot(a.array(), b.array(), numbers), labels);
    }

    /** dot_general; truth values multiply as "and" and add as "or". */
    private static NDArray dot(NDArray a, NDArray b, DotDimensionNumbers numbers) {
        return a.dtype() == DType.BOOL
                ? Lax.dotGeneral(a.astype(DType.INT64), b.astype(DType.INT64), numbers)
                        .astype(DType.BOOL)
                : Lax.dotGeneral(a, b, numbers);
    }

    /** The term without its axes of size 1 that {@code other} has with a larger size. */
    private static Term dropStretched(Term term, Term other) {
        Ints dropped =
                Ints.of(term.labels().stream().filter(label -> term.sizeOf(label) == 1 && other.sizeOf(label) > 1));
        return new Term(
                Lax.squeeze(term.array(), dropped.map(term.labels()::indexOf)),
                Ints.of(term.labels().stream().filter(label -> !dropped.contains(label))));
    }

    /** The term summed over the labels that are not needed. */
    private static Term sumOut(Term term, Ints needed) {
        Ints summed = Ints.of(term.labels().stream().filter(label -> !needed.contains(label)));
        if (summed.isEmpty()) {
            return term;
        }
        Ints axes = summed.map(term.labels()::indexOf);
        NDArray total = term.array().dtype() == DType.BOOL
                ? Lax.reduceOr(term.array(), axes)
                : Lax.reduceSum(term.array(), axes);
        return new Term(total, Ints.of(term.labels().stream().filter(needed::contains)));
    }
}
