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
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.elementary.ThreefryProgram;
import dev.fluxion.numerics.kernels.MatrixProduct;
import dev.fluxion.numerics.reference.ReferenceBackend;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * A program on a few small arrays as a program on their elements: inputs and outputs stand element by element. Of a short
 * branch, all sides are computed: that is cheaper than to choose, and nobody can tell. Other branches and loops stay what they
 * are, around programs on scalars.
 */
final class Scalarization {
    /** Longer arrays are better off in kernels that run over them. */
    private static final int LONGEST = 16;

    /** Operations of a loop on scalars, and of loops that are written out. */
    private static final int MOST = 400;

    /** Operations of a whole program. */
    private static final int MOST_OF_A_PROGRAM = 20_000;

    /** What the operations on arrays of a whole program may cost: more of it is faster in kernels. */
    private static final int COST_OF_ARRAYS = 400;

    /** Fewer operations on arrays are one kernel, which others share. */
    private static final int FEWEST_ON_ARRAYS = 3;

    /** What the sides of a branch may cost together when all of them are computed. */
    private static final int COST_OF_SIDES = 60;

    private final int most;
    private final JaxprBuilder builder = new JaxprBuilder();
    private final Map<Var, Array<Atom>> elements = new IdentityHashMap<>();
    private int count;

    private Scalarization(int most) {
        this.most = most;
    }

    /** The body of a loop on scalars; none when an array is long or an operation is not made of elementwise ones. */
    static Option<Jaxpr> of(Jaxpr jaxpr) {
        return isSmall(jaxpr) ? within(MOST, jaxpr) : Option.none();
    }

    /** A whole program on scalars; none as in {@link #of}, or when there is much to do on arrays. */
    static Option<Jaxpr> program(Jaxpr jaxpr) {
        return isWorth(jaxpr) && isSmall(jaxpr) ? within(MOST_OF_A_PROGRAM, jaxpr) : Option.none();
    }

    /** Whether a program has operations on scalars, or some on arrays but not many. */
    private static boolean isWorth(Jaxpr jaxpr) {
        int operations = 0;
        int cost = 0;
        boolean arrays = jaxpr.inputs().exists(in -> in.type().size() != 1);
        for (Equation equation : jaxpr.equations()) {
            operations += equation.primitive() instanceof Movement ? 0 : 1;
            cost += costOfArrays(equation);
            arrays |= equation.outputs().exists(out -> out.type().size() != 1);
            if (cost > COST_OF_ARRAYS) {
                return false;
            }
        }
        return operations >= (arrays ? FEWEST_ON_ARRAYS : 1);
    }

    private static Option<Jaxpr> within(int most, Jaxpr jaxpr) {
        Scalarization made = new Scalarization(most);
        Jaxpr scalars = made.make(jaxpr);
        return made.isTooLong() ? Option.none() : Option.of(scalars);
    }

    private Jaxpr make(Jaxpr jaxpr) {
        Array<Array<Atom>> inputs = jaxpr.inputs()
                .map(in -> Array.fill(in.type().size(), () -> (Atom) builder.input(ArrayType.scalar(in.dtype()))));
        return builder.build(inline(jaxpr, inputs).flatMap(x -> x));
    }

    private boolean isTooLong() {
        return count > most;
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
            case Control.Calling _ -> false;
            case Control control ->
                !Effects.of(control) && Parameters.subPrograms(control).forAll(body -> isSmall(flat(body)));
            case Reduction.ArgReduce _, Reduction.Cumulative _, Custom _ -> false;
        };
        return elementwise && equation.outputs().forAll(out -> out.type().size() <= LONGEST);
    }

    private static Jaxpr flat(Jaxpr body) {
        return Planner.program(body);
    }

    /** About how many machine operations there are on elements of arrays. */
    private static int costOfArrays(Equation equation) {
        int size = 1;
        for (Var out : equation.outputs()) {
            size = Math.max(size, out.type().size());
        }
        for (Atom in : equation.inputs()) {
            size = Math.max(size, in.type().size());
        }
        if (size > LONGEST) {
            return COST_OF_ARRAYS + 1;
        }
        return switch (equation.primitive()) {
            case Elementwise p -> size == 1 ? 0 : size * Cost.of(p);
            case Control control ->
                Parameters.subPrograms(control)
                        .flatMap(body -> flat(body).equations())
                        .map(Scalarization::costOfArrays)
                        .sum()
                        .intValue();
            case Movement _, Reduction _, DotGeneral _, Threefry2x32 _, Custom _ -> size == 1 ? 0 : 2 * size;
        };
    }

    /** The elements of the outputs; nothing of use once there are too many operations. */
    private Array<Array<Atom>> inline(Jaxpr jaxpr, Array<Array<Atom>> inputs) {
        jaxpr.inputs().zip(inputs).forEach(in -> elements.put(in._1, in._2));
        jaxpr.constants().forEach(c -> elements.put(c.var(), literals(HostArray.of(c.value()))));
        for (Equation equation : jaxpr.equations()) {
            equation.outputs().zip(elements(equation)).forEach(out -> elements.put(out._1, out._2));
            if (isTooLong()) {
                return Array.empty();
            }
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
                Atom x = equation.input(0);
                Ints kept = axes.complement(x.shape().rank());
                Array<Atom> rows = arranged(x, kept.concat(axes.sorted()));
                int length = rowLength(x.shape(), axes);
                yield Array.of(Array.range(0, size).map(i -> reduce(op, row(rows, size, i), length, x.dtype())));
            }
            case DotGeneral p -> Array.of(dot(p.dimensionNumbers(), equation.input(0), equation.input(1)));
            case Control.Cond cond -> chosen(cond, equation.inputs().map(this::of));
            case Control.While loop -> repeated(loop, equation.inputs().map(this::of));
            case Control.Scan scan -> repeated(scan, equation.inputs().map(this::of));
            case Reduction _, Control _, Custom _ ->
                throw new IllegalStateException("not made of scalars: " + equation);
        };
    }

    /** A sub-program on scalars, whose operations count as ours. */
    private Jaxpr body(Jaxpr program) {
        Scalarization made = new Scalarization(most - count);
        Jaxpr body = made.make(flat(program));
        count += made.count;
        return body;
    }

    private Array<Array<Atom>> chosen(Control.Cond cond, Array<Array<Atom>> in) {
        Array<Jaxpr> sides = cond.branches().map(this::body);
        if (isTooLong()) {
            return Array.empty();
        }
        Atom last = Literal.of(DType.INT32, (long) sides.size() - 1);
        Atom index = append(
                new Elementwise.Clamp(),
                Array.of(Literal.of(DType.INT32, 0L), in.get(0).get(0), last));
        Array<Atom> operands = in.tail().flatMap(x -> x);
        Array<ArrayType> types = cond.branch(0).outputTypes();
        boolean cheap = sides.forAll(Scalarization::isStraight)
                && sides.map(side -> side.equations()
                                        .map(e -> Cost.of((Elementwise) e.primitive()))
                                        .sum()
                                        .intValue())
                                .sum()
                                .intValue()
                        <= COST_OF_SIDES;
        if (!cheap) {
            return grouped(builder.append(new Control.Cond(sides), operands.prepend(index), SourceInfo.UNKNOWN), types);
        }
        Array<Array<Atom>> results = sides.map(side -> builder.inline(side, operands));
        return grouped(
                Array.range(0, results.get(0).size())
                        .map(k -> append(
                                new Elementwise.SelectN(),
                                results.map(side -> side.get(k)).prepend(index))),
                types);
    }

    private static boolean isStraight(Jaxpr body) {
        return body.equations().forAll(equation -> equation.primitive() instanceof Elementwise);
    }

    private Array<Array<Atom>> repeated(Control.While loop, Array<Array<Atom>> in) {
        Jaxpr cond = body(loop.cond());
        Jaxpr step = body(loop.body());
        if (isTooLong()) {
            return Array.empty();
        }
        int condConsts = loop.condConsts(in).map(Array::size).sum().intValue();
        int bodyConsts = loop.bodyConsts(in).map(Array::size).sum().intValue();
        Array<Atom> results = builder.append(
                new Control.While(cond, condConsts, step, bodyConsts), in.flatMap(x -> x), SourceInfo.UNKNOWN);
        return grouped(results, loop.body().outputTypes());
    }

    /** A loop where only the carry goes from step to step; steps that read and write slices are written out. */
    private Array<Array<Atom>> repeated(Control.Scan scan, Array<Array<Atom>> in) {
        Jaxpr step = body(scan.body());
        if (isTooLong()) {
            return Array.empty();
        }
        Array<ArrayType> types = scan.body().outputTypes();
        if (scan.xs(in).isEmpty() && types.size() == scan.carry()) {
            int consts = scan.consts(in).map(Array::size).sum().intValue();
            int carry = scan.carry(in).map(Array::size).sum().intValue();
            Control.Scan loop = scan.with(step, consts, carry);
            return grouped(builder.append(loop, in.flatMap(x -> x), SourceInfo.UNKNOWN), types);
        }
        count += scan.length() * step.equations().size();
        if (isTooLong()) {
            return Array.empty();
        }
        Array<Atom> consts = scan.consts(in).flatMap(x -> x);
        Array<Array<Atom>> carry = scan.carry(in);
        Array<Array<Array<Atom>>> slices = Array.empty();
        for (int t = 0; t < scan.length(); t++) {
            int at = scan.reverse() ? scan.length() - 1 - t : t;
            Array<Atom> x = scan.xs(in).flatMap(stack -> row(stack, scan.length(), at));
            Array<Array<Atom>> results = grouped(
                    builder.inline(step, consts.appendAll(carry.flatMap(c -> c)).appendAll(x)), types);
            carry = scan.carryOut(results);
            slices = scan.reverse() ? slices.prepend(scan.ys(results)) : slices.append(scan.ys(results));
        }
        Array<Array<Array<Atom>>> all = slices;
        return carry.appendAll(Array.range(0, scan.ys(types).size()).map(y -> all.flatMap(results -> results.get(y))));
    }

    /** The elements of values one after another, as those of each value. */
    private static Array<Array<Atom>> grouped(Array<Atom> all, Array<ArrayType> types) {
        Array<Array<Atom>> groups = Array.empty();
        int from = 0;
        for (ArrayType type : types) {
            groups = groups.append(all.slice(from, from + type.size()));
            from += type.size();
        }
        return groups;
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

    /** How many elements of a reduction are reduced as a row: those along the last axes, if these are reduced. */
    private static int rowLength(Shape shape, Ints axes) {
        int length = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            if (axes.contains(axis)) {
                length *= shape.dim(axis);
            } else if (shape.dim(axis) != 1) {
                break;
            }
        }
        return length;
    }

    /** In the order of a kernel: rows one by one. */
    private Atom reduce(ReduceOp op, Array<Atom> all, int length, DType dtype) {
        if (all.isEmpty()) {
            return op.identity(dtype);
        }
        Array<Atom> rows =
                Array.range(0, all.size() / length).map(i -> reduceRow(op, row(all, all.size() / length, i)));
        return rows.tail().foldLeft(rows.head(), (x, y) -> append(new Elementwise.Binary(op.binary()), Array.of(x, y)));
    }

    /** In the order of a kernel's accumulators: the second half of 16 to the first, and so on. */
    private Atom reduceRow(ReduceOp op, Array<Atom> row) {
        Array<Atom> rest = row;
        for (int half = LONGEST / 2; half > 0; half /= 2) {
            int step = half;
            Array<Atom> now = rest;
            rest = Array.range(0, Math.min(half, now.size()))
                    .map(i -> i + step < now.size()
                            ? append(new Elementwise.Binary(op.binary()), Array.of(now.get(i), now.get(i + step)))
                            : now.get(i));
        }
        return rest.get(0);
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
            result = result.append(
                    rows == 1 || columns == 1 || d.lhsContracting().isEmpty()
                            ? sumOfProducts(x, y, columns == 1 ? x.size() : 1, lhs.dtype())
                            : chain(x, y, lhs.dtype()));
        }
        return result;
    }

    /** As a region computes it: see {@link ReductionPlanning}. */
    private Atom sumOfProducts(Array<Atom> x, Array<Atom> y, int length, DType dtype) {
        Array<Atom> products = x.zipWith(y, (p, q) -> append(new Elementwise.Binary(BinaryOp.MUL), Array.of(p, q)));
        return reduce(ReduceOp.SUM, products, length, dtype);
    }

    /** As a matrix product computes it: see {@link MatrixProduct}. */
    private Atom chain(Array<Atom> x, Array<Atom> y, DType dtype) {
        Atom sum = Literal.of(dtype, 0L);
        for (int p = 0; p < x.size(); p++) {
            sum = dtype.isFloating()
                    ? append(new Elementwise.Fma(), Array.of(x.get(p), y.get(p), sum))
                    : append(
                            new Elementwise.Binary(BinaryOp.ADD),
                            Array.of(sum, append(new Elementwise.Binary(BinaryOp.MUL), Array.of(x.get(p), y.get(p)))));
        }
        return sum;
    }

    private static int size(Shape shape, Ints axes) {
        return axes.stream().map(shape::dim).reduce(1, (p, q) -> p * q);
    }
}
