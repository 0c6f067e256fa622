package org.fer4j.examples.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnnotationLayoutTest {

  private static final Rectangle2D PICTURE = new Rectangle2D.Double(0, 0, 1000, 800);
  private static final Dimension LABEL = new Dimension(120, 24);
  private static final Dimension PANEL = new Dimension(150, 130);

  private static Rectangle2D box(double x, double y, double size) {
    return new Rectangle2D.Double(x, y, size, size);
  }

  @Test
  void putsALabelAboveItsFace() {
    Rectangle2D face = box(300, 300, 100);
    Rectangle2D label = new AnnotationLayout(PICTURE, List.of(face)).placeLabel(face, LABEL, 4);
    assertEquals(new Rectangle2D.Double(300, 272, 120, 24), label);
  }

  @Test
  void putsALabelBelowAFaceAtTheTop() {
    Rectangle2D face = box(300, 5, 100);
    Rectangle2D label = new AnnotationLayout(PICTURE, List.of(face)).placeLabel(face, LABEL, 4);
    assertEquals(109, label.getY());
  }

  @Test
  void keepsEveryLabelInsideThePicture() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      double size = 20 + random.nextInt(600);
      Rectangle2D face =
          box(random.nextDouble() * (1000 - size), random.nextDouble() * (800 - size), size);
      Rectangle2D label = new AnnotationLayout(PICTURE, List.of(face)).placeLabel(face, LABEL, 4);
      assertTrue(PICTURE.contains(label), face + " " + label);
    }
  }

  @Test
  void keepsLabelsOfNeighboursApart() {
    List<Rectangle2D> faces = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      faces.add(box(20 + 118 * i, 300 + i % 2 * 20, 90));
    }
    AnnotationLayout layout = new AnnotationLayout(PICTURE, faces);
    List<Rectangle2D> labels = new ArrayList<>();
    for (Rectangle2D face : faces) {
      Rectangle2D label = layout.placeLabel(face, LABEL, 4);
      assertTrue(labels.stream().noneMatch(label::intersects));
      assertTrue(faces.stream().noneMatch(label::intersects));
      labels.add(label);
    }
  }

  @Test
  void putsAPanelBesideItsFace() {
    Rectangle2D face = box(300, 300, 200);
    AnnotationLayout layout = new AnnotationLayout(PICTURE, List.of(face));
    Rectangle2D panel = layout.placePanel(face, PANEL, 4).orElseThrow();
    assertEquals(504, panel.getX());
    assertTrue(PICTURE.contains(panel));
    assertFalse(face.intersects(panel));
  }

  @Test
  void leavesOutAPanelThatWouldHideANeighbour() {
    List<Rectangle2D> faces = new ArrayList<>();
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 6; x++) {
        faces.add(box(10 + 165 * x, 10 + 155 * y, 140));
      }
    }
    AnnotationLayout layout = new AnnotationLayout(PICTURE, faces);
    assertEquals(Optional.empty(), layout.placePanel(faces.get(8), PANEL, 4));
  }

  @Test
  void leavesOutAPanelLargerThanThePicture() {
    Rectangle2D face = box(300, 300, 200);
    AnnotationLayout layout = new AnnotationLayout(PICTURE, List.of(face));
    assertEquals(Optional.empty(), layout.placePanel(face, new Dimension(1001, 10), 4));
  }
}
