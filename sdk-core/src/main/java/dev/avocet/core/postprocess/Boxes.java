package dev.avocet.core.postprocess;

import java.util.Arrays;

/**
 * Detections as a head leaves them: parallel arrays that are reused by the head's next call. Boxes
 * are in source pixels, {@code x1 y1 x2 y2}. Confined to the slot's thread.
 */
public final class Boxes {
  private int size;
  private int[] labels = new int[64];
  private float[] scores = new float[64];
  private float[] corners = new float[256];

  /** Forgets everything. */
  public void clear() {
    size = 0;
  }

  /** Appends a detection. */
  public void add(int label, float score, float x1, float y1, float x2, float y2) {
    if (size == labels.length) {
      labels = Arrays.copyOf(labels, 2 * size);
      scores = Arrays.copyOf(scores, 2 * size);
      corners = Arrays.copyOf(corners, 8 * size);
    }
    labels[size] = label;
    scores[size] = score;
    int at = 4 * size++;
    corners[at] = x1;
    corners[at + 1] = y1;
    corners[at + 2] = x2;
    corners[at + 3] = y2;
  }

  /** How many there are. */
  public int size() {
    return size;
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
}
