package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Box;
import dev.avocet.PoseTracker;
import dev.avocet.TrackedPose;
import dev.avocet.core.Image;
import dev.avocet.core.model.Params;
import dev.avocet.track.TrackerParams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares tracks frame by frame, once for each of the case's states: ids exactly, boxes and key
 * points within 0.01 px, scores within 1e-4.
 *
 * <p>{@code pose_kpt_thr} is left at its default: the answers come through the reference's Python
 * binding, which calls that parameter {@code track_kpt_thr} and ignores the name that cases write.
 */
final class PoseTrackerCases implements TaskRunner {
  private static final String IGNORED = "pose_kpt_thr";

  @Override
  public Verdict run(Case one, RunOptions options) {
    JsonNode states = one.json().path("states");
    JsonNode runs = one.expected().path("runs");
    List<Image> frames = new ArrayList<>();
    try (PoseTracker tracker =
        options.open(PoseTracker.builder(one.folder().resolve("detector"), one.model()))) {
      for (Path file : one.files("frames")) {
        frames.add(Image.read(file));
      }
      for (int i = 0; i < states.size(); i++) {
        PoseTracker.State state = tracker.newState(params(one, states.get(i)));
        for (int f = 0; f < frames.size(); f++) {
          String where = "state %d frame %d".formatted(i, f);
          List<TrackedPose> seen = tracker.track(state, frames.get(f));
          Verdict verdict = compare(where, seen, runs.path(i).path(f));
          if (!verdict.passed()) {
            return verdict;
          }
        }
      }
      return Verdict.AGREES;
    } finally {
      frames.forEach(Image::close);
    }
  }

  private static TrackerParams params(Case one, JsonNode state) {
    ObjectNode known = state.deepCopy();
    known.remove(IGNORED);
    return TrackerParams.of(
        Params.parse(one.folder().resolve(Case.FILE).toString(), known.toString()));
  }

  private static Verdict compare(String where, List<TrackedPose> seen, JsonNode expected) {
    List<Integer> ids = seen.stream().map(TrackedPose::id).toList();
    List<Integer> wanted = new ArrayList<>();
    expected.path("ids").forEach(id -> wanted.add(id.intValue()));
    if (!ids.equals(wanted)) {
      return Verdict.differs("%s: ids %s, expected %s".formatted(where, ids, wanted));
    }
    for (int i = 0; i < seen.size(); i++) {
      String name = "%s id %d".formatted(where, ids.get(i));
      float[] b = JsonFile.floats(expected.path("boxes").path(i));
      Box box = new Box(b[0], b[1], b[2], b[3]);
      if (distance(seen.get(i).box(), box) > 1) {
        return Verdict.differs("%s: %s, expected %s".formatted(name, seen.get(i).box(), box));
      }
      Verdict verdict =
          PoseDetectorCases.compare(name, seen.get(i).pose(), expected.path("key_points").path(i));
      if (!verdict.passed()) {
        return verdict;
      }
    }
    return Verdict.AGREES;
  }

  private static double distance(Box a, Box b) {
    return Comparison.worst(
        Comparison.pixels(a.x1(), b.x1()),
        Comparison.pixels(a.y1(), b.y1()),
        Comparison.pixels(a.x2(), b.x2()),
        Comparison.pixels(a.y2(), b.y2()));
  }
}
