package dev.fluxion.examples;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Digits drawn side by side, each with a caption. */
final class Gallery {
    private static final int SIDE = 8;
    private static final int ZOOM = 12;
    private static final int COLUMNS = 6;
    private static final int GAP = 24;
    private static final int CAPTION = 24;
    private static final int TITLE = 40;

    /** A picture of {@code f64[64]} pixels from 0 to 1, and what to write below it. */
    record Picture(double[] pixels, String caption) {}

    private Gallery() {}

    static BufferedImage draw(String title, List<Picture> pictures) {
        int picture = SIDE * ZOOM;
        int rows = (pictures.size() + COLUMNS - 1) / COLUMNS;
        BufferedImage image = new BufferedImage(
                GAP + COLUMNS * (picture + GAP), TITLE + rows * (picture + CAPTION + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
        text(canvas, new Font(Font.SANS_SERIF, Font.BOLD, 17), title, image.getWidth() / 2, 26);
        for (int i = 0; i < pictures.size(); i++) {
            int x = GAP + i % COLUMNS * (picture + GAP);
            int y = TITLE + i / COLUMNS * (picture + CAPTION + GAP);
            pixels(canvas, pictures.get(i).pixels(), x, y);
            Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
            text(canvas, font, pictures.get(i).caption(), x + picture / 2, y + picture + 18);
        }
        canvas.dispose();
        return image;
    }

    private static void pixels(Graphics2D canvas, double[] pixels, int x, int y) {
        for (int i = 0; i < pixels.length; i++) {
            float grey = (float) (1 - pixels[i]);
            canvas.setColor(new Color(grey, grey, grey));
            canvas.fillRect(x + i % SIDE * ZOOM, y + i / SIDE * ZOOM, ZOOM, ZOOM);
        }
        canvas.setColor(Color.LIGHT_GRAY);
        canvas.drawRect(x, y, SIDE * ZOOM, SIDE * ZOOM);
    }

    private static void text(Graphics2D canvas, Font font, String text, int centre, int baseline) {
        canvas.setFont(font);
        canvas.setColor(Color.DARK_GRAY);
        canvas.drawString(text, centre - canvas.getFontMetrics().stringWidth(text) / 2, baseline);
    }
}
