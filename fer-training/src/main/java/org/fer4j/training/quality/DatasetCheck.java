package org.fer4j.training.quality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fer4j.Emotion;
import org.fer4j.training.data.LeaveOutList;

/**
 * What is wrong with the images of one or several datasets, and how their labels are spread. Images
 * are compared with all others, those of other datasets as well.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param balances of each part, in the order of the images
 * @param findings by kind, and in the order of the images
 */
public record DatasetCheck(Map<Part, ClassBalance> balances, List<Finding> findings) {

  /** Copies both. */
  public DatasetCheck {
    balances = Collections.unmodifiableMap(new LinkedHashMap<>(balances));
    findings = List.copyOf(findings);
  }

  /** Compares images. */
  public static DatasetCheck of(List<InspectedImage> images) {
    List<Finding> findings = new ArrayList<>();
    for (InspectedImage image : images) {
      image
          .faults()
          .forEach(
              (kind, reason) -> findings.add(new Finding(kind, image, reason, Optional.empty())));
    }
    findings.addAll(DuplicateFindings.of(PixelGroup.of(images)));
    IdentityHashMap<InspectedImage, Integer> order = new IdentityHashMap<>();
    images.forEach(image -> order.putIfAbsent(image, order.size()));
    findings.sort(
        Comparator.comparing(Finding::kind)
            .thenComparing(finding -> order.getOrDefault(finding.image(), 0)));
    return new DatasetCheck(balances(images), findings);
  }

  private static Map<Part, ClassBalance> balances(List<InspectedImage> images) {
    Map<Part, List<InspectedImage>> parts = new LinkedHashMap<>();
    for (InspectedImage image : images) {
      parts.computeIfAbsent(image.part(), part -> new ArrayList<>()).add(image);
    }
    Map<Part, ClassBalance> balances = new LinkedHashMap<>();
    parts.forEach((part, all) -> balances.put(part, balance(all)));
    return balances;
  }

  private static ClassBalance balance(List<InspectedImage> images) {
    Map<Emotion, Integer> labels = new EnumMap<>(Emotion.class);
    for (InspectedImage image : images) {
      image.entry().label().ifPresent(label -> labels.merge(label, 1, Integer::sum));
    }
    return new ClassBalance(images.size(), labels);
  }

  /** Returns how many images there are. */
  public int images() {
    return balances.values().stream().mapToInt(ClassBalance::images).sum();
  }

  /** Returns the findings of one kind; each is about another image. */
  public List<Finding> findings(FindingKind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).toList();
  }

  /**
   * Returns the images that are better left out: those of every kind that {@link
   * FindingKind#isLeftOut()} says, and those of further kinds.
   */
  public LeaveOutList leaveOut(Set<FindingKind> further) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Finding finding : findings) {
      if (finding.kind().isLeftOut() || further.contains(finding.kind())) {
        String reason = finding.kind().label() + ": " + finding.reason();
        reasons.merge(finding.image().name(), reason, (a, b) -> a + "; " + b);
      }
    }
    return new LeaveOutList(reasons);
  }
}
