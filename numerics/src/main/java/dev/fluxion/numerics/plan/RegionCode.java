package dev.fluxion.numerics.plan;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.numerics.codegen.InnerStride;
import dev.fluxion.numerics.codegen.Kernel;
import dev.fluxion.numerics.codegen.KernelSpec;
import dev.fluxion.numerics.codegen.NestCut;
import dev.fluxion.numerics.elementary.ThreefryProgram;
import dev.fluxion.numerics.parallel.Workers;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Turns a finished region into a kernel and the arguments of its runs. */
final class RegionCode {
    /** Iterations of a row across the arrays before the next one starts: what it leaves in the cache is used again. */
    private static final int ACROSS = 512;

    private final Ints dims;
    private final Nest nest;
    private final Predicate<Value.View> inRegister;
    private final JaxprBuilder body = new JaxprBuilder();
    private final Map<Read, Atom> loads = new HashMap<>();
    private final Map<Node, Atom> registers = new IdentityHashMap<>();
    private final List<Node> arrays = new ArrayList<>();
    private final List<Layout> layouts = new ArrayList<>();

    /** The steps of each array in the loops. */
    private final List<int[]> steps = new ArrayList<>();

    private final List<InnerStride> inputs = new ArrayList<>();
    private final List<KernelSpec.Output> outputs = new ArrayList<>();
    private final List<Atom> results = new ArrayList<>();

    RegionCode(
            Ints dims,
            Nest nest,
            List<Region.Member> members,
            List<Region.End> ends,
            Map<Read, Read> reads,
            Predicate<Value.View> inRegister) {
        this.dims = dims;
        this.nest = nest;
        this.inRegister = inRegister;
        reads.forEach((read, actual) -> {
            loads.put(read, body.input(ArrayType.scalar(read.node().dtype())));
            inputs.add(array(actual.node(), actual.layout()));
        });
        for (Region.Member member : members) {
            append(member);
        }
        for (Region.Member member : members) {
            for (Node output : member.outputs()) {
                if (output.isStored()) {
                    store(output);
                }
            }
        }
        ends.forEach(this::reduce);
    }

    private void append(Region.Member member) {
        Atom[] atoms = new Atom[member.operands().size()];
        for (int i = 0; i < atoms.length; i++) {
            atoms[i] = atom(member.operands().get(i));
        }
        Array<Atom> operands = Array.of(atoms);
        Primitive primitive = member.primitive();
        Array<Atom> values = primitive instanceof Threefry2x32
                ? body.inline(ThreefryProgram.jaxpr(), operands)
                : body.append(primitive, operands, SourceInfo.UNKNOWN);
        for (int i = 0; i < values.size(); i++) {
            registers.put(member.outputs().get(i), values.get(i));
        }
    }

    private Atom atom(Value value) {
        return switch (value) {
            case Value.Splat(var literal, var _) -> literal;
            case Value.View view -> inRegister.test(view) ? registers.get(view.node()) : loads.get(Read.of(view));
        };
    }

    private void store(Node node) {
        Layout layout = Layout.contiguous(Shape.of(dims));
        results.add(registers.get(node));
        outputs.add(new KernelSpec.Output.Store(array(node, layout)));
    }

    private void reduce(Region.End end) {
        Ints kept = end.axes().complement(dims.size());
        Layout layout = Layout.contiguous(Shape.of(kept.map(dims::get))).broadcast(Shape.of(dims), kept);
        results.add(atom(end.operand()));
        outputs.add(new KernelSpec.Output.Reduce(end.op(), array(end.output(), layout)));
    }

    /** Adds an array; its step in the innermost loop. */
    private InnerStride array(Node node, Layout layout) {
        int[] strides = nest.strides(layout);
        arrays.add(node);
        layouts.add(layout);
        steps.add(strides);
        if (dims.isEmpty()) {
            return InnerStride.ONE;
        }
        return switch (strides[strides.length - 1]) {
            case 0 -> InnerStride.ZERO;
            case 1 -> InnerStride.ONE;
            default -> InnerStride.ANY;
        };
    }

    /** @param nanos about how long one thread takes for it */
    Instruction instruction(long nanos) {
        Kernel kernel = Kernel.of(new KernelSpec(
                body.build(Array.ofAll(results)), !dims.isEmpty(), Array.ofAll(inputs), Array.ofAll(outputs)));
        int count = arrays.size();
        Place[] places = arrays.stream().map(Node::place).toArray(Place[]::new);
        boolean moves = Stream.of(places).anyMatch(Place::moves);
        int[] offsets = layouts.stream().mapToInt(Layout::offset).toArray();
        int[] extents = nest.extents();
        int[] strides = new int[extents.length * count];
        for (int k = 0; k < count; k++) {
            for (int loop = 0; loop < extents.length; loop++) {
                strides[loop * count + k] = steps.get(k)[loop];
            }
        }
        boolean pieces = nest.isAcross() && outputs.stream().noneMatch(out -> out.inner() == InnerStride.ZERO);
        Workers workers = Workers.shared();
        NestCut.Runner runner = pieces ? (a, at, n, by) -> across(kernel, a, at, n, by) : kernel::run;
        NestCut cut = workers.mayCut(nanos) ? NestCut.of(kernel, extents, strides, workers.threads(), runner) : null;
        return buffers -> {
            Object[] arguments = new Object[count];
            for (int k = 0; k < count; k++) {
                arguments[k] = places[k].array(buffers);
            }
            int[] at = moves ? moved(offsets, places, buffers) : offsets;
            if (cut != null && workers.isWorthCutting(nanos)) {
                cut.run(workers, workers.chunks(nanos), arguments, at);
            } else if (pieces) {
                across(kernel, arguments, at, extents, strides);
            } else {
                kernel.run(arguments, at, extents, strides);
            }
        };
    }

    private static int[] moved(int[] offsets, Place[] places, Object[] buffers) {
        int[] at = offsets.clone();
        for (int k = 0; k < at.length; k++) {
            at[k] += places[k].start(buffers);
        }
        return at;
    }

    /** Runs the innermost loop piece by piece; no output is reduced over it. */
    private static void across(Kernel kernel, Object[] arguments, int[] offsets, int[] extents, int[] strides) {
        int inner = extents.length - 1;
        int base = inner * offsets.length;
        int[] at = offsets.clone();
        int[] piece = extents.clone();
        for (int done = 0; done < extents[inner]; done += ACROSS) {
            piece[inner] = Math.min(ACROSS, extents[inner] - done);
            kernel.run(arguments, at, piece, strides);
            for (int k = 0; k < at.length; k++) {
                at[k] += piece[inner] * strides[base + k];
            }
        }
    }
}
