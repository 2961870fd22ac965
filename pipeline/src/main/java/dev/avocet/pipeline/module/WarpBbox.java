package dev.avocet.pipeline.module;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Quad;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import dev.avocet.core.Value;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.PipelineModuleProvider;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Quads;
import dev.avocet.pipeline.internal.graph.Sample;
import dev.avocet.preprocess.Warp;

/**
 * Lays the text in a quadrilateral flat: picture, text region → picture of that text alone, by
 * {@link Warp#warpQuad}. No region is the whole picture, as in {@code WarpBbox} of MMDeploy ({@code
 * csrc/mmdeploy/codebase/mmocr/warp.cpp}). A region without an area, or outside of the picture,
 * gives nothing; there it ends the process.
 */
public final class WarpBbox implements PipelineModuleProvider {
  @Override
  public String name() {
    return "WarpBbox";
  }

  @Override
  public PipelineModule create(Params params) {
    return new RegionModule(ValueType.one(Quads.class), WarpBbox::warp);
  }

  private static Value warp(Sample sample, Value region, PipelineModule.Owner owner) {
    Rect whole = sample.region();
    Quad quad = Geometry.quad(region, whole.x(), whole.y());
    try {
      return Value.of(owner.own(Warp.warpQuad(sample.image(), quad)));
    } catch (AvocetException e) {
      // One speck among the lines of a page is no reason to answer none of them.
      if (e.status() == Status.INVALID_ARG || e.status() == Status.OUT_OF_RANGE) {
        return Value.nothing();
      }
      throw e;
    }
  }
}
