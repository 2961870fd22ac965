package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.preprocess.Source;
import java.util.List;
import java.util.Optional;

/**
 * Parts of a video: clips of equal length, one after the other. The frames are borrowed.
 *
 * @param frames in order, all of one upright size
 * @param clipLength how many of them make a clip
 */
public record VideoClips(List<Image> frames, int clipLength) {
  /** Copies the list and checks the numbers. */
  public VideoClips {
    frames = List.copyOf(frames);
    if (frames.isEmpty() || clipLength < 1 || frames.size() % clipLength != 0) {
      throw AvocetException.invalidArgument(
          "frames=%d clipLength=%d: expected a multiple of the clip's length, at least one clip"
              .formatted(frames.size(), clipLength));
    }
  }

  /** How many clips there are. */
  public int clips() {
    return frames.size() / clipLength;
  }

  Source source(Optional<Rect> region) {
    Source whole = Source.clips(frames, clipLength);
    return region.map(r -> new Source(frames, clipLength, r, Optional.empty())).orElse(whole);
  }
}
