package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;

/** Short ways to write programs with branches and loops. */
final class SubPrograms {
    static final ArrayType NUMBER = ArrayType.of(DType.FLOAT64);
    static final ArrayType COUNT = ArrayType.of(DType.INT32);

    private SubPrograms() {}

    /** What a program does with its inputs. */
    @FunctionalInterface
    interface Steps {
        Array<Atom> of(JaxprBuilder b, Array<Atom> in);
    }

    static Jaxpr program(Array<ArrayType> types, Steps steps) {
        JaxprBuilder b = new JaxprBuilder();
        Array<Atom> inputs = types.map(b::input);
        return b.build(steps.of(b, inputs));
    }

    static Array<Atom> append(JaxprBuilder b, Control p, Atom... operands) {
        return b.append(p, Array.of(operands), SourceInfo.UNKNOWN);
    }

    static Literal count(int value) {
        return Literal.of(DType.INT32, (long) value);
    }

    static Control.Scan scan(Jaxpr body, int length, int consts, int carry) {
        return new Control.Scan(body, length, false, 1, consts, carry);
    }

    static Atom unary(JaxprBuilder b, UnaryOp op, Atom x) {
        return b.append(new Elementwise.Unary(op), x);
    }

    static Atom binary(JaxprBuilder b, BinaryOp op, Atom x, Atom y) {
        return b.append(new Elementwise.Binary(op), x, y);
    }

    static Atom compare(JaxprBuilder b, CompareOp op, Atom x, Atom y) {
        return b.append(new Elementwise.Compare(op), x, y);
    }

    /** Runs it on both engines, twice, with ordinary numbers. */
    static void agree(int ulps, Jaxpr jaxpr) {
        var inputs = jaxpr.inputs()
                .zipWithIndex()
                .map(in -> Samples.ordinary(in._1.type(), 40L + in._2))
                .toJavaArray(ArrayData[]::new);
        Agreement.within(ulps, jaxpr, inputs);
        Agreement.within(ulps, jaxpr, inputs);
    }
}
