package dev.avocet.postprocess.mmedit;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.Outputs;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * A picture as the network answered it. Source: MMDeploy 1.3.1, {@code
 * codebase/mmedit/restorer.cpp}.
 *
 * <p>Reads {@code output} FLOAT32 [B,C,H,W] with values of 0 to 1 and makes an {@link Image} of the
 * same size: RGB of three channels, GRAY8 of one. A value becomes {@code 255 * v} in float32,
 * rounded to the nearest byte (halves to even), clamped to 0..255. The caller closes the picture;
 * nothing of it is reused.
 */
public final class TensorToImg implements Head<Image> {
  private static final String OUTPUT = "output";

  private float[] values = new float[0];
  private byte[] row = new byte[0];

  private TensorToImg() {}

  /** Registers the head as {@code mmedit/TensorToImg}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmedit";
    }

    @Override
    public String component() {
      return "TensorToImg";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new TensorToImg();
    }
  }

  @Override
  public Class<Image> resultType() {
    return Image.class;
  }

  @Override
  public Image decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    Tensor output = outputs.get(OUTPUT);
    if (output.type() != DataType.FLOAT32
        || output.shape().rank() != 4
        || (output.shape().dim(1) != 1 && output.shape().dim(1) != 3)
        || output.shape().dim(2) < 1
        || output.shape().dim(3) < 1) {
      throw Outputs.unexpected(OUTPUT, "FLOAT32[B,1,H,W] or FLOAT32[B,3,H,W]", output);
    }
    Outputs.checkIndex(OUTPUT, output, index);
    int channels = (int) output.shape().dim(1);
    int height = (int) output.shape().dim(2);
    int width = (int) output.shape().dim(3);
    Image image =
        Image.allocate(channels == 3 ? PixelFormat.RGB : PixelFormat.GRAY8, width, height);
    try {
      fill(image, output.floats(), index, channels);
      return image;
    } catch (RuntimeException e) {
      image.close();
      throw e;
    }
  }

  private void fill(Image image, FloatBuffer from, int index, int channels) {
    int width = image.width();
    int height = image.height();
    if (values.length < width) {
      values = new float[width];
      row = new byte[3 * width];
    }
    ByteBuffer to = image.plane(0);
    int stride = image.planes().get(0).stride();
    for (int y = 0; y < height; y++) {
      for (int c = 0; c < channels; c++) {
        from.get(((index * channels + c) * height + y) * width, values, 0, width);
        toBytes(width, channels, c);
      }
      to.put(y * stride, row, 0, width * channels);
    }
  }

  private void toBytes(int width, int channels, int channel) {
    for (int x = 0; x < width; x++) {
      float v = values[x] * 255f;
      if (Float.isNaN(v)) {
        throw Outputs.nan("a pixel in \"" + OUTPUT + "\"");
      }
      row[x * channels + channel] = (byte) Math.rint(Math.min(Math.max(v, 0f), 255f));
    }
  }
}
