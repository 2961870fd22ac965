package dev.avocet.bridge;

import dev.avocet.core.Image;
import java.nio.file.Path;

/** The model that this repository has, and a picture for it. */
final class Parcels {
  private static final Path ROOT = Path.of(System.getProperty("avocet.root"));

  static final Path MODEL = ROOT.resolve("models/parcels");

  private Parcels() {}

  /** A picture with codes; the caller closes it. */
  static Image picture() {
    return Image.read(path());
  }

  static Path path() {
    return ROOT.resolve("examples/media/parcel-1.jpg");
  }

  /** A new detector. */
  static long detector(CStructs c) {
    return c.create(Types.DETECTOR, c.pathSource(MODEL), 0);
  }
}
