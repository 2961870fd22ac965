package dev.avocet.preprocess.transform;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.FrameOrder;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;
import java.util.Optional;

/**
 * Puts the pictures of a clip together: {@code input_format} is {@code NCHW} for {@code [1,
 * pictures, channel, row, column]} or {@code NCTHW} for {@code [1, clips, channel, frame, row,
 * column]}; all frames of the first crop come first, then all of the second. The pictures have to
 * be float.
 */
public final class FormatShape implements TransformProvider {
  @Override
  public String name() {
    return "FormatShape";
  }

  @Override
  public Transform create(Params params) {
    FrameOrder order =
        switch (params.text("input_format")) {
          case "NCHW" -> FrameOrder.FRAMES_FIRST;
          case "NCTHW" -> FrameOrder.CHANNELS_FIRST;
          default -> throw params.error("input_format", "NCHW or NCTHW");
        };
    return new Transform() {
      @Override
      public void apply(Sample sample) {
        if (sample.canvas().type() != DataType.FLOAT32) {
          throw AvocetException.invalidArgument(
              params.where() + ": the pictures are bytes here: put a Normalize before it");
        }
        sample.canvas().toPlanar();
      }

      @Override
      public Optional<FrameOrder> frameOrder() {
        return Optional.of(order);
      }
    };
  }
}
