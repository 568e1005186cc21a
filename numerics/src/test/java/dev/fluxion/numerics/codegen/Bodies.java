package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Scalar programs to make kernels of. */
final class Bodies {
    private Bodies() {}

    static Jaxpr of(Elementwise p, DType... dtypes) {
        JaxprBuilder builder = new JaxprBuilder();
        Array<Atom> inputs = Array.of(dtypes).map(d -> builder.input(ArrayType.scalar(d)));
        return builder.build(Array.of(builder.append(p, inputs.toJavaArray(Atom[]::new))));
    }

    /** One body per elementwise primitive and dtypes it takes. */
    static List<Jaxpr> all() {
        List<Jaxpr> bodies = new ArrayList<>();
        for (DType dtype : DType.values()) {
            for (UnaryOp op : UnaryOp.values()) {
                if (op.accepts(dtype)) {
                    bodies.add(of(new Elementwise.Unary(op), dtype));
                }
            }
            for (BinaryOp op : BinaryOp.values()) {
                if (op.accepts(dtype)) {
                    bodies.add(of(new Elementwise.Binary(op), dtype, dtype));
                }
            }
            for (CompareOp op : CompareOp.values()) {
                bodies.add(of(new Elementwise.Compare(op), dtype, dtype));
            }
            for (DType to : DType.values()) {
                bodies.add(of(new Elementwise.ConvertElementType(to), dtype));
                if (to.byteSize() == dtype.byteSize() && to != DType.BOOL) {
                    bodies.add(of(new Elementwise.BitcastConvertType(to), dtype));
                }
            }
            bodies.add(of(new Elementwise.SelectN(), DType.BOOL, dtype, dtype));
            bodies.add(of(new Elementwise.SelectN(), DType.INT32, dtype, dtype, dtype));
            bodies.add(of(new Elementwise.Clamp(), dtype, dtype, dtype));
            bodies.add(of(new Elementwise.Copy(), dtype));
            bodies.add(of(new Elementwise.StopGradient(), dtype));
            bodies.add(of(new Elementwise.Named("x"), dtype));
            if (dtype.isNumeric()) {
                for (int y : new int[] {0, 1, 2, 3, 7, 10}) {
                    bodies.add(of(new Elementwise.IntegerPow(y), dtype));
                }
            }
            if (dtype.isFloating()) {
                bodies.add(of(new Elementwise.IntegerPow(-3), dtype));
                bodies.add(of(new Elementwise.Polygamma(1), dtype));
                bodies.add(of(new Elementwise.Fma(), dtype, dtype, dtype));
            }
        }
        return bodies;
    }

    private static boolean readsBits(Jaxpr body) {
        return body.inputs().get(0).dtype().isFloating()
                && body.outputs().get(0).dtype().isInteger()
                && body.equations().exists(e -> e.primitive() instanceof Elementwise.BitcastConvertType);
    }

    /** A random well-typed program over exact operations, some functions and all dtypes. */
    static Jaxpr random(Random random, int steps) {
        JaxprBuilder builder = new JaxprBuilder();
        List<Atom> atoms = new ArrayList<>();
        for (DType dtype : DType.values()) {
            atoms.add(builder.input(ArrayType.scalar(dtype)));
            atoms.add(builder.input(ArrayType.scalar(dtype)));
            atoms.add(Values.random(random, dtype));
        }
        // The bits of a NaN are not specified, so programs that read them have no one meaning.
        List<Jaxpr> operations = all().stream().filter(b -> !readsBits(b)).toList();
        while (steps > 0) {
            Jaxpr operation = operations.get(random.nextInt(operations.size()));
            List<Atom> operands = new ArrayList<>();
            for (Var in : operation.inputs()) {
                List<Atom> fitting =
                        atoms.stream().filter(a -> a.dtype() == in.dtype()).toList();
                // Prefer late values: deep programs.
                int n = fitting.size();
                operands.add(fitting.get(Math.max(random.nextInt(n), random.nextInt(n))));
            }
            atoms.add(builder.inline(operation, Array.ofAll(operands)).get(0));
            steps--;
        }
        List<Atom> outputs = new ArrayList<>(atoms.subList(atoms.size() - 4, atoms.size()));
        outputs.add(atoms.get(0));
        return builder.build(Array.ofAll(outputs));
    }
}
