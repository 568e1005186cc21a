package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.MemoryAnalysis;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a scan only adds up from products of matrices becomes one product behind the loop:
 * {@code c + sum_t x_t^T y_t = c + [x_0 x_1 ..]^T [y_0 y_1 ..]}. The gradient of a matrix that every step multiplies by is
 * such a sum; its Hessian times a vector is one of two products in each step.
 *
 * <p>The terms are added in the order of one long contraction, so that last bits differ from those of the loop; the same
 * program always gives the same bits. Factors that the loop does not read as slices already are stacked, only where these
 * stacks are no larger than what the loop reads as slices anyway: memory in proportion to the number of steps stays a
 * decision of the program.
 */
public final class LoopSums implements Pass {
    /** The most operations that one term is made by. */
    private static final int MOST = 16;

    @Override
    public String name() {
        return "loop_sums";
    }

    @Override
    public Jaxpr apply(Jaxpr jaxpr) {
        boolean any = Rewriting.exists(jaxpr, Control.Scan.class::isInstance);
        return any ? new Moving().rewrite(jaxpr) : jaxpr;
    }

    private static final class Moving extends Rewriting {
        @Override
        Step begin(Jaxpr jaxpr, JaxprBuilder builder) {
            return (equation, primitive, operands) -> {
                Loop loop = primitive instanceof Control.Scan scan ? Loop.of(scan) : null;
                return loop == null
                        ? builder.append(primitive, operands, equation.source())
                        : loop.append(operands, equation, builder);
            };
        }
    }

    /**
     * Carry {@code position} is {@code before + term} or {@code before - term} after a step, and nothing else in the body
     * reads it.
     *
     * @param addition the equation of the new carry
     * @param term a sum of products
     * @param equations what makes the term; nothing else reads it
     */
    private record Sum(int position, Equation addition, Atom term, List<Equation> equations) {
        /** The factors of all products. */
        List<Atom> factors() {
            return equations.stream()
                    .filter(equation -> equation.primitive() instanceof DotGeneral)
                    .flatMap(equation -> equation.inputs().toJavaStream())
                    .toList();
        }
    }

    /** @param stacked the factors of the sums that the loop does not read as slices */
    private record Loop(Control.Scan scan, List<Sum> sums, List<Atom> stacked) {
        /** The sums of a scan, or null when there is none. */
        static Loop of(Control.Scan scan) {
            Jaxpr body = scan.body();
            Map<Var, Integer> uses = body.useCounts();
            Map<Var, Equation> definitions = new IdentityHashMap<>();
            body.equations().forEach(e -> e.outputs().forEach(out -> definitions.put(out, e)));
            long room = MemoryAnalysis.bytes(scan.xs(body.inputTypes()));
            List<Atom> stacked = new ArrayList<>();
            List<Sum> sums = new ArrayList<>();
            for (int k = 0; k < scan.carry(); k++) {
                Sum sum = sum(scan, k, uses, definitions);
                if (sum == null) {
                    continue;
                }
                long bytes = 0;
                List<Atom> factors = new ArrayList<>();
                for (Atom factor : sum.factors()) {
                    if (!isSlice(scan, factor) && !stacked.contains(factor) && !factors.contains(factor)) {
                        factors.add(factor);
                        bytes += factor.type().byteSize();
                    }
                }
                if (bytes <= room) {
                    room -= bytes;
                    stacked.addAll(factors);
                    sums.add(sum);
                }
            }
            return sums.isEmpty() ? null : new Loop(scan, sums, stacked);
        }

        private static Sum sum(
                Control.Scan scan, int position, Map<Var, Integer> uses, Map<Var, Equation> definitions) {
            Var before = scan.carry(scan.body().inputs()).get(position);
            if (!(scan.body().outputs().get(position) instanceof Var after)
                    || uses.getOrDefault(before, 0) != 1
                    || uses.get(after) != 1
                    || !(definitions.get(after) instanceof Equation addition)
                    || !(addition.primitive() instanceof Elementwise.Binary(BinaryOp op))) {
                return null;
            }
            boolean first = addition.input(0) == before && (op == BinaryOp.ADD || op == BinaryOp.SUB);
            boolean second = addition.input(1) == before && op == BinaryOp.ADD;
            Sum sum = new Sum(position, addition, addition.input(first ? 1 : 0), new ArrayList<>());
            return (first || second) && isOfProducts(sum.term(), scan, uses, definitions, sum.equations()) ? sum : null;
        }

        /** Whether a value that one operation reads is a product of factors that change, or a sum of a few such. */
        private static boolean isOfProducts(
                Atom atom,
                Control.Scan scan,
                Map<Var, Integer> uses,
                Map<Var, Equation> definitions,
                List<Equation> equations) {
            if (!(atom instanceof Var var)
                    || uses.get(var) != 1
                    || !(definitions.get(var) instanceof Equation definition)
                    || equations.size() == MOST) {
                return false;
            }
            equations.add(definition);
            return switch (definition.primitive()) {
                case DotGeneral _ -> definition.inputs().forAll(factor -> changes(scan, factor));
                case Elementwise.Binary(BinaryOp op) ->
                    (op == BinaryOp.ADD || op == BinaryOp.SUB)
                            && definition.inputs().forAll(in -> isOfProducts(in, scan, uses, definitions, equations));
                case Movement.Transpose _ -> isOfProducts(definition.input(0), scan, uses, definitions, equations);
                default -> false;
            };
        }

        /** Whether a factor is another one in each step. */
        private static boolean changes(Control.Scan scan, Atom factor) {
            return factor instanceof Var var
                    && !scan.consts(scan.body().inputs()).contains(var)
                    && !scan.carry(scan.body().inputs()).contains(var);
        }

        private static boolean isSlice(Control.Scan scan, Atom factor) {
            return factor instanceof Var var && scan.xs(scan.body().inputs()).contains(var);
        }

        /** The loop without the sums, the products behind it, and the results in their places. */
        Array<Atom> append(Array<Atom> operands, Equation equation, JaxprBuilder builder) {
            Jaxpr body = scan.body();
            Array<Integer> gone = Array.ofAll(sums).map(Sum::position);
            Array<Integer> kept = Array.range(0, scan.carry()).removeAll(gone);
            Array<Var> inputs = scan.consts(body.inputs())
                    .appendAll(kept.map(scan.carry(body.inputs())::get))
                    .appendAll(scan.xs(body.inputs()));
            Array<Atom> outputs = kept.map(body.outputs()::get)
                    .appendAll(scan.ys(body.outputs()))
                    .appendAll(stacked);
            Array<Equation> equations = body.equations().reject(this::belongsToSum);
            Control.Scan loop =
                    scan.with(new Jaxpr(body.constants(), inputs, equations, outputs), scan.consts(), kept.size());
            Array<Atom> in = scan.consts(operands)
                    .appendAll(kept.map(scan.carry(operands)::get))
                    .appendAll(scan.xs(operands));
            Array<Atom> results = builder.append(loop, in, equation.source());
            Array<Atom> stacks = results.takeRight(stacked.size());
            Array<Atom> ys = results.slice(kept.size(), results.size() - stacked.size());
            Map<Integer, Atom> carries = new HashMap<>();
            kept.zipWithIndex().forEach(k -> carries.put(k._1, results.get(k._2)));
            UnaryOperator<Atom> stack = factor -> {
                int x = scan.xs(body.inputs()).indexOf(factor instanceof Var var ? var : null);
                return x >= 0 ? scan.xs(operands).get(x) : stacks.get(stacked.indexOf(factor));
            };
            for (Sum sum : sums) {
                Atom before = scan.carry(operands).get(sum.position());
                Array<Atom> terms = Array.of(before, total(sum.term(), sum, stack, builder));
                carries.put(sum.position(), append(sum.addition().primitive(), terms, sum.addition(), builder));
            }
            return Array.range(0, scan.carry()).map(carries::get).appendAll(ys);
        }

        /** The value of a term for all steps together. */
        private static Atom total(Atom term, Sum sum, UnaryOperator<Atom> stack, JaxprBuilder builder) {
            Equation equation = sum.equations().stream()
                    .filter(e -> e.output() == term)
                    .findFirst()
                    .orElseThrow();
            return equation.primitive() instanceof DotGeneral product
                    ? append(
                            overSteps(product.dimensionNumbers()),
                            equation.inputs().map(stack),
                            equation,
                            builder)
                    : append(
                            equation.primitive(),
                            equation.inputs().map(in -> total(in, sum, stack, builder)),
                            equation,
                            builder);
        }

        private static Atom append(Primitive primitive, Array<Atom> operands, Equation source, JaxprBuilder builder) {
            return builder.append(primitive, operands, source.source()).get(0);
        }

        private boolean belongsToSum(Equation equation) {
            return sums.stream()
                    .anyMatch(
                            sum -> equation == sum.addition() || sum.equations().contains(equation));
        }

        /** The product of stacks that contracts the steps as well. */
        private static Primitive overSteps(DotDimensionNumbers d) {
            return new DotGeneral(new DotDimensionNumbers(
                    d.lhsContracting().map(axis -> axis + 1).prepend(0),
                    d.rhsContracting().map(axis -> axis + 1).prepend(0),
                    d.lhsBatch().map(axis -> axis + 1),
                    d.rhsBatch().map(axis -> axis + 1)));
        }
    }
}
