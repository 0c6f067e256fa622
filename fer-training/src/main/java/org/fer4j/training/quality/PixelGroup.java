package org.fer4j.training.quality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fer4j.training.data.Split;

/** All images that have the same pixels, with the groups that show nearly the same picture. */
final class PixelGroup {

  /**
   * Another group.
   *
   * @param likeness from {@link Likeness#SAME_PICTURE} to 1
   */
  record Near(PixelGroup group, double likeness) {}

  private final int order;
  private final List<InspectedImage> images = new ArrayList<>();
  private final List<Near> near = new ArrayList<>();

  private PixelGroup(int order) {
    this.order = order;
  }

  /** Groups all images that have a fingerprint, in the order of each group's first. */
  static List<PixelGroup> of(List<InspectedImage> images) {
    Map<String, PixelGroup> byPixels = new LinkedHashMap<>();
    List<Fingerprint> fingerprints = new ArrayList<>();
    for (InspectedImage image : images) {
      image
          .fingerprint()
          .ifPresent(
              fingerprint ->
                  byPixels
                      .computeIfAbsent(
                          fingerprint.pixels(),
                          pixels -> {
                            fingerprints.add(fingerprint);
                            return new PixelGroup(byPixels.size());
                          })
                      .images
                      .add(image));
    }
    List<PixelGroup> groups = List.copyOf(byPixels.values());
    link(groups, fingerprints);
    return groups;
  }

  private static void link(List<PixelGroup> groups, List<Fingerprint> fingerprints) {
    NearHashes hashes =
        new NearHashes(fingerprints.stream().mapToLong(Fingerprint::hash).toArray());
    for (int i = 0; i < groups.size(); i++) {
      int index = i;
      hashes.forEachBefore(
          index,
          before -> {
            double likeness =
                Likeness.of(fingerprints.get(index).grey(), fingerprints.get(before).grey());
            if (likeness >= Likeness.SAME_PICTURE) {
              groups.get(index).near.add(new Near(groups.get(before), likeness));
              groups.get(before).near.add(new Near(groups.get(index), likeness));
            }
          });
    }
    // The most alike first; among equals, the earliest.
    groups.forEach(
        group ->
            group.near.sort(
                (a, b) ->
                    a.likeness != b.likeness
                        ? Double.compare(b.likeness, a.likeness)
                        : Integer.compare(a.group.order, b.group.order)));
  }

  List<InspectedImage> images() {
    return Collections.unmodifiableList(images);
  }

  /** Returns the other groups, the most alike first. */
  List<Near> near() {
    return Collections.unmodifiableList(near);
  }

  /** Tells whether this group's first image comes before that of another. */
  boolean isBefore(PixelGroup other) {
    return order < other.order;
  }

  /** Returns the first image of each split. */
  Collection<InspectedImage> firstOfSplits() {
    Map<Optional<Split>, InspectedImage> first = new LinkedHashMap<>();
    images.forEach(image -> first.putIfAbsent(image.part().split(), image));
    return first.values();
  }
}
