package dev.avocet.postprocess.ppocr;

import dev.avocet.core.Point;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Text from the raw output of PP-OCR's detectors (DBNet, arXiv 1911.08947). Sources: PaddleOCR 2.7,
 * {@code ppocr/postprocess/db_postprocess.py}, {@code tools/infer/predict_det.py} and {@code
 * predict_system.py}.
 *
 * <p>Reads {@code output}, or the only output there is: FLOAT32 [B,1,H,W] or [B,H,W] with values of
 * 0 to 1. Around the border of each region whose pixels are above {@code thresh}, holes among them,
 * the rectangle of least area is taken; it is dropped where its short side is below 3 pixels or its
 * mean score below {@code box_thresh}. The rest is grown by area times {@code unclip_ratio} over
 * the perimeter, dropped where its short side is below 5 pixels, mapped to source pixels, rounded
 * and clipped to the picture. Unlike {@link dev.avocet.postprocess.mmocr.DBHead} this keeps long
 * thin regions.
 *
 * <p>Deviations: what grows is the rectangle around the squares that the region's pixels cover.
 * PaddleOCR draws it through the middles of the outermost pixels, cuts its corners to whole numbers
 * and maps them back as if they were edges of pixels, which takes about a pixel off each side; the
 * recogniser then misses strokes of low lines. Scores and side limits are of PaddleOCR's rectangle.
 *
 * <p>Corners are those of the text, upper left first, clockwise. Quadrilaterals come in reading
 * order: from above, and from the left where their first corners are less than 10 pixels apart in
 * height.
 *
 * <p>Parameters: {@code thresh} (0.3), {@code box_thresh} (0.6), {@code max_candidates} (1000
 * borders), {@code unclip_ratio} (1.5, to 100), {@code score_mode}: over which pixels the mean is
 * taken, {@code slow} (those within the border; the default, as in PaddleOCR's C++ programs: curved
 * text fills its rectangle badly) or {@code fast} (those of the rectangle).
 */
public final class DBPostProcess implements Head<Quads> {
  private static final float LEAST_SIDE = 3;
  private static final float LEAST_GROWN_SIDE = 5;
  private static final float LINE = 10;

  private final float threshold;
  private final float boxThreshold;
  private final int maxCandidates;
  private final float unclipRatio;
  private final boolean slow;

  private DBPostProcess(Params params) {
    threshold = params.floatValue("thresh", 0.3f);
    boxThreshold = params.floatValue("box_thresh", 0.6f);
    maxCandidates = params.intValue("max_candidates", 1000);
    unclipRatio = params.floatValue("unclip_ratio", 1.5f);
    String mode = params.text("score_mode", "slow");
    slow = mode.equals("slow");
    if (!slow && !mode.equals("fast")) {
      throw params.error("score_mode", "fast or slow");
    }
    if (!(unclipRatio > 0 && unclipRatio <= 100)) {
      throw params.error("unclip_ratio", "a number above 0, to 100");
    }
    if (maxCandidates < 1) {
      throw params.error("max_candidates", "1 or more");
    }
  }

  /** Registers the head as {@code ppocr/DBPostProcess}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "ppocr";
    }

    @Override
    public String component() {
      return "DBPostProcess";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new DBPostProcess(params);
    }
  }

  private record Scored(Quad quad, float score) {}

  @Override
  public Class<Quads> resultType() {
    return Quads.class;
  }

  @Override
  public Quads decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    String name = SoleOutput.name(outputs);
    float least = options.scoreThreshold(boxThreshold);
    List<Scored> found = new ArrayList<>();
    ScoreMap map = ScoreMap.of(name, outputs.get(name), index);
    SourceQuads source =
        SourceQuads.of(
            meta,
            map.width() / (float) meta.networkWidth(),
            map.height() / (float) meta.networkHeight());
    for (int[] contour : map.contours(Math.nextUp(threshold), maxCandidates)) {
      RotatedBox box = RotatedBox.around(contour);
      if (box.shortSide() < LEAST_SIDE) {
        continue;
      }
      float score = map.mean(slow ? contour : box.rounded());
      if (Float.isNaN(score)) {
        throw Outputs.nan("the mean score of a region in \"" + name + "\"");
      }
      RotatedBox grown = grown(contour);
      if (score >= least && grown.shortSide() >= LEAST_GROWN_SIDE) {
        found.add(new Scored(upright(grown, source, meta), score));
      }
    }
    readingOrder(found).forEach(s -> source.add(s.quad, s.score));
    return source.quads();
  }

  private RotatedBox grown(int[] contour) {
    RotatedBox box = RotatedBox.around(Polygons.squares(contour));
    double area = (double) box.width() * box.height();
    return box.grown(area * unclipRatio / (2 * ((double) box.width() + box.height())));
  }

  /** The box on the source: of its left corners the upper one first, then the right corners. */
  private static Quad upright(RotatedBox box, SourceQuads source, SampleMeta meta) {
    List<Point> corners = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      corners.add(new Point(box.x(i), box.y(i)));
    }
    corners.sort(Comparator.comparingDouble(Point::x));
    int upperLeft = corners.get(1).y() > corners.get(0).y() ? 0 : 1;
    int upperRight = corners.get(3).y() > corners.get(2).y() ? 2 : 3;
    return new Quad(
        clipped(corners.get(upperLeft), source, meta),
        clipped(corners.get(upperRight), source, meta),
        clipped(corners.get(5 - upperRight), source, meta),
        clipped(corners.get(1 - upperLeft), source, meta));
  }

  private static Point clipped(Point corner, SourceQuads source, SampleMeta meta) {
    Point point = source.rounded(corner.x(), corner.y());
    return new Point(
        Math.max(0, Math.min(point.x(), meta.originalWidth() - 1f)),
        Math.max(0, Math.min(point.y(), meta.originalHeight() - 1f)));
  }

  private static List<Scored> readingOrder(List<Scored> found) {
    List<Scored> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.<Scored>comparingDouble(s -> s.quad.a().y())
            .thenComparingDouble(s -> s.quad.a().x()));
    for (int i = 1; i < sorted.size(); i++) {
      for (int j = i; j > 0 && isBefore(sorted.get(j), sorted.get(j - 1)); j--) {
        sorted.add(j - 1, sorted.remove(j));
      }
    }
    return sorted;
  }

  private static boolean isBefore(Scored a, Scored b) {
    return Math.abs(a.quad.a().y() - b.quad.a().y()) < LINE && a.quad.a().x() < b.quad.a().x();
  }
}
