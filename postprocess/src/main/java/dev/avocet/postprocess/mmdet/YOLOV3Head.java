package dev.avocet.postprocess.mmdet;

import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.BestClass;
import dev.avocet.postprocess.Candidates;
import dev.avocet.postprocess.Outputs;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The raw maps of YOLOv3 (arXiv 1804.02767) and, as {@code YOLOv5Head}, of YOLOv5. Source: MMDeploy
 * 1.3.1, {@code codebase/mmdet/yolo_head.cpp}.
 *
 * <p>Reads all outputs, ordered by name, one a stride: FLOAT32 [B,A*(5+C),H,W] with, for each of A
 * anchors, x, y, w, h, objectness and C classes, all before their sigmoid. Where names and strides
 * run against each other (both the widths of the maps and the strides rise, or both fall) the maps
 * are taken from the last. Of YOLOv3 a cell at column {@code g} of stride {@code s} has centre
 * {@code (sigmoid(x) + g) * s} and width {@code exp(w) * anchor}, of YOLOv5 {@code (2 sigmoid(x) -
 * 0.5 + g) * s} and {@code (2 sigmoid(w))^2 * anchor}. Boxes are suppressed whatever the classes,
 * then clamped to the network's picture and cut to whole pixels of it. Results descend by score,
 * sigmoid of objectness times sigmoid of the best class, and are reused by the next call.
 *
 * <p>Parameters: {@code anchor_generator.base_sizes} (for each stride [width, height] of its
 * anchors) and {@code anchor_generator.strides} (both needed), {@code score_thr} (0.02), {@code
 * nms.iou_threshold} (0.45), {@code min_bbox_size} (0) in source pixels. As in the reference the
 * model's threshold is one of objectness alone; a caller's own is one of the score. {@code nms_pre}
 * and {@code max_per_img} have no effect. Other than there the extents of a map are its own, not
 * those that the picture's size would give, and a suppressed box suppresses no other one.
 */
public final class YOLOV3Head implements Head<Boxes> {
  private final boolean v5;
  private final float scoreThreshold;
  private final List<float[]> anchors;
  private final float[] strides;
  private final BestClass best = new BestClass();
  private final Candidates candidates;

  private YOLOV3Head(Params params, boolean v5) {
    this.v5 = v5;
    scoreThreshold = params.floatValue("score_thr", 0.02f);
    Params generator = params.object("anchor_generator");
    anchors = generator.floatRows("base_sizes");
    strides = generator.floats("strides");
    candidates = Candidates.acrossClasses(params);
    if (anchors.size() != strides.length
        || anchors.stream().anyMatch(a -> a.length == 0 || a.length % 2 != 0)) {
      throw generator.error("base_sizes", "[width, height] of anchors for each of the strides");
    }
  }

  /** Registers the head as {@code mmdet/YOLOV3Head}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmdet";
    }

    @Override
    public String component() {
      return "YOLOV3Head";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new YOLOV3Head(params, false);
    }
  }

  /** Registers the head as {@code mmdet/YOLOv5Head}. */
  public static final class V5Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmdet";
    }

    @Override
    public String component() {
      return "YOLOv5Head";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new YOLOV3Head(params, true);
    }
  }

  @Override
  public Class<Boxes> resultType() {
    return Boxes.class;
  }

  @Override
  public Boxes decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    candidates.begin(meta);
    List<String> names = orderedNames(outputs, index);
    float objectness = Sigmoid.inverse(options.scoreThreshold(scoreThreshold));
    float threshold = options.scoreThreshold(0);
    for (int level = 0; level < strides.length; level++) {
      String name = names.get(level);
      Tensor map = LevelMaps.get(outputs, name, index);
      int count = anchors.get(level).length / 2;
      if (map.shape().dim(1) % count != 0 || map.shape().dim(1) / count <= 5) {
        throw Outputs.unexpected(name, "FLOAT32[B,%d*(5+C),H,W]".formatted(count), map);
      }
      for (int anchor = 0; anchor < count; anchor++) {
        decodeAnchor(map, index, level, anchor, objectness, threshold);
      }
    }
    return candidates.suppressTruncated(meta.width(), meta.height());
  }

  private List<String> orderedNames(NetOutputs outputs, int index) {
    List<String> names = LevelMaps.names(outputs, strides.length);
    if (names.size() < 2) {
      return names;
    }
    long first = LevelMaps.get(outputs, names.get(0), index).shape().dim(3);
    long second = LevelMaps.get(outputs, names.get(1), index).shape().dim(3);
    if ((strides[0] < strides[1]) == (first < second)) {
      names = new ArrayList<>(names);
      Collections.reverse(names);
    }
    return names;
  }

  private void decodeAnchor(
      Tensor map, int index, int level, int anchor, float objectness, float threshold) {
    FloatBuffer values = map.floats();
    int width = (int) map.shape().dim(3);
    int cells = (int) map.shape().dim(2) * width;
    int channels = (int) map.shape().dim(1);
    int columns = channels / (anchors.get(level).length / 2);
    int from = (index * channels + anchor * columns) * cells;
    for (int cell = 0; cell < cells; cell++) {
      int at = from + cell;
      float object = values.get(at + 4 * cells);
      // Negated, so that a NaN goes on to be found.
      if (!(object < objectness)) {
        best.find(values, at + 5 * cells, cells, columns - 5);
        float score = Sigmoid.of(best.score()) * Sigmoid.of(object);
        if (!(score < threshold)) {
          add(values, at, cells, cell % width, cell / width, level, anchor, score);
        }
      }
    }
  }

  private void add(
      FloatBuffer values, int at, int step, int x, int y, int level, int anchor, float score) {
    float stride = strides[level];
    float width = size(values.get(at + 2 * step)) * anchors.get(level)[2 * anchor];
    float height = size(values.get(at + 3 * step)) * anchors.get(level)[2 * anchor + 1];
    float x1 = (centre(values.get(at)) + x) * stride - width / 2;
    float y1 = (centre(values.get(at + step)) + y) * stride - height / 2;
    candidates.add(best.label(), score, x1, y1, x1 + width, y1 + height);
  }

  /** Where in its cell a box has its centre. */
  private float centre(float v) {
    return v5 ? Sigmoid.of(v) * 2 - 0.5f : Sigmoid.of(v);
  }

  /** How many anchors a box is wide or high. */
  private float size(float v) {
    float twice = Sigmoid.of(v) * 2;
    return v5 ? twice * twice : (float) Math.exp(v);
  }
}
