package dev.fluxion.ir.testing;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;

/** {@code f(x, y) = sin(x) * y} with derivative rules that agree with it. */
public final class CustomFunctions {
    private final JaxprBuilder builder = new JaxprBuilder();

    private CustomFunctions() {}

    /** With a forward rule. */
    public static Control.Calling customJvp(ArrayType type) {
        CustomFunctions rule = new CustomFunctions();
        Atom x = rule.builder.input(type);
        Atom y = rule.builder.input(type);
        Atom dx = rule.builder.input(type);
        Atom dy = rule.builder.input(type);
        Atom sin = rule.unary(UnaryOp.SIN, x);
        Atom cos = rule.unary(UnaryOp.COS, x);
        Atom tangent = rule.binary(BinaryOp.ADD, rule.times(dx, rule.times(cos, y)), rule.times(sin, dy));
        Jaxpr jvp = rule.builder.build(Array.of(rule.times(sin, y), tangent));
        return new Control.CustomJvpCall("sin_times", body(type), LazyJaxpr.of(jvp));
    }

    /** With a reverse rule. */
    public static Control.Calling customVjp(ArrayType type) {
        CustomFunctions fwd = new CustomFunctions();
        Atom x = fwd.builder.input(type);
        Atom y = fwd.builder.input(type);
        Atom sin = fwd.unary(UnaryOp.SIN, x);
        Jaxpr forward = fwd.builder.build(Array.of(fwd.times(sin, y), x, sin, y));

        CustomFunctions bwd = new CustomFunctions();
        Atom savedX = bwd.builder.input(type);
        Atom savedSin = bwd.builder.input(type);
        Atom savedY = bwd.builder.input(type);
        Atom cotangent = bwd.builder.input(type);
        Atom toX = bwd.times(cotangent, bwd.times(bwd.unary(UnaryOp.COS, savedX), savedY));
        Jaxpr backward = bwd.builder.build(Array.of(toX, bwd.times(cotangent, savedSin)));
        return new Control.CustomVjpCall("sin_times", body(type), LazyJaxpr.of(forward), LazyJaxpr.of(backward), 0);
    }

    private static Jaxpr body(ArrayType type) {
        CustomFunctions f = new CustomFunctions();
        Atom x = f.builder.input(type);
        Atom y = f.builder.input(type);
        return f.builder.build(Array.of(f.times(f.unary(UnaryOp.SIN, x), y)));
    }

    private Atom unary(UnaryOp op, Atom x) {
        return builder.append(new Elementwise.Unary(op), x);
    }

    private Atom times(Atom x, Atom y) {
        return binary(BinaryOp.MUL, x, y);
    }

    private Atom binary(BinaryOp op, Atom x, Atom y) {
        return builder.append(new Elementwise.Binary(op), x, y);
    }
}
