package dev.avocet.preprocess.transform;

import dev.avocet.core.PixelFormat;
import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Takes the caller's picture, upright, as BGR, RGB or grey; reads no file. Parameters: {@code
 * color_type} ({@code color} or {@code color_ignore_orientation}; all else is grey), {@code
 * channel_order} ({@code bgr}; all else is RGB), {@code to_float32}.
 */
public final class LoadImageFromFile implements TransformProvider {
  @Override
  public String name() {
    return "LoadImageFromFile";
  }

  @Override
  public Transform create(Params params) {
    String type = params.text("color_type", "color");
    boolean bgr = params.text("channel_order", "bgr").equals("bgr");
    boolean color = type.equals("color") || type.equals("color_ignore_orientation");
    PixelFormat colour = !color ? PixelFormat.GRAY8 : bgr ? PixelFormat.BGR : PixelFormat.RGB;
    boolean toFloat = params.booleanValue("to_float32", false);
    return sample -> {
      sample.canvas().load(colour);
      if (toFloat) {
        sample.canvas().toFloat();
      }
    };
  }
}
