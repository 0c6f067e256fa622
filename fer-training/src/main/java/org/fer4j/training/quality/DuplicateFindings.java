package org.fer4j.training.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.training.data.Split;
import org.fer4j.training.quality.PixelGroup.Near;

/** Tells what is wrong with images that show one picture. */
final class DuplicateFindings {

  /**
   * Images of one picture contradict each other if their annotators prefer different expressions
   * and share less than this of their votes.
   */
  private static final double LEAST_OVERLAP = 0.5;

  private final List<Finding> findings = new ArrayList<>();

  private DuplicateFindings() {}

  /** Compares the images of each group with each other, and with those of the groups near it. */
  static List<Finding> of(List<PixelGroup> groups) {
    DuplicateFindings all = new DuplicateFindings();
    for (PixelGroup group : groups) {
      all.addExact(group);
      all.addNear(group);
      all.addLeaks(group);
      all.addConflicts(group);
    }
    return all.findings;
  }

  private void addExact(PixelGroup group) {
    for (InspectedImage first : group.firstOfSplits()) {
      group.images().stream()
          .filter(image -> isOfOneSplit(first, image))
          .skip(1)
          .forEach(image -> add(FindingKind.EXACT_DUPLICATE, image, samePixels(first), first));
    }
  }

  private void addNear(PixelGroup group) {
    for (InspectedImage image : group.firstOfSplits()) {
      for (Near near : group.near()) {
        Optional<InspectedImage> earlier = first(near.group(), other -> isOfOneSplit(other, image));
        if (near.group().isBefore(group) && earlier.isPresent()) {
          add(FindingKind.NEAR_DUPLICATE, image, nearlySame(earlier.get(), near), earlier.get());
          break;
        }
      }
    }
  }

  private void addLeaks(PixelGroup group) {
    for (InspectedImage image : group.images()) {
      Predicate<InspectedImage> later = other -> isLater(other.part().split(), image);
      Optional<InspectedImage> same = first(group, later);
      if (same.isPresent()) {
        add(FindingKind.LEAK, image, samePixels(same.get()), same.get());
        continue;
      }
      for (Near near : group.near()) {
        Optional<InspectedImage> other = first(near.group(), later);
        if (other.isPresent()) {
          add(FindingKind.LEAK, image, nearlySame(other.get(), near), other.get());
          break;
        }
      }
    }
  }

  private void addConflicts(PixelGroup group) {
    Map<EmotionScores, InspectedImage> opinions = new LinkedHashMap<>();
    addOpinions(group, opinions);
    group.near().forEach(near -> addOpinions(near.group(), opinions));
    for (InspectedImage image : group.images()) {
      image
          .entry()
          .distribution()
          .flatMap(opinion -> leastLike(opinion, opinions.keySet()))
          .map(opinions::get)
          .ifPresent(other -> add(FindingKind.CONFLICT, image, contradicts(image, other), other));
    }
  }

  /** Keeps one image for each opinion: of thousands of equal images, most agree. */
  private static void addOpinions(PixelGroup group, Map<EmotionScores, InspectedImage> opinions) {
    for (InspectedImage image : group.images()) {
      image.entry().distribution().ifPresent(opinion -> opinions.putIfAbsent(opinion, image));
    }
  }

  private static Optional<EmotionScores> leastLike(
      EmotionScores opinion, Iterable<EmotionScores> others) {
    List<EmotionScores> contradicting = new ArrayList<>();
    others.forEach(
        other -> {
          if (other.top() != opinion.top() && overlap(opinion, other) < LEAST_OVERLAP) {
            contradicting.add(other);
          }
        });
    return contradicting.stream().min(Comparator.comparing(other -> overlap(opinion, other)));
  }

  private static double overlap(EmotionScores a, EmotionScores b) {
    double sum = 0;
    for (Emotion emotion : Emotion.all()) {
      sum += Math.min(a.of(emotion), b.of(emotion));
    }
    return sum;
  }

  private static boolean isOfOneSplit(InspectedImage a, InspectedImage b) {
    return a.part().split().equals(b.part().split());
  }

  /** Training comes before validation, and both before the test, which is looked at once. */
  private static boolean isLater(Optional<Split> split, InspectedImage image) {
    Optional<Split> own = image.part().split();
    return split.isPresent() && own.isPresent() && split.get().compareTo(own.get()) > 0;
  }

  private static Optional<InspectedImage> first(
      PixelGroup group, Predicate<InspectedImage> wanted) {
    return group.images().stream().filter(wanted).findFirst();
  }

  private static String samePixels(InspectedImage other) {
    return "has the same pixels as " + other.name();
  }

  private static String nearlySame(InspectedImage other, Near near) {
    return String.format(
        Locale.ROOT, "shows what %s shows: likeness %.3f", other.name(), near.likeness());
  }

  private static String contradicts(InspectedImage image, InspectedImage other) {
    return "shows what %s shows, but says %s where that says %s"
        .formatted(other.name(), opinion(image), opinion(other));
  }

  private static String opinion(InspectedImage image) {
    return image.entry().distribution().map(scores -> scores.top().label()).orElse("nothing");
  }

  private void add(FindingKind kind, InspectedImage image, String reason, InspectedImage other) {
    findings.add(new Finding(kind, image, reason, Optional.of(other)));
  }
}
