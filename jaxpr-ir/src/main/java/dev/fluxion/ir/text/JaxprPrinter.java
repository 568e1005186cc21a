package dev.fluxion.ir.text;

import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;

/**
 * Prints programs in JAX's notation, which {@link JaxprParser} reads back:
 *
 * <pre>
 * { lambda a:f64[3]; b:f64[] c:f64[3]. let
 *     d:f64[3] = mul a c
 *     e:f64[] = reduce_sum[axes=(0,)] d
 *   in (e, 2.0:f64[]) }
 * </pre>
 *
 * <p>Constants stand before the semicolon, inputs behind it. An output that nothing reads is {@code _}. Short programs
 * stand on one line. Derivative rules of custom functions are traced if they were not yet; a rule that contains itself is
 * printed once, and within as {@code ^0} (the innermost rule around), {@code ^1} and so on; rules that unfold further and
 * further are cut off as {@code ...}.
 */
public final class JaxprPrinter {
    private static final int WIDTH = 80;

    private JaxprPrinter() {}

    /** The program; of its constants only the types. */
    public static String print(Jaxpr jaxpr) {
        return new ProgramDoc(false).of(jaxpr).layout(WIDTH);
    }

    /** The program with the elements of its constants, row-major: {@code { lambda a:f64[3]=[1.0, 2.0, 3.0]; ...}}. */
    public static String printWithConstants(Jaxpr jaxpr) {
        return new ProgramDoc(true).of(jaxpr).layout(WIDTH);
    }

    /** One equation of the program, named as {@link #print} names it. The program may be incorrect. */
    public static String printEquation(Jaxpr jaxpr, Equation equation) {
        return new ProgramDoc(false).of(jaxpr, equation).layout(WIDTH);
    }
}
