package dev.avocet.preprocess;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.RectF;
import java.util.List;
import java.util.Optional;

/**
 * What one sample is made from: a picture or a part of it, or the frames of a clip. Pictures are
 * borrowed. Immutable.
 *
 * @param frames the pictures, at least one; several, of one upright size, only for a clip
 * @param clipLength frames that belong together in one clip, a divisor of their number; 0 for a
 *     picture
 * @param region the part to look at, in pixels of the upright pictures
 * @param box what the caller asks about, in pixels of the region: transforms of poses cut it out
 */
public record Source(List<Image> frames, int clipLength, Rect region, Optional<RectF> box) {
  /** Copies the list and checks the numbers. */
  public Source {
    frames = List.copyOf(frames);
    boolean fits = clipLength == 0 ? frames.size() == 1 : clipLength > 0 && !frames.isEmpty();
    if (!fits || (clipLength > 0 && frames.size() % clipLength != 0)) {
      throw AvocetException.invalidArgument(
          "frames=%d clipLength=%d: expected a multiple of the clip's length, at least one clip"
              .formatted(frames.size(), clipLength));
    }
    for (Image frame : frames) {
      if (frame.uprightWidth() != frames.get(0).uprightWidth()
          || frame.uprightHeight() != frames.get(0).uprightHeight()) {
        throw AvocetException.invalidArgument(
            "frames of %s and %s: those of a clip have one size".formatted(frames.get(0), frame));
      }
    }
  }

  /** A whole picture. */
  public static Source of(Image image) {
    return of(image, new Rect(0, 0, image.uprightWidth(), image.uprightHeight()));
  }

  /** A region of a picture, in pixels of the upright picture. */
  public static Source of(Image image, Rect region) {
    return new Source(List.of(image), 0, region, Optional.empty());
  }

  /**
   * The frames of clips, one clip after the other.
   *
   * @param clipLength frames in each
   */
  public static Source clips(List<Image> frames, int clipLength) {
    if (frames.isEmpty() || clipLength < 1) {
      throw AvocetException.invalidArgument(
          "frames=%d clipLength=%d: a clip needs at least one"
              .formatted(frames.size(), clipLength));
    }
    return new Source(frames, clipLength, of(frames.get(0)).region(), Optional.empty());
  }

  /** The same, asking about a part; it may reach outside of the region. */
  public Source withBox(RectF box) {
    return new Source(frames, clipLength, region, Optional.of(box));
  }

  /** The first picture. */
  public Image image() {
    return frames.get(0);
  }
}
