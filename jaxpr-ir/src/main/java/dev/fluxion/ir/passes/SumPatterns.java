package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.UnaryOp;

/**
 * Equal terms of sums come together: {@code 2*c + c = 3*c}, {@code (t + c) + c = t + 2*c}, {@code (c - t) + c = 2*c - t}.
 *
 * <p>Coefficients are small integers of equal sign, so that nothing cancels and infinities stay. {@code j*c + k*c} becomes
 * one correctly rounded product. {@code t + 2*c} and {@code t + 4*c} round once where the old form rounded twice; other
 * multiples of c round once more than they could, which is only done when c is itself a computed, hence rounded, value.
 */
record SumPatterns(PatternContext at) {
    private static final int LARGEST = 64;

    /** {@code coefficient * base}. */
    private record Term(long coefficient, Atom base) {
        Term times(long factor) {
            return new Term(coefficient * factor, base);
        }

        boolean combinesWith(Term other) {
            return base == other.base
                    && Long.signum(coefficient) == Long.signum(other.coefficient)
                    && Math.abs(coefficient + other.coefficient) <= LARGEST;
        }
    }

    /** A simpler form of {@code x op y}, or null. */
    Atom apply(BinaryOp op, Atom x, Atom y) {
        if (op != BinaryOp.ADD && op != BinaryOp.SUB) {
            return null;
        }
        Term left = term(x);
        Term right = op == BinaryOp.ADD ? term(y) : term(y).times(-1);
        if (left.combinesWith(right)) {
            return product(combined(left, right));
        }
        Atom inLeft = intoSum(x, 1, right);
        if (inLeft != null) {
            return inLeft;
        }
        Atom inRight = intoSum(y, op == BinaryOp.ADD ? 1 : -1, left);
        return inRight != null ? inRight : withoutNegativeLiteral(op, x, y);
    }

    private static Term combined(Term a, Term b) {
        return new Term(a.coefficient + b.coefficient, a.base);
    }

    private Term term(Atom atom) {
        if (atom instanceof Literal) {
            return new Term(1, atom);
        }
        Equation definition = at.definition(atom);
        if (definition == null) {
            return new Term(1, atom);
        }
        return switch (definition.primitive()) {
            case Elementwise.Unary(UnaryOp op)
            when op == UnaryOp.NEG -> term(definition.input(0)).times(-1);
            case Elementwise.Binary(BinaryOp op)
            when op == BinaryOp.MUL -> {
                Atom x = definition.input(0);
                Atom y = definition.input(1);
                yield isSmallInteger(x) ? scaled(x, y) : isSmallInteger(y) ? scaled(y, x) : new Term(1, atom);
            }
            default -> new Term(1, atom);
        };
    }

    private static boolean isSmallInteger(Atom atom) {
        return atom instanceof Literal literal
                && literal.doubleValue() == Math.rint(literal.doubleValue())
                && Math.abs(literal.doubleValue()) <= LARGEST
                && literal.doubleValue() != 0;
    }

    private static Term scaled(Atom coefficient, Atom base) {
        return new Term(((Literal) coefficient).longValue(), base);
    }

    /** {@code sign * sum + term} with the term joined to its equal in the sum, or null. */
    private Atom intoSum(Atom sum, int sign, Term term) {
        Equation definition = at.privateDefinition(sum);
        if (definition == null
                || !(definition.primitive() instanceof Elementwise.Binary(BinaryOp inner))
                || (inner != BinaryOp.ADD && inner != BinaryOp.SUB)) {
            return null;
        }
        Term first = term(definition.input(0)).times(sign);
        Term second = term(definition.input(1)).times(inner == BinaryOp.ADD ? sign : -sign);
        if (first.combinesWith(term) && mayScale(combined(first, term))) {
            return sum(combined(first, term), second);
        }
        return second.combinesWith(term) && mayScale(combined(second, term))
                ? sum(first, combined(second, term))
                : null;
    }

    private boolean mayScale(Term term) {
        return Long.bitCount(Math.abs(term.coefficient)) == 1
                || term.base.dtype().isInteger()
                || at.definition(term.base) != null;
    }

    private Atom sum(Term a, Term b) {
        if (a.coefficient > 0) {
            return b.coefficient > 0
                    ? at.append(BinaryOp.ADD, product(a), product(b))
                    : at.append(BinaryOp.SUB, product(a), product(b.times(-1)));
        }
        if (b.coefficient > 0) {
            return at.append(BinaryOp.SUB, product(b), product(a.times(-1)));
        }
        if (a.coefficient < -1) {
            return at.append(BinaryOp.SUB, product(a), product(b.times(-1)));
        }
        return b.coefficient < -1
                ? at.append(BinaryOp.SUB, product(b), product(a.times(-1)))
                : at.negate(at.append(BinaryOp.ADD, product(a.times(-1)), product(b.times(-1))));
    }

    private Atom product(Term term) {
        return at.append(BinaryOp.MUL, Literal.of(term.base.dtype(), term.coefficient), term.base);
    }

    /** {@code x + (-2)*y = x - 2*y}, {@code x - (-2)*y = x + 2*y}. */
    private Atom withoutNegativeLiteral(BinaryOp op, Atom x, Atom y) {
        Atom positive = positive(y);
        if (positive != null) {
            return at.append(op == BinaryOp.ADD ? BinaryOp.SUB : BinaryOp.ADD, x, positive);
        }
        Atom other = op == BinaryOp.ADD ? positive(x) : null;
        return other == null ? null : at.append(BinaryOp.SUB, y, other);
    }

    /** {@code c*z} for an atom {@code (-c)*z} that nothing else reads, else null. */
    private Atom positive(Atom atom) {
        Equation definition = at.privateDefinition(atom);
        if (definition == null
                || !(definition.primitive() instanceof Elementwise.Binary(BinaryOp inner))
                || inner != BinaryOp.MUL) {
            return null;
        }
        boolean negative = isNegative(definition.input(0)) || isNegative(definition.input(1));
        return negative ? at.negate(atom) : null;
    }

    private static boolean isNegative(Atom atom) {
        return atom instanceof Literal literal && literal.doubleValue() < 0;
    }
}
