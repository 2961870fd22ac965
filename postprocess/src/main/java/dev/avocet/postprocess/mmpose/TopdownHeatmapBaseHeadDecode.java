package dev.avocet.postprocess.mmpose;

import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.Outputs;
import dev.avocet.postprocess.SourcePoints;
import java.util.Set;

/**
 * Key points from heat maps, one map a point: MMDeploy's head of this name and of four others
 * ({@code mmpose/keypoints_from_heatmap.cpp}).
 *
 * <p>Reads {@code output}, FLOAT32 [B,K,H,W], the maps spread over the network's picture. A point
 * lies in the first cell of the greatest value, which is its score; a map without a value above
 * zero puts it at cell (-1,-1). Then, by {@code post_process}:
 *
 * <ul>
 *   <li>{@code default}, and any other text: a quarter of a cell towards the greater neighbour,
 *       across and down, not at the edges.
 *   <li>{@code null}: the cell as it is.
 *   <li>{@code megvii}: the maps are blurred before anything else, keeping their greatest values;
 *       then as {@code default} and half a cell more; the score is {@code v / 255 + 0.5}.
 *   <li>{@code unbiased}: a Taylor step on the logarithm of the blurred maps (DARK, arXiv
 *       1910.06278).
 * </ul>
 *
 * With {@code use_udp} (arXiv 1911.07524) instead, by {@code target_type}: {@code GaussianHeatmap},
 * a Newton step on the logarithm of the maps, blurred and limited to 0.001 to 50; {@code
 * CombinedTarget}, where the maps come in threes, heat and two offsets in units of {@code
 * valid_radius_factor * H} cells. UDP counts cells from centre to centre, W - 1 of them across.
 *
 * <p>Two deviations: next to the last row or column the Newton step uses the edge's own value, as
 * MMPose does, where MMDeploy reads the next row or map or past the tensor; and a point without a
 * peak has no offset, where MMDeploy reads before the tensor.
 *
 * <p>Parameters: {@code post_process} ("default"), {@code use_udp} (false), {@code target_type}
 * ("GaussianHeatmap", in any case), {@code modulate_kernel} (11, odd) the blur's size, {@code
 * valid_radius_factor} (0.0546875). Exporters also write {@code flip_test}, {@code shift_heatmap}
 * and {@code unbiased_decoding}, which have no effect there either.
 */
public final class TopdownHeatmapBaseHeadDecode implements Head<KeyPoints> {
  private static final String OUTPUT = "output";
  private static final int MAX_KERNEL = 255;

  private enum Refinement {
    NONE,
    QUARTER,
    TAYLOR,
    NEWTON,
    OFFSETS
  }

  private final boolean megvii;
  private final boolean udp;
  private final Refinement refinement;
  private final float radiusFactor;
  private final GaussianBlur blur;
  private final GaussianBlur wideBlur;
  private final Heatmaps maps = new Heatmaps();

  private TopdownHeatmapBaseHeadDecode(Params params) {
    String postProcess = params.text("post_process", "default");
    String target = params.text("target_type", "GaussianHeatmap");
    int kernel = params.intValue("modulate_kernel", 11);
    if (kernel < 1 || kernel > MAX_KERNEL || kernel % 2 == 0) {
      throw params.error("modulate_kernel", "an odd number of 1 to " + MAX_KERNEL);
    }
    megvii = postProcess.equals("megvii");
    udp = params.booleanValue("use_udp", false);
    radiusFactor = params.floatValue("valid_radius_factor", 0.0546875f);
    blur = new GaussianBlur(kernel);
    wideBlur = new GaussianBlur(2 * kernel + 1);
    if (!udp) {
      refinement =
          switch (postProcess) {
            case "null" -> Refinement.NONE;
            case "unbiased" -> Refinement.TAYLOR;
            default -> Refinement.QUARTER;
          };
    } else if (target.equalsIgnoreCase("GaussianHeatmap")) {
      refinement = Refinement.NEWTON;
    } else if (target.equalsIgnoreCase("CombinedTarget")) {
      refinement = Refinement.OFFSETS;
    } else {
      throw params.error("target_type", "\"GaussianHeatmap\" or \"CombinedTarget\"");
    }
  }

  /** Registers the head as {@code mmpose/TopdownHeatmapBaseHeadDecode} and its other names. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmpose";
    }

    @Override
    public String component() {
      return "TopdownHeatmapBaseHeadDecode";
    }

    @Override
    public Set<String> aliases() {
      return Set.of(
          "TopdownHeatmapMSMUHeadDecode",
          "TopdownHeatmapMultiStageHeadDecode",
          "TopdownHeatmapSimpleHeadDecode",
          "ViPNASHeatmapSimpleHeadDecode");
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new TopdownHeatmapBaseHeadDecode(params);
    }
  }

  @Override
  public Class<KeyPoints> resultType() {
    return KeyPoints.class;
  }

  @Override
  public KeyPoints decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    maps.load(OUTPUT, outputs.get(OUTPUT), index);
    int perPoint = refinement == Refinement.OFFSETS ? 3 : 1;
    if (maps.count() % perPoint != 0) {
      throw Outputs.unexpected(OUTPUT, "a multiple of 3 maps", outputs.get(OUTPUT));
    }
    blurFirst();
    int n = maps.count() / perPoint;
    Peak[] peaks = new Peak[n];
    for (int i = 0; i < n; i++) {
      peaks[i] = peak(i * perPoint);
    }
    blurForRefinement();

    int less = udp ? 1 : 0;
    SourcePoints points = new SourcePoints(meta, n, maps.width() - less, maps.height() - less);
    for (int i = 0; i < n; i++) {
      Peak p = peaks[i];
      float[] offset = p.x() < 0 ? new float[2] : offset(i * perPoint, p.x(), p.y());
      float score = megvii ? (float) (p.score() / 255.0 + 0.5) : p.score();
      points.set(i, p.x() + offset[0], p.y() + offset[1], score);
    }
    return points.points();
  }

  private record Peak(int x, int y, float score) {}

  private Peak peak(int map) {
    int at = maps.peak(map);
    int x = at % maps.width();
    int y = at / maps.width();
    float score = maps.at(map, y, x);
    return score > 0 ? new Peak(x, y, score) : new Peak(-1, -1, score);
  }

  private void blurFirst() {
    if (megvii) {
      maps.blurKeepingPeaks(blur);
    }
    if (refinement == Refinement.OFFSETS) {
      for (int map = 0; map < maps.count(); map++) {
        maps.blur(map, map % 3 == 0 ? wideBlur : blur);
      }
    }
  }

  private void blurForRefinement() {
    if (refinement == Refinement.TAYLOR) {
      maps.blurKeepingPeaks(blur);
      maps.log(1e-10, Float.MAX_VALUE);
    } else if (refinement == Refinement.NEWTON) {
      for (int map = 0; map < maps.count(); map++) {
        maps.blur(map, blur);
      }
      maps.log(0.001f, 50);
    }
  }

  /** How far the point lies from the centre of its cell, in cells. */
  private float[] offset(int map, int x, int y) {
    return switch (refinement) {
      case NONE -> new float[2];
      case QUARTER -> quarter(map, x, y);
      case TAYLOR -> taylor(map, x, y);
      case NEWTON -> newton(map, x, y);
      case OFFSETS -> {
        float radius = radiusFactor * maps.height();
        yield new float[] {maps.at(map + 1, y, x) * radius, maps.at(map + 2, y, x) * radius};
      }
    };
  }

  private float[] quarter(int map, int x, int y) {
    if (x <= 1 || x >= maps.width() - 1 || y <= 1 || y >= maps.height() - 1) {
      return new float[2];
    }
    float more = megvii ? 0.5f : 0;
    return new float[] {
      0.25f * Math.signum(maps.at(map, y, x + 1) - maps.at(map, y, x - 1)) + more,
      0.25f * Math.signum(maps.at(map, y + 1, x) - maps.at(map, y - 1, x)) + more
    };
  }

  private float[] taylor(int map, int x, int y) {
    if (x <= 1 || x >= maps.width() - 2 || y <= 1 || y >= maps.height() - 2) {
      return new float[2];
    }
    float centre = 2 * maps.at(map, y, x);
    float dx = 0.5f * (maps.at(map, y, x + 1) - maps.at(map, y, x - 1));
    float dy = 0.5f * (maps.at(map, y + 1, x) - maps.at(map, y - 1, x));
    float dxx = 0.25f * (maps.at(map, y, x + 2) - centre + maps.at(map, y, x - 2));
    float dyy = 0.25f * (maps.at(map, y + 2, x) - centre + maps.at(map, y - 2, x));
    float dxy =
        0.25f
            * (maps.at(map, y + 1, x + 1)
                - maps.at(map, y - 1, x + 1)
                - maps.at(map, y + 1, x - 1)
                + maps.at(map, y - 1, x - 1));
    boolean curved = Math.abs(dxx * dyy - dxy * dxy) > 1e-6;
    return curved ? step(dx, dy, dxx, dxy, dyy) : new float[2];
  }

  private float[] newton(int map, int x, int y) {
    float centre = maps.at(map, y, x);
    float right = maps.nearest(map, y, x + 1);
    float left = maps.nearest(map, y, x - 1);
    float below = maps.nearest(map, y + 1, x);
    float above = maps.nearest(map, y - 1, x);
    float corners = maps.nearest(map, y + 1, x + 1) + maps.nearest(map, y - 1, x - 1);
    return step(
        0.5f * (right - left),
        0.5f * (below - above),
        right - 2 * centre + left,
        0.5f * (corners - right - left - below - above + 2 * centre),
        below - 2 * centre + above);
  }

  /** To the extremum of the quadratic with this gradient and Hessian; nowhere where it has none. */
  private static float[] step(float dx, float dy, float dxx, float dxy, float dyy) {
    double det = (double) dxx * dyy - (double) dxy * dxy;
    if (det == 0) {
      return new float[2];
    }
    return new float[] {
      (float) ((dxy * (double) dy - dyy * (double) dx) / det),
      (float) ((dxy * (double) dx - dxx * (double) dy) / det)
    };
  }
}
