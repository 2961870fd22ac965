package dev.avocet.postprocess.mmocr;

import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.postprocess.Quads;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.text.SourceQuads;

/**
 * Text from the pixel aggregation network PAN (arXiv 1908.05900): kernels, shrunk texts that do not
 * touch, take the text pixels around them whose embedding is near theirs. Sources: MMDeploy 1.3.1,
 * {@code codebase/mmocr/panet.cpp} and {@code pixel_group.cpp}; MMOCR 1.0, {@code
 * pan_postprocessor.py}.
 *
 * <p>Reads {@code output} FLOAT32 [B,2+E,H,W]: logits of text and of kernel, then E embeddings.
 * Pixels of text are those more probable than {@code min_text_confidence}; those of a kernel are of
 * text and more probable as kernel than {@code min_kernel_confidence}. Kernels connected by their
 * sides are one; a kernel grows, by sides, over text pixels whose embedding has a distance below
 * {@code distance_threshold} from the kernel's mean embedding. A region of at least {@code
 * min_text_area} pixels and a mean text probability of at least {@code min_text_avg_confidence} is
 * answered as the rectangle of least area around its pixels' middles, not rounded.
 *
 * <p>Deviations from the reference, which crashes on this head: the distance has a parameter of its
 * own, with MMOCR's default (the reference takes the score {@code min_text_avg_confidence} for it);
 * the area counts pixels (the reference counts their coordinates, two a pixel); {@code
 * min_text_confidence} is read; the batch may be above 1; {@code pad_param} and {@code border} are
 * undone; NaN fails.
 *
 * <p>Parameters: {@code min_text_confidence} (0.5), {@code min_kernel_confidence} (0.5), {@code
 * distance_threshold} (3), {@code min_text_area} (16 map pixels), {@code min_text_avg_confidence}
 * (0.85), {@code rescale} (true; false answers map pixels), {@code downsample_ratio} (0.25: map
 * pixels an input pixel).
 */
public final class PANHead implements Head<Quads> {
  private static final String OUTPUT = "output";
  private static final int TEXT = 0;
  private static final int KERNEL = 1;
  private static final int EMBEDDING = 2;

  private final float minTextConfidence;
  private final float minKernelConfidence;
  private final float distanceThreshold;
  private final RegionParams regions;

  private PANHead(Params params) {
    minTextConfidence = params.floatValue("min_text_confidence", 0.5f);
    minKernelConfidence = params.floatValue("min_kernel_confidence", 0.5f);
    distanceThreshold = params.floatValue("distance_threshold", 3);
    regions = RegionParams.of(params);
  }

  /** Registers the head as {@code mmocr/PANHead}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmocr";
    }

    @Override
    public String component() {
      return "PANHead";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new PANHead(params);
    }
  }

  @Override
  public Class<Quads> resultType() {
    return Quads.class;
  }

  @Override
  public Quads decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    Planes planes =
        Planes.of(OUTPUT, outputs.get(OUTPUT), index, EMBEDDING + 1, "FLOAT32[B,2+E,H,W]");
    float[] text = planes.probabilities(TEXT);
    float[] kernel = planes.probabilities(KERNEL);
    PixelRegions found =
        PixelRegions.of(
            planes.width(),
            planes.height(),
            i -> text[i] > minTextConfidence && kernel[i] > minKernelConfidence);
    float[] means = meanEmbeddings(planes, found);
    found.grow((region, i) -> text[i] > minTextConfidence && isNear(planes, i, means, region));
    SourceQuads quads = regions.quads(meta);
    found.collect(text, regions.minArea(), options.scoreThreshold(regions.minScore()), quads);
    return quads.quads();
  }

  /** The mean embedding of each region's pixels, one region behind the other. */
  private static float[] meanEmbeddings(Planes planes, PixelRegions regions) {
    int dims = planes.count() - EMBEDDING;
    double[] sums = new double[(regions.count() + 1) * dims];
    int[] areas = new int[regions.count() + 1];
    for (int i = 0; i < planes.width() * planes.height(); i++) {
      int region = regions.at(i);
      if (region > 0) {
        areas[region]++;
        for (int d = 0; d < dims; d++) {
          sums[region * dims + d] += planes.at(EMBEDDING + d, i);
        }
      }
    }
    float[] means = new float[sums.length];
    for (int k = dims; k < means.length; k++) {
      means[k] = (float) (sums[k] / areas[k / dims]);
    }
    return means;
  }

  private boolean isNear(Planes planes, int pixel, float[] means, int region) {
    int dims = planes.count() - EMBEDDING;
    float sum = 0;
    for (int d = 0; d < dims; d++) {
      float gap = means[region * dims + d] - planes.at(EMBEDDING + d, pixel);
      sum += gap * gap;
    }
    return sum < distanceThreshold * distanceThreshold;
  }
}
