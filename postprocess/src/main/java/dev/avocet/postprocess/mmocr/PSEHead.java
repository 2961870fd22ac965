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
 * Text from the progressive scale expansion network PSENet (arXiv 1903.12473): the smallest kernels
 * tell texts apart, and grow from kernel to larger kernel up to the text itself. Sources: MMDeploy
 * 1.3.1, {@code codebase/mmocr/psenet.cpp} and {@code contour_expand.cpp}; MMOCR 1.0, {@code
 * pse_postprocessor.py}.
 *
 * <p>Reads {@code output} FLOAT32 [B,K,H,W]: logits of text, then of kernels from the largest to
 * the smallest. A level's pixels are those more probable than {@code min_kernel_confidence} and
 * within the text. Connected pixels of the last level, by sides, are a region; level by level, from
 * the last but one to the first, the regions take the free pixels of that level that they reach by
 * sides, a ring at a time; a pixel belongs to the region that comes first. A region of at least
 * {@code min_text_area} pixels and a mean text probability of at least {@code
 * min_text_avg_confidence} is answered as the rectangle of least area around its pixels' middles,
 * not rounded.
 *
 * <p>Deviations from the reference, which crashes on this head: each level has its own pixels (the
 * reference takes the largest kernel's at every level) and the text is the last of them, as in
 * MMOCR; every pixel of a region may take others at every level; {@code rescale} false, a batch
 * above 1, {@code pad_param} and {@code border} work; NaN fails.
 *
 * <p>Parameters: {@code min_kernel_confidence} (0.5), {@code min_kernel_area} (0 map pixels; a
 * smaller kernel is dropped), {@code min_text_area} (16 map pixels), {@code
 * min_text_avg_confidence} (0.85), {@code rescale} (true; false answers map pixels), {@code
 * downsample_ratio} (0.25: map pixels an input pixel).
 */
public final class PSEHead implements Head<Quads> {
  private static final String OUTPUT = "output";
  private static final int TEXT = 0;

  private final float minConfidence;
  private final int minKernelArea;
  private final RegionParams regions;

  private PSEHead(Params params) {
    minConfidence = params.floatValue("min_kernel_confidence", 0.5f);
    minKernelArea = params.intValue("min_kernel_area", 0);
    regions = RegionParams.of(params);
  }

  /** Registers the head as {@code mmocr/PSEHead}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmocr";
    }

    @Override
    public String component() {
      return "PSEHead";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new PSEHead(params);
    }
  }

  @Override
  public Class<Quads> resultType() {
    return Quads.class;
  }

  @Override
  public Quads decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    Planes planes = Planes.of(OUTPUT, outputs.get(OUTPUT), index, 1, "FLOAT32[B,K,H,W]");
    float[] text = planes.probabilities(TEXT);
    int last = planes.count() - 1;
    float[] smallest = planes.probabilities(last);
    PixelRegions found =
        PixelRegions.of(planes.width(), planes.height(), i -> isOf(smallest, text, i));
    found.dropBelow(minKernelArea);
    for (int level = last - 1; level >= TEXT; level--) {
      float[] kernel = planes.probabilities(level);
      found.grow((region, i) -> isOf(kernel, text, i));
    }
    SourceQuads quads = regions.quads(meta);
    found.collect(text, regions.minArea(), options.scoreThreshold(regions.minScore()), quads);
    return quads.quads();
  }

  private boolean isOf(float[] kernel, float[] text, int pixel) {
    return kernel[pixel] > minConfidence && text[pixel] > minConfidence;
  }
}
