package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.core.Image;
import dev.avocet.core.Value;
import dev.avocet.core.model.Model;
import dev.avocet.testing.SharedFolder;
import dev.avocet.track.TrackerParams;
import dev.avocet.track.TrackerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detect, pose and track as one pipeline: the reference runtime's own wiring, and its answers. */
class PipelineTrackingTest {
  /** What {@code apis/c/mmdeploy/pose_tracker.cpp} of MMDeploy runs. */
  private static final String TRACKER =
      """
      {"type": "Pipeline", "input": ["img", "force_det", "state"], "output": "targets", "tasks": [
        {"type": "Task", "name": "prepare", "module": "pose_tracker::Prepare",
         "input": ["img", "force_det", "state"], "output": "use_det"},
        {"type": "Task", "module": "Transform", "name": "preload", "input": "img",
         "output": "data", "transforms": [{"type": "LoadImageFromFile"}]},
        {"type": "Cond", "name": "cond", "input": ["use_det", "data"], "output": "dets",
         "body": {"name": "detection", "type": "Inference", "params": {"model": "detection"}}},
        {"type": "Task", "name": "process_bboxes", "module": "pose_tracker::ProcessBboxes",
         "input": ["dets", "data", "state"], "output": ["rois", "track_ids"]},
        {"input": "*rois", "output": "*keypoints", "name": "pose", "type": "Inference",
         "params": {"model": "pose"}},
        {"type": "Task", "name": "track_step", "module": "pose_tracker::TrackStep",
         "scheduler": "pool", "input": ["keypoints", "track_ids", "state"],
         "output": "targets"}]}
      """;

  @TempDir Path folder;

  @Test
  void shouldTrackPeopleAsTheReferenceDoes() throws IOException {
    Path one = SharedFolder.resolve("conformance/cases/tracker-people");
    Path graph = Files.writeString(folder.resolve("tracker.json"), TRACKER);
    JsonNode expected = new ObjectMapper().readTree(one.resolve("expected.json").toFile());
    List<Path> frames;
    try (Stream<Path> files = Files.list(one.resolve("frames"))) {
      frames = files.sorted().toList();
    }
    try (Model detection = Model.open(one.resolve("detector"));
        Model pose = Model.open(one.resolve("model"));
        Pipeline pipeline =
            Pipeline.builder(graph, Map.of("detection", detection, "pose", pose)).open()) {
      int seen = 0;
      for (int run = 0; run < 2; run++) {
        TrackerState state =
            new TrackerState(
                TrackerParams.builder()
                    .detectionInterval(run == 0 ? 1 : 3)
                    .detectionLabel(0)
                    .detectionThreshold(0.4f)
                    .keyPointThreshold(0.1f)
                    .trackIouThreshold(0.3f)
                    .build());
        for (int i = 0; i < frames.size(); i++) {
          JsonNode wanted = expected.path("runs").path(run).path(i);
          seen += compare(pipeline, state, frames.get(i), wanted, run + "/" + i);
        }
      }
      assertThat(seen).isGreaterThan(10);
    }
  }

  private static int compare(
      Pipeline pipeline, TrackerState state, Path frame, JsonNode wanted, String where) {
    try (Image image = Image.read(frame);
        Answer answer =
            pipeline.run(
                Map.of(
                    "img", List.of(Value.of(image)),
                    "force_det", List.of(Value.of(-1)),
                    "state", List.of(Value.opaque(state))))) {
      List<Value> targets = answer.first("targets").items();
      assertThat(targets).as(where).hasSize(wanted.path("ids").size());
      for (int t = 0; t < targets.size(); t++) {
        assertThat(targets.get(t).get("track_id").asInt())
            .as(where)
            .isEqualTo(wanted.path("ids").path(t).intValue());
        List<Value> points = targets.get(t).get("key_points").items();
        JsonNode wantedPoints = wanted.path("key_points").path(t);
        assertThat(points).hasSize(wantedPoints.size());
        for (int k = 0; k < points.size(); k++) {
          float[] at = points.get(k).get("bbox").asFloats();
          assertThat(at[0])
              .as(where)
              .isCloseTo(wantedPoints.path(k).path(0).floatValue(), within(0.5f));
          assertThat(at[1])
              .as(where)
              .isCloseTo(wantedPoints.path(k).path(1).floatValue(), within(0.5f));
        }
      }
      return targets.size();
    }
  }
}
