package dev.avocet.postprocess.mmocr;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.text.SourceQuads;

/**
 * What PANHead and PSEHead have in common: which regions they keep, and where these lie.
 *
 * @param minArea least number of map pixels
 * @param minScore least mean probability
 * @param rescale whether answers are in source pixels, not in those of the map
 * @param downsampleRatio map pixels an input pixel
 */
record RegionParams(float minArea, float minScore, boolean rescale, float downsampleRatio) {
  static RegionParams of(Params params) {
    float ratio = params.floatValue("downsample_ratio", 0.25f);
    if (!(ratio > 0)) {
      throw params.error("downsample_ratio", "a number above 0");
    }
    return new RegionParams(
        params.floatValue("min_text_area", 16),
        params.floatValue("min_text_avg_confidence", 0.85f),
        params.booleanValue("rescale", true),
        ratio);
  }

  SourceQuads quads(SampleMeta meta) {
    return rescale
        ? SourceQuads.of(meta, downsampleRatio, downsampleRatio)
        : SourceQuads.unscaled();
  }
}
