package com.example;

import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Runs the transform, the head and the engine of this project in one model; argument: its folder.
 */
public final class Extensions {
  private static final int WIDTH = 44;
  private static final int HEIGHT = 36;

  private Extensions() {}

  /** Looks for the one white square in a black picture. */
  public static void main(String[] args) {
    ByteBuffer pixels = ByteBuffer.allocateDirect(3 * WIDTH * HEIGHT);
    for (int y = 10; y < 18; y++) {
      for (int x = 20; x < 28; x++) {
        for (int c = 0; c < 3; c++) {
          pixels.put(3 * (y * WIDTH + x) + c, (byte) 255);
        }
      }
    }
    try (Detector detector = Detector.open(Path.of(args[0]));
        Image image = Image.wrap(pixels, PixelFormat.BGR, WIDTH, HEIGHT)) {
      for (Detection d : detector.detect(image)) {
        System.out.println(d.label().orElseThrow() + " " + d.score() + " " + d.box());
      }
    }
  }
}
