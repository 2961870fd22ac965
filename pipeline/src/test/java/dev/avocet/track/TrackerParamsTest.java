package dev.avocet.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.model.Params;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("engineless")
class TrackerParamsTest {
  private static TrackerParams parse(String json) {
    return TrackerParams.of(Params.parse("tracker.json", json));
  }

  @Test
  void shouldStartFromTheReferencesRealDefaults() {
    TrackerParams expected =
        new TrackerParams(
            1, 0, .5f, -1, .7f, -1, .5f, -1, 1.25f, 0, .5f, List.of(), .4f, 10, 1, .05f, .00625f,
            .007f, 1, 1);
    assertThat(TrackerParams.DEFAULT).isEqualTo(expected);
    assertThat(parse("{}")).isEqualTo(expected);
  }

  @Test
  void shouldReadEveryParameterByTheReferencesName() {
    Params json =
        Params.parse(
            "tracker.json",
            """
            {"det_interval": 2, "det_label": 3, "det_thr": 0.25, "det_min_bbox_size": 5,
             "det_nms_thr": 0.5, "pose_max_num_bboxes": 6, "pose_kpt_thr": 0.125,
             "pose_min_keypoints": 7, "pose_bbox_scale": 1.5, "pose_min_bbox_size": 8,
             "pose_nms_thr": 0.75, "keypoint_sigmas": [0.5, 1], "track_iou_thr": 0.0625,
             "track_max_missing": 9, "track_history_size": 10, "std_weight_position": 0.5,
             "std_weight_velocity": 0.25, "smooth_params": [1, 2, 4]}
            """);
    assertThat(TrackerParams.of(json))
        .isEqualTo(
            new TrackerParams(
                2,
                3,
                .25f,
                5,
                .5f,
                6,
                .125f,
                7,
                1.5f,
                8,
                .75f,
                List.of(.5f, 1f),
                .0625f,
                9,
                10,
                .5f,
                .25f,
                1,
                2,
                4));
    assertThat(json.unread()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"det_interval\": -1} | detectionInterval=-1: expected 0 to 2147483647",
        "{\"det_thr\": 1.5} | detectionThreshold=1.5: expected 0.0 to 1.0",
        "{\"pose_bbox_scale\": 0} | boxScale=0.0: expected ",
        "{\"keypoint_sigmas\": [0.1, 0]} | keyPointSigmas=0.0: expected ",
        "{\"track_max_missing\": -1} | maxMissing=-1: expected 0",
        "{\"track_history_size\": 0} | historySize=0: expected 1",
        "{\"smooth_params\": [1, 1]} | smoothing has 2 numbers: expected beta",
        "{\"track_iou_thr\": \"a\"} | tracker.json: $.track_iou_thr: expected a number"
      })
  void shouldRefuseValuesOutsideOfTheirRange(String json, String words) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG))
        .hasMessageContaining(words);
  }
}
