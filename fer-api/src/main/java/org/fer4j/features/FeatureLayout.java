package org.fer4j.features;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which features a vector holds, in which order. A layout never changes under its version: a
 * classifier's manifest names the version that it was trained on.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class FeatureLayout {

  /** The version of the only layout there is. */
  public static final String VERSION = "1";

  private static final FeatureLayout CURRENT = new FeatureLayout();

  private final List<Feature> features;
  private final Map<String, Integer> indices = new LinkedHashMap<>();
  private final int geometryCount;

  private FeatureLayout() {
    List<Feature> all = new ArrayList<>();
    GeometricMeasures.ALL.forEach(measure -> all.add(measure.feature()));
    geometryCount = all.size();
    for (Patch patch : Patch.values()) {
      all.addAll(TextureDescriptor.features(patch));
    }
    features = List.copyOf(all);
    for (int i = 0; i < features.size(); i++) {
      indices.put(features.get(i).name(), i);
    }
  }

  /** Returns the layout that {@link FeatureExtractor} fills. */
  public static FeatureLayout current() {
    return CURRENT;
  }

  /** Returns what a manifest calls this layout. */
  public String version() {
    return VERSION;
  }

  /** Returns all features in their order. */
  public List<Feature> features() {
    return features;
  }

  /** Returns the number of features. */
  public int size() {
    return features.size();
  }

  /** Returns how many features are geometry: they come first, appearance follows. */
  public int geometryCount() {
    return geometryCount;
  }

  /**
   * Returns the index of a feature.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public int indexOf(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw new IllegalArgumentException(
          "expected a feature of layout %s, found '%s'".formatted(VERSION, name));
    }
    return index;
  }

  /**
   * Returns the documentation of all features as a Markdown document, which is docs/features.md:
   * features in a row that differ in their index only share a line.
   */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder(INTRODUCTION.formatted(VERSION, size(), geometryCount));
    for (int first = 0; first < features.size(); ) {
      Feature feature = features.get(first);
      int end = first + 1;
      while (end < features.size() && isSameKind(feature, features.get(end))) {
        end++;
      }
      String names =
          end == first + 1
              ? "`%s`".formatted(feature.name())
              : "`%s` to `%s`".formatted(feature.name(), features.get(end - 1).name());
      text.append(
          "| %s | %s | %s | %s | %s |%n"
              .formatted(
                  end == first + 1 ? first : first + " to " + (end - 1),
                  names,
                  feature.unit(),
                  feature.formula().replace("|", "\\|"),
                  feature.source())
              .replace("\r", ""));
      first = end;
    }
    return text.toString();
  }

  private static boolean isSameKind(Feature a, Feature b) {
    return firstWord(a.name()).equals(firstWord(b.name()))
        && a.unit().equals(b.unit())
        && a.formula().replace("x(n)", "y(n)").equals(b.formula().replace("x(n)", "y(n)"))
        && a.source().equals(b.source());
  }

  private static String firstWord(String name) {
    return name.substring(0, name.indexOf('_') < 0 ? name.length() : name.indexOf('_'));
  }

  private static final String INTRODUCTION =
      """
      # Facial features, layout %s

      What `org.fer4j.features.FeatureExtractor` measures on a face: %d numbers, of which the first
      %d are geometry. This document is made by `FeatureLayout.toMarkdown()`, which reads the formulas
      that compute; a test compares both. A layout never changes: a classifier's manifest names the
      version that it was trained on, and is refused with another.

      Geometry is measured on the 468 points of MediaPipe's face mesh, seen from the front: the points
      are moved to the middle of the four eye corners, turned by the head's pose (axes: x along the
      lines between the eye corners, y from the top of the forehead, point 10, to the base of the
      nose, point 2) and divided by the eye span, which is the distance of the outer eye corners, 33
      and 263. So place, size and roll of a face change nothing, and neither do yaw and pitch, as far
      as the mesh sees depth. x points to the person's left, y down. Left and right are the person's
      own. Without points, geometry is missing (NaN).

      `|a b|` is the distance of two points in x and y; `y(a b)` the mean of y over points, `x(a b)`
      that of x; `slope(a, b)` how steeply the line from a rises to b, sideways in either direction;
      `angle(a; b, c)` the angle at a; `area(...)` that of a polygon; `yaw` and `pitch` how the head
      is turned (above 0: to its own left; up). AU are the action units of the Facial Action Coding
      System.

      Appearance is measured on seven squares, turned with the eyes and sized in eye spans: brows
      (0.6), the gap between them (0.45), eyes (0.5), nose (0.85) and lips (1.05). Each is read as 32
      x 32 grey values. Without points, the squares lie where parts usually are.

      | index | feature | unit | formula | source |
      | --- | --- | --- | --- | --- |
      """;
}
