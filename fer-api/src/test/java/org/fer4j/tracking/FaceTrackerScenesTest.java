package org.fer4j.tracking;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.fer4j.BoundingBox;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tracker on sequences whose truth is known; the bounds are what was measured, and a little.
 */
class FaceTrackerScenesTest {

  private static final int TRIALS = 50;

  private enum Play {
    /** Two faces walk to and fro, one up and down. */
    MOVING(
        0,
        new Scene(
            6,
            List.of(
                t -> swinging(200, 60, 0.4, t, 150, 90),
                t -> swinging(450, 80, 0.3, t + 1, 170, 100),
                t -> Optional.of(Scene.box(320, 360 + 60 * Math.sin(2 * t), 80))))),
    /**
     * Two faces pass, the nearer one hides the other for 0.4 seconds; 1 of 10 pairs is confused.
     */
    CROSSING(
        0.2,
        new Scene(
            4,
            List.of(
                t -> Optional.of(Scene.box(100 + 110 * t, 200, 100)),
                t -> Optional.of(Scene.box(540 - 110 * t, 210, 90))))),
    /** A face comes near, another goes away. */
    SCALED(
        0,
        new Scene(
            4,
            List.of(
                t -> Optional.of(Scene.box(180, 220, 60 * Math.exp(0.35 * t))),
                t -> Optional.of(Scene.box(480, 220, 200 * Math.exp(-0.35 * t)))))),
    /** One leaves for a second and comes back where it went; another leaves for good. */
    LEAVING(
        0,
        new Scene(
            5,
            List.of(
                t -> t > 2 && t < 3 ? Optional.empty() : Optional.of(Scene.box(150, 200, 90)),
                t -> t > 3 ? Optional.empty() : Optional.of(Scene.box(420, 200, 110)))));

    /** How many ids change in one play, at most, in the mean. */
    private final double mostSwitches;

    @SuppressWarnings("ImmutableEnumChecker") // Actors are functions of time.
    private final Scene scene;

    Play(double mostSwitches, Scene scene) {
      this.mostSwitches = mostSwitches;
      this.scene = scene;
    }

    private static Optional<BoundingBox> swinging(
        double x, double reach, double hertz, double t, double y, double side) {
      return Optional.of(Scene.box(x + reach * Math.sin(2 * Math.PI * hertz * t), y, side));
    }
  }

  @ParameterizedTest
  @EnumSource(Play.class)
  void keepsIdsAndPlaces(Play play) {
    for (int every : new int[] {1, 3}) {
      int visible = 0;
      int misses = 0;
      int switches = 0;
      int strangers = 0;
      double error = 0;
      for (int seed = 0; seed < TRIALS; seed++) {
        FaceTracker tracker = new FaceTracker(TrackerOptions.defaults());
        Scene.Score score = play.scene.play(tracker, every, seed);
        visible += score.visible();
        misses += score.misses();
        switches += score.switches();
        strangers += score.strangers();
        error += score.meanError() / TRIALS;
      }
      String found =
          "%s, every %d: of %d visible faces %d missed, %d ids changed, %d strangers, error %.3f sides"
              .formatted(play, every, visible, misses, switches, strangers, error);
      assertTrue(misses < 0.02 * visible, found);
      assertTrue(switches <= play.mostSwitches * TRIALS, found);
      assertTrue(error < 0.08, found);
    }
  }
}
