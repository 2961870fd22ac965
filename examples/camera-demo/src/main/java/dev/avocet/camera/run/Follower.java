package dev.avocet.camera.run;

import dev.avocet.Box;
import dev.avocet.camera.seen.Found;
import dev.avocet.camera.seen.Happening;
import dev.avocet.camera.seen.Observation;
import dev.avocet.core.Image;
import dev.avocet.media.Frame;
import dev.avocet.track.BoxTracker;
import dev.avocet.track.Scene;
import dev.avocet.track.SceneCounter;
import dev.avocet.track.SceneEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Follows and counts what was found in a camera's frames. Thread safe. */
final class Follower {
  private final String source;
  private final DoubleSupplier least;
  private final BoxTracker tracker;

  /** Classes of those that are followed, for what happens to one that is not seen any more. */
  private final Map<Long, Found> last =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Found> eldest) {
          return size() > SceneCounter.MOST_OBJECTS;
        }
      };

  private Scene scene;
  private SceneCounter counter;
  private String model = "";

  /**
   * For a camera.
   *
   * @param least score below which objects are left out
   */
  Follower(String source, Scene scene, DoubleSupplier least) {
    this.source = source;
    this.least = least;
    this.tracker = new BoxTracker(BoxTracker.Params.showing((float) least.getAsDouble()));
    scene(scene);
  }

  /** Counts at other lines and zones from now on, from nothing. */
  synchronized void scene(Scene other) {
    counter = new SceneCounter(other);
    scene = other;
  }

  synchronized Scene scene() {
    return scene;
  }

  synchronized Map<String, Map<String, Long>> counts() {
    return counter.counts();
  }

  /** The input begins anew: nobody is known any more, what was counted stays. */
  synchronized void restart() {
    tracker.reset();
  }

  /**
   * Makes an observation.
   *
   * @param number of the frame among all of the camera
   */
  synchronized Observation follow(long number, Frame frame, Sight sight, Optional<byte[]> jpeg) {
    if (!sight.model().equals(model)) {
      // Its classes have other meanings.
      tracker.reset();
      model = sight.model();
    }
    Image image = frame.image();
    int width = image.uprightWidth();
    int height = image.uprightHeight();
    double time = frame.timeMillis().orElse(frame.decodedNanos() / 1e6);
    List<Found> found = tracked(time, sight.found());
    return new Observation(
        source,
        number,
        Instant.now(),
        frame.timeMillis(),
        frame.decodedNanos(),
        width,
        height,
        model,
        found,
        happenings(time, width, height, found),
        counter.counts(),
        jpeg);
  }

  private List<Found> tracked(double time, List<Found> all) {
    List<Found> placed = all.stream().filter(f -> f.box().isPresent()).toList();
    float[] scores = new float[placed.size()];
    int[] classes = new int[placed.size()];
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < placed.size(); i++) {
      scores[i] = placed.get(i).score();
      classes[i] = placed.get(i).classId();
      boxes.add(placed.get(i).box().get());
    }
    long[] ids = tracker.update(time, boxes, scores, classes);
    List<Found> shown = new ArrayList<>();
    int i = 0;
    for (Found one : all) {
      long id = one.box().isPresent() ? ids[i++] : -1;
      if (one.score() >= least.getAsDouble()) {
        shown.add(id < 0 ? one : one.tracked(id));
      }
    }
    return shown;
  }

  private List<Happening> happenings(double time, int width, int height, List<Found> found) {
    List<Found> known = found.stream().filter(f -> f.trackId().isPresent()).toList();
    List<SceneEvent> events =
        counter.update(
            time,
            width,
            height,
            known.stream().mapToLong(f -> f.trackId().getAsLong()).toArray(),
            known.stream().map(f -> f.box().get()).toList(),
            known.stream().map(Found::label).toList());
    for (Found one : known) {
      last.remove(one.trackId().getAsLong());
      last.put(one.trackId().getAsLong(), one);
    }
    List<Happening> happenings = new ArrayList<>();
    for (SceneEvent event : events) {
      Optional<Found> who = Optional.ofNullable(last.get(event.trackId()));
      happenings.add(
          new Happening(
              Happening.Kind.valueOf(event.kind().name()),
              event.name(),
              event.trackId(),
              who.map(Found::classId).orElse(-1),
              who.map(Found::label).orElse("")));
    }
    return happenings;
  }
}
