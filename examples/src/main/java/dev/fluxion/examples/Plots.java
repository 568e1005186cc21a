package dev.fluxion.examples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of the tour, all in one style. */
final class Plots {
    /** Told apart also by readers with a colour vision deficiency (Okabe and Ito). */
    private static final Color[] COLOURS = {
        new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7), new Color(0xE69F00)
    };

    private static final double SCALE = 1.5;
    private static final Color GRID = new Color(0xE4E4E4);
    private static final Color INK = new Color(0x333333);

    private Plots() {}

    /** An empty chart with titles; series are added with {@link #line} and {@link #steps}. */
    static XYChart chart(int width, int height, String title, String xTitle, String yTitle) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        XYStyler style = chart.getStyler();
        style.setSeriesColors(COLOURS);
        style.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
        style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        style.setChartFontColor(INK);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBorderColor(INK);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(new BasicStroke(0.6f));
        style.setPlotContentSize(0.98);
        style.setChartTitleBoxVisible(false);
        style.setChartPadding(14);
        style.setLegendPosition(LegendPosition.InsideNE);
        style.setLegendBorderColor(GRID);
        style.setLegendPadding(12);
        style.setAntiAlias(true);
        return chart;
    }

    /** The chart drawn finer than the size it was made with, so that curves are smooth. */
    static BufferedImage image(XYChart chart) {
        BufferedImage image = new BufferedImage(
                (int) (SCALE * chart.getWidth()), (int) (SCALE * chart.getHeight()), BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        canvas.scale(SCALE, SCALE);
        chart.paint(canvas, chart.getWidth(), chart.getHeight());
        canvas.dispose();
        return image;
    }

    /** Adds a curve through the points {@code (x[i], y[i])}. */
    static XYSeries line(XYChart chart, String name, double[] x, double[] y, float width) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        return series;
    }

    /** Adds a histogram: how many of the values fall into each of the bins between neighbouring edges. */
    static XYSeries histogram(XYChart chart, String name, double[] edges, double[] values) {
        double[] counts = new double[edges.length];
        for (double value : values) {
            for (int bin = 0; bin + 1 < edges.length; bin++) {
                if (value >= edges[bin] && value < edges[bin + 1]) {
                    counts[bin]++;
                }
            }
        }
        XYSeries series = line(chart, name, edges, counts, 2);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
        Color colour = COLOURS[(chart.getSeriesMap().size() - 1) % COLOURS.length];
        series.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 70));
        return series;
    }
}
