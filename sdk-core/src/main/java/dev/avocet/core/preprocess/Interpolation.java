package dev.avocet.core.preprocess;

/** How a picture is sampled when its size changes; the definitions are those of OpenCV. */
public enum Interpolation {
  NEAREST,
  BILINEAR,
  AREA,
  BICUBIC,
  LANCZOS
}
