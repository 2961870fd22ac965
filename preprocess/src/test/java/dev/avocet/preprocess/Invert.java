package dev.avocet.preprocess;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;
import java.nio.ByteBuffer;

/** A transform that needs the pixels themselves, as an application could add one. */
public final class Invert implements TransformProvider {
  @Override
  public String name() {
    return "Invert";
  }

  @Override
  public Transform create(Params params) {
    return sample -> {
      ByteBuffer pixels = sample.canvas().pixels();
      for (int i = 0; i < pixels.capacity(); i++) {
        pixels.put(i, (byte) ~pixels.get(i));
      }
    };
  }
}
