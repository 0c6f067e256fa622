package org.fer4j.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.fer4j.BoundingBox;
import org.fer4j.Face;
import org.fer4j.LandmarkLayout;
import org.fer4j.Landmarks;
import org.junit.jupiter.api.Test;

class NonMaximumSuppressionTest {

  private static final long SEED = 31;
  private static final LandmarkLayout NOSE = new LandmarkLayout(List.of("nose_tip"));

  private static Face face(float x, float y, float side, float score) {
    return new Face(
        new BoundingBox(x, y, side, side), score, Landmarks.of(NOSE, x + side / 2, y + side / 2));
  }

  @Test
  void nothingGivesNothing() {
    assertEquals(List.of(), NonMaximumSuppression.weighted(List.of(), 0.3f));
    assertEquals(List.of(), NonMaximumSuppression.withoutNested(List.of()));
  }

  @Test
  void overlappingBoxesAreAveragedByScore() {
    // Weights of 0.75 and 0.25 after division by their sum.
    Face best = face(0, 0, 40, 0.75f);
    Face other = face(4, 8, 40, 0.25f);
    List<Face> faces = NonMaximumSuppression.weighted(List.of(other, best), 0.3f);
    assertEquals(1, faces.size());
    assertEquals(new BoundingBox(1, 2, 40, 40), faces.get(0).box());
    assertEquals(0.75f, faces.get(0).score());
    assertEquals(Landmarks.of(NOSE, 21, 22), faces.get(0).keypoints());
  }

  @Test
  void boxesAtTheThresholdStayApart() {
    // Half of each is shared: 50 of 150.
    Face left = face(0, 0, 10, 0.9f);
    Face right = face(5, 0, 10, 0.8f);
    float shared = left.box().intersectionOverUnion(right.box());
    assertEquals(1 / 3f, shared);
    assertEquals(
        List.of(left, right), NonMaximumSuppression.weighted(List.of(left, right), shared));
    assertEquals(
        1, NonMaximumSuppression.weighted(List.of(left, right), Math.nextDown(shared)).size());
  }

  /**
   * Only overlap with the best counts: the third face is apart from it, though not from the second.
   */
  @Test
  void chainsAreNotOneFace() {
    List<Face> chain = List.of(face(0, 0, 10, 0.9f), face(4, 0, 10, 0.8f), face(8, 0, 10, 0.7f));
    List<Face> faces = NonMaximumSuppression.weighted(chain, 0.3f);
    assertEquals(2, faces.size());
    assertSame(chain.get(2), faces.get(1));
  }

  @Test
  void facesOfScoreZeroAreKept() {
    Face face = face(0, 0, 10, 0);
    assertEquals(
        List.of(face), NonMaximumSuppression.weighted(List.of(face, face(1, 0, 10, 0)), 0.3f));
  }

  @Test
  void singleFacesStayAsTheyAre() {
    Face face = face(1, 2, 3, 0.4f);
    assertSame(face, NonMaximumSuppression.weighted(List.of(face), 0.3f).get(0));
  }

  @Test
  void orderOfCandidatesDoesNotMatter() {
    Random random = new Random(SEED);
    for (int run = 0; run < 200; run++) {
      List<Face> candidates = randomFaces(random, 30);
      List<Face> expected = NonMaximumSuppression.weighted(candidates, 0.3f);
      List<Face> shuffled = new ArrayList<>(candidates);
      Collections.shuffle(shuffled, random);
      List<Face> copy = List.copyOf(shuffled);
      assertEquals(expected, NonMaximumSuppression.weighted(shuffled, 0.3f));
      assertEquals(copy, shuffled);
    }
  }

  @Test
  void resultsAreSortedAndApartFromTheBestOfTheirGroup() {
    Random random = new Random(SEED);
    for (int run = 0; run < 200; run++) {
      List<Face> candidates = randomFaces(random, 30);
      List<Face> faces = NonMaximumSuppression.weighted(candidates, 0.3f);
      assertTrue(faces.size() > 1 && faces.size() < candidates.size());
      for (int i = 1; i < faces.size(); i++) {
        assertTrue(faces.get(i - 1).score() >= faces.get(i).score());
      }
      assertEquals(
          Collections.max(candidates.stream().map(Face::score).toList()), faces.get(0).score());
    }
  }

  private static List<Face> randomFaces(Random random, int count) {
    List<Face> faces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      faces.add(
          face(
              random.nextFloat() * 60,
              random.nextFloat() * 60,
              15 + random.nextFloat() * 15,
              // All different: equals have no order of their own.
              (i + 1f + 0.5f * random.nextFloat()) / (count + 1)));
    }
    Collections.shuffle(faces, random);
    return faces;
  }

  @Test
  void innerFacesGoUnlessTheyAreClearlyBetter() {
    Face outer = face(0, 0, 100, 0.6f);
    Face mouth = face(30, 60, 30, 0.69f);
    assertEquals(List.of(outer), NonMaximumSuppression.withoutNested(List.of(mouth, outer)));
    Face real = face(30, 60, 30, 0.71f);
    assertEquals(List.of(real), NonMaximumSuppression.withoutNested(List.of(real, outer)));
  }

  @Test
  void facesThatOnlyOverlapStay() {
    Face left = face(0, 0, 100, 0.9f);
    Face right = face(75, 0, 99, 0.8f);
    assertEquals(List.of(left, right), NonMaximumSuppression.withoutNested(List.of(left, right)));
  }

  @Test
  void nestedFacesAtSeveralDepths() {
    Face large = face(0, 0, 100, 0.9f);
    Face middle = face(10, 10, 60, 0.85f);
    Face small = face(20, 20, 20, 0.8f);
    assertEquals(
        List.of(large), NonMaximumSuppression.withoutNested(List.of(large, middle, small)));
  }
}
