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

    /**
     * The program; of its constants only the types. Sub-programs stand where they are called; when the text would become much
     * longer than the program by that, as in {@link #printFile}.
     */
    public static String print(Jaxpr jaxpr) {
        return text(jaxpr, false);
    }

    /** The program with the elements of its constants, row-major: {@code { lambda a:f64[3]=[1.0, 2.0, 3.0]; ...}}. */
    public static String printWithConstants(Jaxpr jaxpr) {
        return text(jaxpr, true);
    }

    /** The program, and behind each equation the user's line and named scopes; for reading, not for parsing. */
    public static String printWithSources(Jaxpr jaxpr) {
        return new ProgramDoc(false, true, Definitions.NONE).of(jaxpr).layout(WIDTH);
    }

    /**
     * The text form of a file: a line with the version of the format, then the program with its constants. Derivative rules,
     * and sub-programs that are used more than once, stand before it under names:
     *
     * <pre>
     * fluxion jaxpr 1
     * &#64;0 = { lambda ; a:f64[]. let b:f64[] = sin a in (b,) }
     * { lambda ; a:f64[]. let
     *     b:f64[] = jit[name=f jaxpr=&#64;0] a
     *     c:f64[] = jit[name=f jaxpr=&#64;0] b
     *   in (c,) }
     * </pre>
     *
     * @throws dev.fluxion.ir.FluxionException FX0704 when the derivative rules of a function make new rules without end
     */
    public static String printFile(Jaxpr jaxpr) {
        return FileHeader.LINE + "\n" + named(jaxpr, true, Definitions.ofAll(jaxpr)) + "\n";
    }

    private static String text(Jaxpr jaxpr, boolean withConstants) {
        return Expansion.isLong(jaxpr)
                ? named(jaxpr, withConstants, Definitions.ofShared(jaxpr))
                : new ProgramDoc(withConstants, Definitions.NONE).of(jaxpr).layout(WIDTH);
    }

    private static String named(Jaxpr jaxpr, boolean withConstants, Definitions definitions) {
        StringBuilder text = new StringBuilder();
        for (Jaxpr defined : definitions.programs()) {
            text.append(definitions.nameOf(defined)).append(" = ");
            text.append(new ProgramDoc(withConstants, definitions).of(defined).layout(WIDTH));
            text.append('\n');
        }
        ProgramDoc doc = new ProgramDoc(withConstants, definitions);
        return text.append(doc.subProgram(jaxpr).layout(WIDTH)).toString();
    }

    /** One equation of the program, named as {@link #print} names it. The program may be incorrect. */
    public static String printEquation(Jaxpr jaxpr, Equation equation) {
        Definitions definitions = Expansion.isLong(jaxpr) ? Definitions.ofShared(jaxpr) : Definitions.NONE;
        return new ProgramDoc(false, definitions).of(jaxpr, equation).layout(WIDTH);
    }
}
