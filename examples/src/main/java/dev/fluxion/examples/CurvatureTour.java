package dev.fluxion.examples;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.linspace;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.square;

import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import org.knowm.xchart.XYChart;

/** First section: derivatives of derivatives, and the programs that they are. */
final class CurvatureTour {
    private static final Function1<NDArray, NDArray> WAVE = x -> sin(x).times(x);

    private static final Function1<NDArray, NDArray> PULSE =
            x -> exp(square(x).times(-0.25)).times(sin(x.times(3)));

    private final Narrator narrator;

    CurvatureTour(Narrator narrator) {
        this.narrator = narrator;
    }

    void run() {
        narrator.heading("1. Curvature: grad(grad(f))");
        narrator.say(
                "A Java function of arrays is traced into a jaxpr, a small typed program. grad turns a program into"
                        + " the program of its derivative, which is as good as any other: grad takes it again.");
        tour("f", "x -> sin(x).times(x)", WAVE);
        narrator.say("By hand, f''(x) = 2 cos x - x sin x. At x = 2:");
        narrator.blank();
        narrator.row("by hand        %22.16f", 2 * Math.cos(2) - 2 * Math.sin(2));
        narrator.row(
                "grad(grad(f))  %22.16f", grad(grad(WAVE)).apply(scalar(2.0)).item());
        narrator.say("A second function, where nobody wants to do it by hand:");
        tour("g", "x -> exp(square(x).times(-0.25)).times(sin(x.times(3)))", PULSE);
        narrator.say(
                "vmap turns a function of one number into a function of a whole array of them; no loop is left. The"
                        + " figures are vmap(f), vmap(grad(f)) and vmap(grad(grad(f))) of 601 points.");
        narrator.blank();
        narrator.figure("curvature-wave", plot("f(x) = x sin x", "f", WAVE, 10));
        narrator.figure("curvature-pulse", plot("g(x) = exp(-x\u00b2/4) sin 3x", "g", PULSE, 5));
    }

    private void tour(String name, String source, Function1<NDArray, NDArray> f) {
        narrator.say(name + " = " + source);
        show(name, f);
        show(name + "'", grad(f));
        show(name + "''", grad(grad(f)));
    }

    private void show(String name, Function1<NDArray, NDArray> f) {
        narrator.blank();
        narrator.row("%s(0) = %s, %s(2) = %s", name, f.apply(scalar(0.0)), name, f.apply(scalar(2.0)));
        narrator.show(makeJaxpr(f).apply(scalar(2.0)));
    }

    private static XYChart plot(String title, String name, Function1<NDArray, NDArray> f, double range) {
        NDArray x = linspace(-range, range, 601);
        XYChart chart = Plots.chart(900, 560, title + " and its derivatives", "x", "value");
        Plots.line(chart, name, x.toDoubleArray(), vmap(f).apply(x).toDoubleArray(), 2.5f);
        Plots.line(chart, name + "'", x.toDoubleArray(), vmap(grad(f)).apply(x).toDoubleArray(), 2);
        Plots.line(
                chart,
                name + "''",
                x.toDoubleArray(),
                vmap(grad(grad(f))).apply(x).toDoubleArray(),
                2);
        return chart;
    }
}
