package dev.avocet.postprocess.mmocr;

import dev.avocet.core.Quad;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.postprocess.Quads;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.Outputs;
import dev.avocet.postprocess.text.Polygons;
import dev.avocet.postprocess.text.RotatedBox;
import dev.avocet.postprocess.text.ScoreMap;
import dev.avocet.postprocess.text.SourceQuads;
import dev.avocet.postprocess.text.Unclip;
import java.util.Optional;

/**
 * Text from the probability map of DBNet (arXiv 1911.08947). Source: MMDeploy 1.3.1, {@code
 * codebase/mmocr/dbnet.cpp} and {@code cpu/dbnet.cpp}.
 *
 * <p>Reads {@code output} FLOAT32 [B,H,W] or [B,1,H,W] with values of 0 to 1. The border of each
 * region whose pixels are at least {@code mask_thr}, holes among them, is simplified with a
 * tolerance of 1 % of its length; what keeps less than four corners is dropped, and so is what
 * scores less than {@code min_text_score} on average. The rest is grown ({@link Unclip}) and
 * answered as the rectangle of least area, rounded to whole source pixels, not clipped.
 *
 * <p>A long thin region collapses when it is simplified: its height is less than 1 % of its border.
 * With {@code approximate} false, which the reference does not have, the rectangle of least area
 * around the region takes the place of the simplified border, and such regions stay; around the
 * squares that its pixels cover for growing, through the middles of the outermost for scoring.
 *
 * <p>Deviations from the reference: the batch may be above 1; {@code pad_param} and {@code border}
 * are undone; a NaN anywhere in the map fails. Kept: {@code min_text_width} is compared, as a whole
 * number, with whichever side of the rectangle is its {@link RotatedBox#width()}.
 *
 * <p>Parameters: {@code mask_thr} (0.3), {@code min_text_score} (0.3), {@code min_text_width} (5,
 * map pixels; the width has to be above), {@code unclip_ratio} (1.5, to 100), {@code max_candidate}
 * (3000 borders), {@code rescale} (true; false answers map pixels), {@code downsample_ratio} (1:
 * map pixels an input pixel), {@code approximate} (true).
 */
public final class DBHead implements Head<Quads> {
  private static final String OUTPUT = "output";
  private static final double TOLERANCE = 0.01;

  /** Values in an array of four corners. */
  private static final int FOUR_CORNERS = 8;

  private final float maskThreshold;
  private final float minScore;
  private final int minWidth;
  private final float unclipRatio;
  private final int maxCandidates;
  private final boolean rescale;
  private final float downsampleRatio;
  private final boolean approximate;

  private DBHead(Params params) {
    maskThreshold = params.floatValue("mask_thr", 0.3f);
    minScore = params.floatValue("min_text_score", 0.3f);
    minWidth = params.intValue("min_text_width", 5);
    unclipRatio = params.floatValue("unclip_ratio", 1.5f);
    maxCandidates = params.intValue("max_candidate", 3000);
    rescale = params.booleanValue("rescale", true);
    downsampleRatio = params.floatValue("downsample_ratio", 1);
    approximate = params.booleanValue("approximate", true);
    if (!(unclipRatio > 0 && unclipRatio <= 100)) {
      throw params.error("unclip_ratio", "a number above 0, to 100");
    }
    if (maxCandidates < 1) {
      throw params.error("max_candidate", "1 or more");
    }
    if (!(downsampleRatio > 0)) {
      throw params.error("downsample_ratio", "a number above 0");
    }
  }

  /** Registers the head as {@code mmocr/DBHead}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmocr";
    }

    @Override
    public String component() {
      return "DBHead";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new DBHead(params);
    }
  }

  @Override
  public Class<Quads> resultType() {
    return Quads.class;
  }

  @Override
  public Quads decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    float threshold = options.scoreThreshold(minScore);
    SourceQuads found =
        rescale ? SourceQuads.of(meta, downsampleRatio, downsampleRatio) : SourceQuads.unscaled();
    ScoreMap map = ScoreMap.of(OUTPUT, outputs.get(OUTPUT), index);
    for (int[] contour : map.contours(maskThreshold, maxCandidates)) {
      if (approximate) {
        int[] polygon = Polygons.simplify(contour, TOLERANCE);
        if (polygon.length >= FOUR_CORNERS) {
          take(polygon, map.mean(polygon), threshold, found);
        }
      } else {
        int[] squares = RotatedBox.around(Polygons.squares(contour)).rounded();
        take(squares, map.mean(RotatedBox.around(contour).rounded()), threshold, found);
      }
    }

    return found.quads();
  }

  private void take(int[] polygon, float score, float threshold, SourceQuads found) {
    if (Float.isNaN(score)) {
      throw Outputs.nan("the mean score of a region in \"" + OUTPUT + "\"");
    }
    if (score < threshold) {
      return;
    }
    Optional<int[]> grown = Unclip.grow(polygon, Unclip.distance(polygon, unclipRatio));
    if (grown.isEmpty()) {
      return;
    }
    RotatedBox box = RotatedBox.around(grown.get());
    if ((int) box.width() > minWidth) {
      found.add(
          new Quad(
              found.rounded(box.x(0), box.y(0)),
              found.rounded(box.x(1), box.y(1)),
              found.rounded(box.x(2), box.y(2)),
              found.rounded(box.x(3), box.y(3))),
          score);
    }
  }
}
