package dev.avocet.postprocess.text;

import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import dev.avocet.core.postprocess.Quads;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects quadrilaterals in source pixels: takes them in pixels of a map that may be smaller than
 * the network's input, and maps them back in float32 as {@code (v - pad) / scale - border}, with
 * the reciprocal of the scale as the reference. Confined to one thread.
 */
public final class SourceQuads {
  private final float factorX;
  private final float factorY;
  private final float padLeft;
  private final float padTop;
  private final float borderLeft;
  private final float borderTop;
  private final List<Quad> quads = new ArrayList<>();
  private float[] scores = new float[16];

  private SourceQuads(
      float factorX,
      float factorY,
      float padLeft,
      float padTop,
      float borderLeft,
      float borderTop) {
    this.factorX = factorX;
    this.factorY = factorY;
    this.padLeft = padLeft;
    this.padTop = padTop;
    this.borderLeft = borderLeft;
    this.borderTop = borderTop;
  }

  /**
   * For a map of the picture {@code meta}.
   *
   * @param ratioX pixels of the map a pixel of the network's input, across
   * @param ratioY the same, down
   */
  public static SourceQuads of(SampleMeta meta, float ratioX, float ratioY) {
    return new SourceQuads(
        1 / (ratioX * meta.scaleX()),
        1 / (ratioY * meta.scaleY()),
        meta.padLeft() * ratioX,
        meta.padTop() * ratioY,
        meta.borderLeft(),
        meta.borderTop());
  }

  /** For answers in the map's own pixels. */
  public static SourceQuads unscaled() {
    return new SourceQuads(1, 1, 0, 0, 0, 0);
  }

  /** A position of the map in source pixels. */
  public Point point(float x, float y) {
    return new Point((x - padLeft) * factorX - borderLeft, (y - padTop) * factorY - borderTop);
  }

  /** The same, rounded to whole pixels, halves to even. */
  public Point rounded(float x, float y) {
    Point point = point(x, y);
    return new Point((float) Math.rint(point.x()), (float) Math.rint(point.y()));
  }

  /** Takes a quadrilateral that is in source pixels already. */
  public void add(Quad quad, float score) {
    if (quads.size() == scores.length) {
      scores = Arrays.copyOf(scores, 2 * scores.length);
    }
    scores[quads.size()] = score;
    quads.add(quad);
  }

  /** What has been collected, in the order of collecting. */
  public Quads quads() {
    return new Quads(quads, Arrays.copyOf(scores, quads.size()));
  }
}
