package dev.fluxion.numerics.plan;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;
import java.util.List;

/** {@code (carry, y[t]) = body(consts, carry, x[t])} for each t. */
record ScanStep(Control.Scan scan, Plan body, Array<Node> operands, Array<Node> outputs) implements Step {
    @Override
    public List<Node> writes() {
        return outputs.toJavaList();
    }

    @Override
    public Instruction emit() {
        Array<ArrayType> slices = scan.xs(scan.body().inputTypes());
        Array<ArrayType> results = scan.ys(scan.body().outputTypes());
        return slots -> {
            Array<Object> in = operands.map(node -> slots[node.slot()]);
            Array<Object> carry = scan.carry(in);
            Array<Object> ys = scan.ys(outputs).map(node -> slots[node.slot()]);
            for (int step = 0; step < scan.length(); step++) {
                int t = scan.reverse() ? scan.length() - 1 - step : step;
                Array<Object> x = scan.xs(in).zipWith(slices, (stack, type) -> slice(stack, type, t));
                Array<Object> out = Array.of(body.evaluate(
                        scan.consts(in).appendAll(carry).appendAll(x).toJavaArray(Object[]::new)));
                carry = scan.carryOut(out);
                for (int i = 0; i < ys.size(); i++) {
                    int size = results.get(i).size();
                    System.arraycopy(scan.ys(out).get(i), 0, ys.get(i), t * size, size);
                }
            }
            for (int i = 0; i < carry.size(); i++) {
                System.arraycopy(
                        carry.get(i),
                        0,
                        slots[outputs.get(i).slot()],
                        0,
                        outputs.get(i).size());
            }
        };
    }

    private static Object slice(Object stack, ArrayType type, int t) {
        Object data = HostData.allocate(type.dtype(), type.size());
        System.arraycopy(stack, t * type.size(), data, 0, type.size());
        return data;
    }
}
