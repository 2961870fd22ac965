package dev.avocet.core;

import java.util.stream.IntStream;

/** Colours of classes, {@code 0xRRGGBB}. Stateless. */
public final class Palette {
  /** Neighbours far apart in hue. */
  private static final int[] OBJECTS = {
    0xff4b4b, 0x2fbf71, 0x2d7ff9, 0xffb020, 0xa259ff, 0x00b8d9, 0xff7a1a, 0xe0349c, 0x8bc34a,
    0x5c6bc0, 0xf6d32d, 0x009688, 0xb5651d, 0x64b5f6, 0xd32f2f, 0x9e9e9e
  };

  private static final int[] MAP = IntStream.range(0, 256).map(Palette::spread).toArray();

  private Palette() {}

  /** The colour of an object of class {@code id}; they repeat after 16. */
  public static int ofObject(int id) {
    return OBJECTS[Math.floorMod(id, OBJECTS.length)];
  }

  /**
   * The colour of class {@code id} in a map of classes: the colour map of the PASCAL VOC data set,
   * which spreads the bits of the number over the three channels, class 0 being black. They repeat
   * after 256.
   */
  public static int ofMap(int id) {
    return MAP[id & 0xff];
  }

  private static int spread(int id) {
    int rgb = 0;
    for (int i = 0; i < 3; i++) {
      // Of each three bits one goes to red, one to green, one to blue; the lowest three weigh most.
      int three = (id >> (3 * i)) & 7;
      rgb |= (three & 1) << (23 - i);
      rgb |= ((three >> 1) & 1) << (15 - i);
      rgb |= (three >> 2) << (7 - i);
    }
    return rgb;
  }
}
