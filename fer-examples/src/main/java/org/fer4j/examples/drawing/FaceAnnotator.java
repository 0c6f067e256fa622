package org.fer4j.examples.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Dimension2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fer4j.BoundingBox;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.FaceMesh;
import org.fer4j.FaceResult;
import org.fer4j.Point;
import org.fer4j.landmarks.FaceContour;

/**
 * Draws results on a picture: a box around each face, a label with the expression, and a panel with
 * all scores beside faces that are large enough; points and contours of the mesh where there is
 * one. Lines and letters grow with picture and face.
 *
 * <p>Confined: made for one picture.
 */
final class FaceAnnotator {

  private static final Color HALO = new Color(0, 0, 0, 130);
  private static final Color PANEL = new Color(18, 18, 22, 200);
  private static final Color TRACK = new Color(255, 255, 255, 38);
  private static final Color PANEL_TEXT = new Color(0xF2F2F2);

  private static final Color MESH_POINT = new Color(255, 255, 255, 110);
  private static final Color MESH_LINE = new Color(0x7FE7FF);

  /** A mesh's lines in distances of the eyes' outer corners. */
  private static final double MESH_LINE_IN_EYES = 0.014;

  /** Letters below this many pixels can't be read. */
  private static final double LEAST_FONT = 10;

  /** The smallest letters that are drawn at all, in pictures too narrow for larger ones. */
  private static final double TINIEST_FONT = 6;

  private static final double FONT_IN_FACES = 0.13;
  private static final double LEAST_FONT_IN_PICTURES = 1 / 130.0;
  private static final double MOST_FONT_IN_PICTURES = 1 / 32.0;

  /** The letters of a panel in those of its label; the next if there is no room. */
  private static final double[] PANEL_SHRINKS = {0.82, 0.65, 0.5};

  /** A face gets a panel if it is at least so high, in heights of the panel. */
  private static final double LEAST_FACE_IN_PANELS = 0.6;

  private static final double LINE_IN_FACES = 0.02;

  /** Letters do not shrink quite in proportion. */
  private static final double FITTING = 0.97;

  // Parts of a panel, in sizes of its letters.
  private static final double ROW = 1.4;
  private static final double BAR_LENGTH = 5;
  private static final double BAR_HEIGHT = 0.7;
  private static final double GAP = 0.5;

  private final Graphics2D graphics;
  private final Rectangle2D picture;

  private FaceAnnotator(Graphics2D graphics, Rectangle2D picture) {
    this.graphics = graphics;
    this.picture = picture;
  }

  /** One face with the sizes of what is drawn for it. */
  private record Item(Rectangle2D box, EmotionScores scores, Font labelFont, double line) {

    String label() {
      return scores.top().label() + " " + percent(scores.confidence());
    }
  }

  private static final class Size extends Dimension2D {
    private double width;
    private double height;

    Size(double width, double height) {
      this.width = width;
      this.height = height;
    }

    @Override
    public double getWidth() {
      return width;
    }

    @Override
    public double getHeight() {
      return height;
    }

    @Override
    public void setSize(double newWidth, double newHeight) {
      this.width = newWidth;
      this.height = newHeight;
    }
  }

  /** Returns a copy of the picture, of the same size, with the faces drawn on it. */
  static BufferedImage draw(BufferedImage image, List<FaceResult> faces) {
    BufferedImage picture =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.drawImage(image, 0, 0, null);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      new FaceAnnotator(
              graphics, new Rectangle2D.Double(0, 0, picture.getWidth(), picture.getHeight()))
          .draw(faces);
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  private void draw(List<FaceResult> faces) {
    List<Item> items = new ArrayList<>();
    for (FaceResult face : faces) {
      Rectangle2D box = rectangle(face.face().box()).createIntersection(picture);
      if (!box.isEmpty()) {
        items.add(item(box, face.scores()));
      }
    }
    // Large faces choose their places first: theirs are the largest labels.
    items.sort(Comparator.comparingDouble((Item item) -> -item.box().getHeight()));
    AnnotationLayout layout = new AnnotationLayout(picture, items.stream().map(Item::box).toList());
    items.forEach(this::drawBox);
    faces.forEach(face -> face.mesh().ifPresent(this::drawMesh));
    List<Rectangle2D> labels = new ArrayList<>();
    for (Item item : items) {
      labels.add(layout.placeLabel(item.box(), labelSize(item), item.line()));
    }
    for (Item item : items) {
      drawPanelIfRoom(layout, item);
    }
    for (int i = 0; i < labels.size(); i++) {
      drawLabel(items.get(i), labels.get(i));
    }
  }

  private Item item(Rectangle2D box, EmotionScores scores) {
    double longest = Math.max(picture.getWidth(), picture.getHeight());
    double least = leastFont();
    double most = Math.max(least, longest * MOST_FONT_IN_PICTURES);
    double size = Math.max(least, Math.min(most, box.getWidth() * FONT_IN_FACES));
    double line =
        Math.max(
            Math.max(1.5, longest / 800),
            Math.min(Math.max(2, longest / 250), box.getWidth() * LINE_IN_FACES));
    Item item = new Item(box, scores, font(Font.BOLD, size), line);
    double shrink = picture.getWidth() / labelSize(item).getWidth();
    return shrink >= 1
        ? item
        : new Item(box, scores, font(Font.BOLD, size * shrink * FITTING), line);
  }

  private double leastFont() {
    return Math.max(
        LEAST_FONT, Math.max(picture.getWidth(), picture.getHeight()) * LEAST_FONT_IN_PICTURES);
  }

  private static Font font(int style, double size) {
    return new Font(Font.SANS_SERIF, style, 1).deriveFont((float) size);
  }

  private static Rectangle2D rectangle(BoundingBox box) {
    return new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height());
  }

  private void drawBox(Item item) {
    double radius = Math.min(item.box().getWidth(), item.box().getHeight()) * 0.12;
    Rectangle2D box = item.box();
    RoundRectangle2D shape =
        new RoundRectangle2D.Double(
            box.getX(), box.getY(), box.getWidth(), box.getHeight(), radius, radius);
    // The dark rim makes the line stand out on light pictures as well.
    graphics.setStroke(new BasicStroke((float) (item.line() * 1.9)));
    graphics.setColor(HALO);
    graphics.draw(shape);
    graphics.setStroke(new BasicStroke((float) item.line()));
    graphics.setColor(EmotionColors.of(item.scores().top()));
    graphics.draw(shape);
  }

  private void drawMesh(FaceMesh mesh) {
    double eyes = Math.hypot(mesh.x(33) - mesh.x(263), mesh.y(33) - mesh.y(263));
    double line = Math.max(1, eyes * MESH_LINE_IN_EYES);
    graphics.setColor(MESH_POINT);
    for (int i = 0; i < FaceMesh.SIZE; i++) {
      graphics.fill(new Ellipse2D.Double(mesh.x(i) - line / 2, mesh.y(i) - line / 2, line, line));
    }
    for (FaceContour contour : FaceContour.values()) {
      Path2D path = new Path2D.Double();
      for (Point point : contour.of(mesh)) {
        if (path.getCurrentPoint() == null) {
          path.moveTo(point.x(), point.y());
        } else {
          path.lineTo(point.x(), point.y());
        }
      }
      if (contour.isClosed()) {
        path.closePath();
      }
      graphics.setStroke(new BasicStroke((float) (2 * line)));
      graphics.setColor(HALO);
      graphics.draw(path);
      graphics.setStroke(new BasicStroke((float) line));
      graphics.setColor(MESH_LINE);
      graphics.draw(path);
    }
  }

  private Size labelSize(Item item) {
    FontMetrics metrics = graphics.getFontMetrics(item.labelFont());
    double letter = item.labelFont().getSize2D();
    return new Size(
        metrics.getStringBounds(item.label(), graphics).getWidth() + 0.8 * letter, 1.45 * letter);
  }

  private void drawLabel(Item item, Rectangle2D place) {
    if (item.labelFont().getSize2D() < TINIEST_FONT) {
      return;
    }
    Color color = EmotionColors.of(item.scores().top());
    double letter = item.labelFont().getSize2D();
    fill(place, 0.5 * letter, color);
    graphics.setColor(EmotionColors.textOn(color));
    graphics.setFont(item.labelFont());
    drawText(item.label(), place.getX() + 0.4 * letter, place.getCenterY());
  }

  private void drawPanelIfRoom(AnnotationLayout layout, Item item) {
    double least = leastFont();
    for (double shrink : PANEL_SHRINKS) {
      double letter = Math.max(least, item.labelFont().getSize2D() * shrink);
      Font font = font(Font.PLAIN, letter);
      double names = namesWidth(font);
      Size size = panelSize(font, names);
      if (item.box().getHeight() < size.getHeight() * LEAST_FACE_IN_PANELS) {
        continue;
      }
      Optional<Rectangle2D> place = layout.placePanel(item.box(), size, 2 * item.line());
      if (place.isPresent()) {
        drawPanel(item, place.get(), font, names);
        return;
      }
    }
  }

  private double namesWidth(Font font) {
    FontMetrics metrics = graphics.getFontMetrics(font.deriveFont(Font.BOLD));
    return Emotion.all().stream()
        .mapToDouble(emotion -> metrics.getStringBounds(emotion.label(), graphics).getWidth())
        .max()
        .orElse(0);
  }

  private Size panelSize(Font font, double names) {
    FontMetrics metrics = graphics.getFontMetrics(font.deriveFont(Font.BOLD));
    double letter = font.getSize2D();
    double numbers = metrics.getStringBounds(percent(1), graphics).getWidth();
    return new Size(
        names + numbers + (BAR_LENGTH + 4 * GAP) * letter,
        (Emotion.all().size() * ROW + 2 * GAP) * letter);
  }

  private void drawPanel(Item item, Rectangle2D place, Font font, double names) {
    double letter = font.getSize2D();
    fill(place, letter, PANEL);
    double barX = place.getX() + names + 2 * GAP * letter;
    for (Emotion emotion : Emotion.all()) {
      double middle = place.getY() + (GAP + (emotion.ordinal() + 0.5) * ROW) * letter;
      float score = item.scores().of(emotion);
      Rectangle2D bar =
          new Rectangle2D.Double(
              barX, middle - BAR_HEIGHT * letter / 2, BAR_LENGTH * letter, BAR_HEIGHT * letter);
      fill(bar, 0.3 * letter, TRACK);
      double length = score * bar.getWidth();
      if (length >= 1) {
        Rectangle2D filled =
            new Rectangle2D.Double(bar.getX(), bar.getY(), length, bar.getHeight());
        fill(filled, Math.min(length, 0.3 * letter), EmotionColors.of(emotion));
      }
      boolean top = emotion == item.scores().top();
      graphics.setFont(top ? font.deriveFont(Font.BOLD) : font);
      graphics.setColor(top ? Color.WHITE : PANEL_TEXT);
      drawText(emotion.label(), place.getX() + GAP * letter, middle);
      String number = percent(score);
      double width = graphics.getFontMetrics().getStringBounds(number, graphics).getWidth();
      drawText(number, place.getMaxX() - GAP * letter - width, middle);
    }
  }

  private void fill(Rectangle2D place, double radius, Color color) {
    graphics.setColor(color);
    graphics.fill(
        new RoundRectangle2D.Double(
            place.getX(), place.getY(), place.getWidth(), place.getHeight(), radius, radius));
  }

  /** Draws a text whose small letters' middle is at a height. */
  private void drawText(String text, double x, double middle) {
    FontMetrics metrics = graphics.getFontMetrics();
    double baseline = middle + (metrics.getAscent() - metrics.getDescent()) / 2.0;
    graphics.drawString(text, (float) x, (float) baseline);
  }

  private static String percent(float probability) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * probability);
  }
}
