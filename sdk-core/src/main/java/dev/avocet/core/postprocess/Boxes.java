package dev.avocet.core.postprocess;

import dev.avocet.core.Mask;
import dev.avocet.core.Rect;
import dev.avocet.core.Value;
import dev.avocet.core.Valued;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Detections as a head leaves them: parallel arrays that are reused by the head's next call. Boxes
 * are in source pixels, {@code x1 y1 x2 y2}. Confined to the slot's thread.
 */
public final class Boxes implements Valued.Many {
  private int size;
  private int[] labels = new int[64];
  private float[] scores = new float[64];
  private float[] corners = new float[256];
  private int[] indices = new int[64];
  private Mask[] masks = new Mask[64];
  private KeyPoints[] points = new KeyPoints[64];

  /** Forgets everything. */
  public void clear() {
    size = 0;
  }

  /** Appends a detection, whose {@link #index(int)} is its place in this list. */
  public void add(int label, float score, float x1, float y1, float x2, float y2) {
    if (size == labels.length) {
      labels = Arrays.copyOf(labels, 2 * size);
      scores = Arrays.copyOf(scores, 2 * size);
      corners = Arrays.copyOf(corners, 8 * size);
      indices = Arrays.copyOf(indices, 2 * size);
      masks = Arrays.copyOf(masks, 2 * size);
      points = Arrays.copyOf(points, 2 * size);
    }
    labels[size] = label;
    scores[size] = score;
    indices[size] = size;
    masks[size] = null;
    points[size] = null;
    int at = 4 * size++;
    corners[at] = x1;
    corners[at + 1] = y1;
    corners[at + 2] = x2;
    corners[at + 3] = y2;
  }

  /**
   * Gives the detection that was added last the number that it has in the network's output; of
   * heads that suppress overlapping ones themselves, its rank by score before that.
   */
  public void setIndex(int index) {
    indices[size - 1] = index;
  }

  /** Gives the detection that was added last its pixels. */
  public void mask(Mask mask) {
    masks[size - 1] = mask;
  }

  /** Gives detection {@code i} its pixels. */
  public void mask(int i, Mask mask) {
    masks[i] = mask;
  }

  /** Gives the detection that was added last its key points. */
  public void keyPoints(KeyPoints keyPoints) {
    points[size - 1] = keyPoints;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Number of detection {@code i} in the network's output, from 0; see {@link #setIndex}. */
  public int index(int i) {
    return indices[i];
  }

  /** Class number of detection {@code i}. */
  public int label(int i) {
    return labels[i];
  }

  /** Score of detection {@code i}. */
  public float score(int i) {
    return scores[i];
  }

  /** Left edge of detection {@code i}. */
  public float x1(int i) {
    return corners[4 * i];
  }

  /** Upper edge of detection {@code i}. */
  public float y1(int i) {
    return corners[4 * i + 1];
  }

  /** Right edge of detection {@code i}. */
  public float x2(int i) {
    return corners[4 * i + 2];
  }

  /** Lower edge of detection {@code i}. */
  public float y2(int i) {
    return corners[4 * i + 3];
  }

  /** Pixels of detection {@code i}, where the head gives them. */
  public Optional<Mask> mask(int i) {
    return Optional.ofNullable(masks[i]);
  }

  /** Key points of detection {@code i}, where the head gives them. */
  public Optional<KeyPoints> keyPoints(int i) {
    return Optional.ofNullable(points[i]);
  }

  /**
   * A list of {@code {index, label_id, score, bbox: [x1, y1, x2, y2]}}, with {@code mask} and
   * {@code key_points} where there are some.
   */
  @Override
  public Value toValue() {
    List<Value> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Map<String, Value> one = new LinkedHashMap<>();
      one.put("index", Value.of(indices[i]));
      one.put("label_id", Value.of(labels[i]));
      one.put("score", Value.of((double) scores[i]));
      one.put("bbox", Value.of(Arrays.copyOfRange(corners, 4 * i, 4 * i + 4)));
      mask(i).ifPresent(mask -> one.put("mask", value(mask)));
      keyPoints(i).ifPresent(points -> one.putAll(points.toValue().fields()));
      list.add(new Value.Fields(one));
    }
    return Value.of(list);
  }

  private static Value value(Mask mask) {
    Rect window = mask.window();
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("x", Value.of(window.x()));
    fields.put("y", Value.of(window.y()));
    fields.put("width", Value.of(window.width()));
    fields.put("height", Value.of(window.height()));
    fields.put("pixels", Value.opaque(mask));
    return new Value.Fields(fields);
  }
}
