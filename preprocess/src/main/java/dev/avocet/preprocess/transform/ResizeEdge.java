package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;
import java.util.List;

/**
 * Gives one edge a length and keeps the picture's shape: {@code scale}, {@code edge} ({@code
 * short}, {@code long}, {@code width} or {@code height}), {@code interpolation}. A step of
 * mmpretrain; its exporter writes a {@code Resize} instead, which gives other sizes.
 */
public final class ResizeEdge implements TransformProvider {
  @Override
  public String name() {
    return "ResizeEdge";
  }

  @Override
  public Transform create(Params params) {
    int scale = params.intValue("scale");
    if (scale < 1) {
      throw params.error("scale", "at least 1");
    }
    String edge = params.text("edge", "short");
    if (!List.of("short", "long", "width", "height").contains(edge)) {
      throw params.error("edge", "short, long, width or height");
    }
    Interpolation interpolation = ParamReader.interpolation(params);
    return sample -> {
      Canvas canvas = sample.canvas();
      boolean lying = canvas.width() > canvas.height();
      boolean byWidth =
          switch (edge) {
            case "width" -> true;
            case "height" -> false;
            case "long" -> lying;
            default -> canvas.width() < canvas.height();
          };
      int from = byWidth ? canvas.width() : canvas.height();
      int other = Scaling.times(byWidth ? canvas.height() : canvas.width(), scale, from);
      Scaling.resize(sample, byWidth ? scale : other, byWidth ? other : scale, interpolation);
    };
  }
}
