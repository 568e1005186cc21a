package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Shape;
import dev.fluxion.numerics.codegen.KernelSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Elementwise operations over one index space, and the reductions their values end in: one kernel. */
final class Region implements Step {
    /** What a loop body may cost: larger methods are compiled badly or not at all. */
    private static final int LOOP_LIMIT = 160;

    /** The same for straight-line code on scalars. */
    private static final int SCALAR_LIMIT = 190;

    private static final int ARRAY_LIMIT = 20;

    /** {@code outputs = primitive operands}. */
    record Member(Primitive primitive, List<Value> operands, List<Node> outputs) {}

    /** {@code output = op over the axes (of the index space) of operand}. */
    record End(ReduceOp op, Value operand, Ints axes, Node output) {}

    private int index;
    private final Ints dims;
    private final List<Member> members = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();
    private final Map<Read, Read> reads = new LinkedHashMap<>();
    private final List<Copy> prologue = new ArrayList<>();
    private int cost;
    private Nest nest;

    /** What is written, once that is settled. */
    private List<Node> writes;

    /** @param dims the index space: the sizes of the axes, without those of size 1 */
    Region(int index, Ints dims) {
        this.index = index;
        this.dims = dims;
    }

    /** The index space of arrays of a shape: the sizes of its axes without ones. */
    static Ints space(Shape shape) {
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.dim(axis) == 1) {
                return Ints.of(shape.dims().stream().filter(dim -> dim != 1));
            }
        }
        return shape.dims();
    }

    int index() {
        return index;
    }

    Ints dims() {
        return dims;
    }

    /** Whether the value is in a register of this region's loop body when a member reads it. */
    boolean holds(Value.View view) {
        return view.node().producer() == index
                && view.node().isFusible()
                && view.isWhole()
                && view.layout().hasSpace(dims);
    }

    /**
     * Whether an operation may join.
     *
     * @param wanted the loops it needs, or null when any will do
     */
    boolean accepts(List<Value> operands, int moreCost, Nest wanted) {
        if (cost + moreCost > (dims.isEmpty() ? SCALAR_LIMIT : LOOP_LIMIT)
                || (wanted != null && nest != null && !nest.equals(wanted))) {
            return false;
        }
        Nest needed = nest == null ? wanted : nest;
        int count = reads.size();
        for (Value operand : operands) {
            Read read = operand instanceof Value.View view && !holds(view) ? Read.of(view) : null;
            if (read != null && !reads.containsKey(read)) {
                count++;
                if (needed != null && !needed.fits(read.layout())) {
                    return false;
                }
            }
        }
        return count <= ARRAY_LIMIT
                && (needed == null || reads.keySet().stream().allMatch(read -> needed.fits(read.layout())));
    }

    void add(Member member, int memberCost) {
        for (Value operand : member.operands()) {
            read(operand);
        }
        members.add(member);
        cost += memberCost;
    }

    void add(End end, Nest loops) {
        read(end.operand());
        ends.add(end);
        nest = loops;
        cost++;
    }

    private void read(Value value) {
        if (value instanceof Value.View view && !holds(view)) {
            view.node().readBy(this);
            Read read = Read.of(view);
            reads.putIfAbsent(read, read);
        }
    }

    @Override
    public void finish() {
        if (nest == null) {
            nest = Nest.collapse(dims, reads.keySet().stream().map(Read::layout).toList());
        }
        reads.replaceAll((read, same) -> read.isWorthTransposing() || isWorthPacking(read) ? packed(read) : read);
        writes = written();
    }

    /** Whether the loops run over the same few elements again and again, and not along them. */
    private boolean isWorthPacking(Read read) {
        if (dims.isEmpty()) {
            return false;
        }
        int[] strides = nest.strides(read.layout());
        int inner = strides[strides.length - 1];
        return inner != 0
                && inner != 1
                && 2 * read.layout().distinct().size() <= read.layout().size();
    }

    /** The same elements read from a copy that holds each of them once, in the order of the loops. */
    private Read packed(Read read) {
        Layout distinct = read.layout().distinct();
        Node copy = Node.stored(read.node().dtype(), distinct.size(), index);
        copy.readBy(index);
        prologue.add(new Copy(read.node(), distinct, copy));
        return new Read(copy, read.layout().packed());
    }

    @Override
    public List<Node> reads() {
        return reads.keySet().stream().map(Read::node).toList();
    }

    @Override
    public List<Node> writes() {
        return writes == null ? written() : writes;
    }

    private List<Node> written() {
        List<Node> nodes = new ArrayList<>();
        prologue.forEach(copy -> nodes.addAll(copy.writes()));
        for (Member member : members) {
            for (Node output : member.outputs()) {
                if (output.isStored()) {
                    nodes.add(output);
                }
            }
        }
        ends.forEach(end -> nodes.add(end.output()));
        return nodes;
    }

    @Override
    public void moveTo(int position) {
        index = position;
        members.forEach(member -> member.outputs().forEach(node -> node.producedBy(position)));
        ends.forEach(end -> end.output().producedBy(position));
        reads().forEach(node -> node.readBy(position));
    }

    private long size() {
        return dims.stream().asLongStream().reduce(1, (a, b) -> a * b);
    }

    /** An input read only at the place that is written: every iteration has read its element before it writes. */
    @Override
    public Node inPlace(Node output, Predicate<Node> dying) {
        if (!output.isFusible() || reads.size() + writes().size() > KernelSpec.SHARING_ARRAYS) {
            return null;
        }
        for (Read read : reads.values()) {
            Node node = read.node();
            if (node.dtype() == output.dtype() && read.isWhole() && dying.test(node) && isReadOnce(node)) {
                return node;
            }
        }
        return null;
    }

    private boolean isReadOnce(Node node) {
        int uses = 0;
        for (Read read : reads.values()) {
            uses += read.node() == node ? 1 : 0;
        }
        return uses == 1;
    }

    @Override
    public boolean writesSlices() {
        return true;
    }

    @Override
    public Instruction emit() {
        return behind(prologue(), run().instruction(nanos()));
    }

    private RegionRun run() {
        return new RegionCode(dims, nest, members, ends, reads, this::holds).run();
    }

    @Override
    public long nanos() {
        return Cost.nanos(size(), cost, reads.size() + writes().size());
    }

    private Instruction[] prologue() {
        return prologue.stream().map(Copy::emit).toArray(Instruction[]::new);
    }

    private static Instruction behind(Instruction[] first, Instruction last) {
        if (first.length == 0) {
            return last;
        }
        return slots -> {
            for (Instruction instruction : first) {
                instruction.run(slots);
            }
            last.run(slots);
        };
    }

    /**
     * Whether it can follow upon the parts of a matrix product as they are completed: no part needs another one, and the
     * order of sums stays. If so, it is set on that: its loops are the rows, those of all matrices of a batch, and the columns.
     */
    boolean follows(Node product, int columns) {
        int split = dims.size();
        for (int inner = 1; split > 0 && inner < columns; inner *= dims.get(split)) {
            split--;
        }
        Ints rows = Ints.range(split);
        if (split == 0 || columns != dims.stream().skip(split).reduce(1, (a, b) -> a * b)) {
            return false;
        }
        Nest loops = new Nest(dims, Ints.of(split, dims.size()));
        boolean follows = reads.keySet().stream()
                        .allMatch(read -> loops.fits(read.layout()) && (read.node() != product || read.isAtPlace()))
                && ends.stream().allMatch(end -> end.axes().equals(rows));
        if (follows) {
            nest = loops;
        }
        return follows;
    }

    /** The product and this region, which follows upon its parts. */
    Instruction emitBehind(DotStep product) {
        RegionRun run = run();
        Instruction whole = run.instruction(nanos());
        return behind(prologue(), product.emit(slots -> run.epilogue(slots, whole)));
    }
}
