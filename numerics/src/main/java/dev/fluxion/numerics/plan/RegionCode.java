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
import dev.fluxion.numerics.elementary.ThreefryProgram;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Turns a finished region into a kernel and the arguments of its runs. */
final class RegionCode {
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

    /** The kernel, and what its runs need to know. */
    RegionRun run() {
        Kernel kernel = Kernel.of(new KernelSpec(
                body.build(Array.ofAll(results)), !dims.isEmpty(), Array.ofAll(inputs), Array.ofAll(outputs)));
        int count = arrays.size();
        Place[] places = arrays.stream().map(Node::place).toArray(Place[]::new);
        int[] offsets = layouts.stream().mapToInt(Layout::offset).toArray();
        int[] extents = nest.extents();
        int[] strides = new int[extents.length * count];
        for (int k = 0; k < count; k++) {
            for (int loop = 0; loop < extents.length; loop++) {
                strides[loop * count + k] = steps.get(k)[loop];
            }
        }
        return new RegionRun(kernel, places, offsets, extents, strides, nest.isAcross());
    }
}
