package dev.fluxion.numerics.reference;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;

/** Branches and loops by definition, in Java's own. */
final class ControlMeaning {
    private ControlMeaning() {}

    static HostArray[] cond(Control.Cond p, Array<HostArray> in) {
        int index = Math.clamp(in.get(0).longAt(0), 0, p.branches().size() - 1);
        return run(p.branches().get(index), in.tail()).toJavaArray(HostArray[]::new);
    }

    static HostArray[] whileLoop(Control.While p, Array<HostArray> in) {
        Array<HostArray> carry = p.init(in);
        while (run(p.cond(), p.condConsts(in).appendAll(carry)).get(0).booleanAt(0)) {
            carry = run(p.body(), p.bodyConsts(in).appendAll(carry));
        }
        return carry.toJavaArray(HostArray[]::new);
    }

    /** @param types of the results */
    static HostArray[] scan(Control.Scan p, Array<HostArray> in, Array<ArrayType> types) {
        Array<HostArray> carry = p.carry(in);
        Array<ArrayType> slices = p.xs(p.body().inputTypes());
        Array<ArrayType> stacks = p.ys(types);
        Array<Object> ys = stacks.map(type -> HostData.allocate(type.dtype(), type.size()));
        for (int step = 0; step < p.length(); step++) {
            int t = p.reverse() ? p.length() - 1 - step : step;
            Array<HostArray> x = p.xs(in).zipWith(slices, (stack, type) -> slice(stack, type, t));
            Array<HostArray> results =
                    run(p.body(), p.consts(in).appendAll(carry).appendAll(x));
            carry = p.carryOut(results);
            ys.zip(p.ys(results)).forEach(y -> put(y._1, y._2, t));
        }
        return carry.appendAll(ys.zipWith(stacks, (data, type) -> HostArray.wrap(type, data)))
                .toJavaArray(HostArray[]::new);
    }

    private static HostArray slice(HostArray stack, ArrayType type, int t) {
        Object data = HostData.allocate(type.dtype(), type.size());
        System.arraycopy(stack.data(), t * type.size(), data, 0, type.size());
        return HostArray.wrap(type, data);
    }

    private static void put(Object stack, HostArray y, int t) {
        System.arraycopy(y.data(), 0, stack, t * y.type().size(), y.type().size());
    }

    private static Array<HostArray> run(Jaxpr jaxpr, Array<HostArray> in) {
        return Array.of(ReferenceExecutable.evaluate(jaxpr, in.toJavaArray(HostArray[]::new)));
    }
}
