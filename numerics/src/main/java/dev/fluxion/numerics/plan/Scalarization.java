package dev.fluxion.numerics.plan;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Effects;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.passes.Passes;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.elementary.ThreefryProgram;
import dev.fluxion.numerics.reference.ReferenceBackend;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * A program on a few small arrays as a program on their elements: inputs and outputs stand element by element. Of a branch,
 * all sides are computed: that is cheaper than to choose, and nobody can tell.
 */
final class Scalarization {
    /** Longer arrays are better off in kernels that run over them. */
    private static final int LONGEST = 16;

    /** More operations than a loop on scalars would take. */
    private static final int MOST = 400;

    private final JaxprBuilder builder = new JaxprBuilder();
    private final Map<Var, Array<Atom>> elements = new IdentityHashMap<>();
    private int count;

    private Scalarization() {}

    /** The program on scalars; none when an array is long or an operation is not made of elementwise ones. */
    static Option<Jaxpr> of(Jaxpr jaxpr) {
        if (!isSmall(jaxpr)) {
            return Option.none();
        }
        Scalarization made = new Scalarization();
        Array<Array<Atom>> inputs = jaxpr.inputs()
                .map(in -> Array.fill(in.type().size(), () -> (Atom) made.builder.input(ArrayType.scalar(in.dtype()))));
        Array<Array<Atom>> outputs = made.inline(jaxpr, inputs);
        return made.count > MOST ? Option.none() : Option.of(made.builder.build(outputs.flatMap(x -> x)));
    }

    private static boolean isSmall(Jaxpr jaxpr) {
        return jaxpr.inputs().forAll(in -> in.type().size() <= LONGEST)
                && jaxpr.constants().forAll(c -> c.var().type().size() <= LONGEST)
                && jaxpr.equations().forAll(Scalarization::isSmall);
    }

    private static boolean isSmall(Equation equation) {
        boolean elementwise = switch (equation.primitive()) {
            case Elementwise _, Reduction.Reduce _, DotGeneral _, Threefry2x32 _ -> true;
            case Movement.DynamicSlice _, Movement.DynamicUpdateSlice _ -> false;
            case Movement _ -> true;
            case Control.Cond cond -> !Effects.of(cond) && flat(cond).forAll(Scalarization::isSmall);
            case Reduction.ArgReduce _, Reduction.Cumulative _, Control _, Custom _ -> false;
        };
        return elementwise && equation.outputs().forAll(out -> out.type().size() <= LONGEST);
    }

    private static Array<Jaxpr> flat(Control.Cond cond) {
        return cond.branches().map(branch -> Passes.simplify(Flattening.flatten(branch)));
    }

    /** The elements of the outputs; nothing of use once there are too many operations. */
    private Array<Array<Atom>> inline(Jaxpr jaxpr, Array<Array<Atom>> inputs) {
        jaxpr.inputs().zip(inputs).forEach(in -> elements.put(in._1, in._2));
        jaxpr.constants().forEach(c -> elements.put(c.var(), literals(HostArray.of(c.value()))));
        for (Equation equation : jaxpr.equations()) {
            if (count > MOST) {
                return Array.empty();
            }
            equation.outputs().zip(elements(equation)).forEach(out -> elements.put(out._1, out._2));
        }
        return jaxpr.outputs().map(this::of);
    }

    private static Array<Atom> literals(HostArray array) {
        return Array.range(0, array.type().size()).map(array::literalAt);
    }

    private Array<Atom> of(Atom atom) {
        return switch (atom) {
            case Literal literal -> Array.of(literal);
            case Var var -> elements.get(var);
        };
    }

    private Array<Array<Atom>> elements(Equation equation) {
        int size = equation.outputs().map(out -> out.type().size()).getOrElse(0);
        return switch (equation.primitive()) {
            case Elementwise p -> {
                Array<Array<Atom>> in = equation.inputs().map(this::of);
                yield Array.of(Array.range(0, size).map(i -> append(p, in.map(x -> x.get(x.size() == 1 ? 0 : i)))));
            }
            case Threefry2x32 _ -> {
                Array<Array<Atom>> in = equation.inputs().map(this::of);
                count += size * ThreefryProgram.jaxpr().equations().size();
                Array<Array<Atom>> pairs = Array.range(0, size)
                        .map(i -> builder.inline(ThreefryProgram.jaxpr(), in.map(x -> x.get(x.size() == 1 ? 0 : i))));
                yield Array.of(pairs.map(pair -> pair.get(0)), pairs.map(pair -> pair.get(1)));
            }
            case Movement p -> Array.of(moved(p, equation.inputs()));
            case Reduction.Reduce(ReduceOp op, Ints axes) -> {
                Ints kept = axes.complement(equation.input(0).shape().rank());
                Array<Atom> rows = arranged(equation.input(0), kept.concat(axes));
                yield Array.of(Array.range(0, size)
                        .map(i ->
                                reduce(op, row(rows, size, i), equation.input(0).dtype())));
            }
            case DotGeneral p -> Array.of(dot(p.dimensionNumbers(), equation.input(0), equation.input(1)));
            case Control.Cond cond -> chosen(cond, equation.inputs().map(this::of));
            case Reduction _, Control _, Custom _ ->
                throw new IllegalStateException("not made of scalars: " + equation);
        };
    }

    private Array<Array<Atom>> chosen(Control.Cond cond, Array<Array<Atom>> in) {
        Array<Array<Array<Atom>>> sides = flat(cond).map(branch -> inline(branch, in.tail()));
        if (count > MOST || sides.size() == 1) {
            return sides.get(0);
        }
        Atom last = Literal.of(DType.INT32, (long) sides.size() - 1);
        Atom index = append(
                new Elementwise.Clamp(),
                Array.of(Literal.of(DType.INT32, 0L), in.get(0).get(0), last));
        return Array.range(0, sides.get(0).size())
                .map(out -> Array.range(0, sides.get(0).get(out).size())
                        .map(i -> append(
                                new Elementwise.SelectN(),
                                sides.map(side -> side.get(out).get(i)).prepend(index))));
    }

    private Atom append(Elementwise p, Array<Atom> in) {
        count++;
        return builder.append(p, in, SourceInfo.UNKNOWN).get(0);
    }

    /** Tells where each element comes from by moving the numbers of the elements. */
    private Array<Atom> moved(Movement p, Array<Atom> operands) {
        JaxprBuilder numbering = new JaxprBuilder();
        Array<Atom> all = operands.flatMap(this::of);
        Array<HostArray> numbers = Array.empty();
        Array<Atom> inputs = Array.empty();
        int next = 0;
        for (Atom operand : operands) {
            ArrayType type = operand.type().withDType(DType.INT32);
            int[] own = new int[type.size()];
            for (int i = 0; i < own.length; i++) {
                own[i] = next++;
            }
            numbers = numbers.append(HostArray.wrap(type, own));
            inputs = inputs.append(numbering.input(type));
        }
        Jaxpr program = numbering.build(numbering.append(p, inputs, SourceInfo.UNKNOWN));
        HostArray result =
                HostArray.of(new ReferenceBackend().compile(program).run(numbers.toJavaArray(HostArray[]::new))[0]);
        return p instanceof Movement.Iota
                ? literals(result)
                : Array.range(0, result.type().size()).map(i -> all.get((int) result.longAt(i)));
    }

    private Array<Atom> arranged(Atom x, Ints axes) {
        return moved(new Movement.Transpose(axes), Array.of(x));
    }

    /** Row i of {@code rows} rows. */
    private static Array<Atom> row(Array<Atom> all, int rows, int i) {
        int length = all.size() / rows;
        return all.slice(i * length, (i + 1) * length);
    }

    /** In the order of a kernel's accumulators: the second half of 16 to the first, and so on. */
    private Atom reduce(ReduceOp op, Array<Atom> row, DType dtype) {
        Array<Atom> rest = row;
        for (int half = LONGEST / 2; half > 0; half /= 2) {
            int step = half;
            Array<Atom> now = rest;
            rest = Array.range(0, Math.min(half, now.size()))
                    .map(i -> i + step < now.size()
                            ? append(new Elementwise.Binary(op.binary()), Array.of(now.get(i), now.get(i + step)))
                            : now.get(i));
        }
        return rest.isEmpty() ? op.identity(dtype) : rest.get(0);
    }

    private Array<Atom> dot(DotDimensionNumbers d, Atom lhs, Atom rhs) {
        Shape left = lhs.shape();
        Shape right = rhs.shape();
        Ints leftFree = d.lhsFree(left.rank());
        Ints rightFree = d.rhsFree(right.rank());
        Array<Atom> a = arranged(lhs, d.lhsBatch().concat(leftFree).concat(d.lhsContracting()));
        Array<Atom> b = arranged(rhs, d.rhsBatch().concat(rightFree).concat(d.rhsContracting()));
        int batches = size(left, d.lhsBatch());
        int rows = size(left, leftFree);
        int columns = size(right, rightFree);
        Array<Atom> result = Array.empty();
        for (int i = 0; i < batches * rows * columns; i++) {
            Array<Atom> x = row(a, batches * rows, i / columns);
            Array<Atom> y = row(b, batches * columns, i / (rows * columns) * columns + i % columns);
            Array<Atom> products = x.zipWith(y, (p, q) -> append(new Elementwise.Binary(BinaryOp.MUL), Array.of(p, q)));
            result = result.append(reduce(ReduceOp.SUM, products, lhs.dtype()));
        }
        return result;
    }

    private static int size(Shape shape, Ints axes) {
        return axes.stream().map(shape::dim).reduce(1, (p, q) -> p * q);
    }
}
