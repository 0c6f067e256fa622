package org.fer4j.landmarks;

import java.util.ArrayList;
import java.util.List;
import org.fer4j.FaceMesh;
import org.fer4j.LandmarkLayout;
import org.fer4j.Landmarks;

/**
 * The 68 points of the iBUG 300-W annotation (Sagonas et al., 2013), which much software for faces
 * expects, taken from the mesh.
 *
 * <p>The table follows from the mesh's own contours. A point that has a name on the face (corners
 * of eyes and lips, tip of the nose, chin, the middle of the lips) is that point of the mesh.
 * Points in between divide the contour from one such point to the next into equal steps, along the
 * canonical face, and the nearest point of the mesh is taken:
 *
 * <table>
 * <caption>Which points of the mesh</caption>
 * <tr><th>68</th><th>what</th><th>how</th></tr>
 * <tr><td>0 to 16</td><td>jaw, from the right ear by the chin to the left</td><td>eight steps each
 * way along the oval</td></tr>
 * <tr><td>17 to 21, 22 to 26</td><td>right brow from the temple, left brow from the nose</td><td>the
 * five points of the upper edge</td></tr>
 * <tr><td>27 to 30</td><td>bridge of the nose, downwards</td><td>three steps</td></tr>
 * <tr><td>31 to 35</td><td>base of the nose, from the right</td><td>its five points</td></tr>
 * <tr><td>36 to 41, 42 to 47</td><td>right eye from its outer corner, left eye from its inner one,
 * upper lid first</td><td>three steps along each lid</td></tr>
 * <tr><td>48 to 59</td><td>outer edge of the lips, from the right corner over the top</td><td>three
 * steps for each quarter</td></tr>
 * <tr><td>60 to 67</td><td>inner edge of the lips, the same way</td><td>two steps for each
 * quarter</td></tr>
 * </table>
 *
 * {@code tools/measure_canonical_face.py} computes these steps. The jaw of the mesh is the outline
 * of the face's surface, whose upper points lie nearer to the ears than annotators put them.
 *
 * <p>Safe for use by many threads.
 */
public final class ClassicalLandmarks {

  /** Names in the order of the 68 points: jaw_0 to jaw_16, right_brow_0, and so on. */
  public static final LandmarkLayout LAYOUT = layout();

  private static final int[] INDICES = {
    // Jaw.
    127,
    234,
    132,
    58,
    172,
    136,
    149,
    176,
    152,
    400,
    378,
    365,
    397,
    288,
    361,
    454,
    356,
    // Brows.
    70,
    63,
    105,
    66,
    107,
    336,
    296,
    334,
    293,
    300,
    // Nose.
    168,
    197,
    195,
    4,
    98,
    97,
    2,
    326,
    327,
    // Eyes.
    33,
    160,
    158,
    133,
    153,
    144,
    362,
    385,
    387,
    263,
    373,
    380,
    // Outer lips.
    61,
    40,
    37,
    0,
    267,
    270,
    291,
    321,
    314,
    17,
    84,
    91,
    // Inner lips.
    78,
    81,
    13,
    311,
    308,
    402,
    14,
    178
  };

  private ClassicalLandmarks() {}

  /** Returns the 68 points of a face, in pixels of the frame. */
  public static Landmarks of(FaceMesh mesh) {
    float[] coordinates = new float[2 * INDICES.length];
    for (int i = 0; i < INDICES.length; i++) {
      coordinates[2 * i] = mesh.x(INDICES[i]);
      coordinates[2 * i + 1] = mesh.y(INDICES[i]);
    }
    return Landmarks.of(LAYOUT, coordinates);
  }

  /**
   * Returns which point of the mesh stands for one of the 68.
   *
   * @param index from 0 to 67
   */
  public static int meshIndex(int index) {
    return INDICES[index];
  }

  private static LandmarkLayout layout() {
    List<String> names = new ArrayList<>();
    add(names, "jaw", 17);
    add(names, "right_brow", 5);
    add(names, "left_brow", 5);
    add(names, "nose_bridge", 4);
    add(names, "nose_base", 5);
    add(names, "right_eye", 6);
    add(names, "left_eye", 6);
    add(names, "outer_lips", 12);
    add(names, "inner_lips", 8);
    return new LandmarkLayout(names);
  }

  private static void add(List<String> names, String part, int count) {
    for (int i = 0; i < count; i++) {
      names.add(part + "_" + i);
    }
  }
}
