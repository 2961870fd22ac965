package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.Classification;
import dev.avocet.VideoClips;
import dev.avocet.VideoRecognizer;
import dev.avocet.core.Image;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares classes of videos as {@link ClassifierCases} does. Frame {@code i} is the case's picture
 * with its columns rolled to the right by {@code 7 * i}.
 */
final class VideoRecognizerCases implements TaskRunner {
  private static final int ROLL = 7;

  @Override
  public Verdict run(Case one, RunOptions options) {
    JsonNode clip = one.json().path("clip");
    int length = clip.path(0).intValue();
    int clips = clip.path(1).intValue();
    if (length < 1 || clips < 1) {
      throw one.wrong("clip", "[frames a clip, clips]", clip);
    }
    try (VideoRecognizer recognizer = options.open(VideoRecognizer.builder(one.model()))) {
      List<Classification> answers =
          one.withPicture(picture -> recognize(recognizer, picture, length, clips));
      return ClassifierCases.compare(answers, one.expected());
    }
  }

  private static List<Classification> recognize(
      VideoRecognizer recognizer, Image picture, int length, int clips) {
    List<Image> frames = new ArrayList<>();
    try {
      for (int i = 0; i < length * clips; i++) {
        frames.add(rolled(picture, i * ROLL % picture.width()));
      }
      return recognizer.recognize(new VideoClips(frames, length));
    } finally {
      frames.forEach(Image::close);
    }
  }

  private static Image rolled(Image bgr, int columns) {
    Image frame = Image.allocate(bgr.format(), bgr.width(), bgr.height());
    int fromStride = bgr.planes().get(0).stride();
    int toStride = frame.planes().get(0).stride();
    int bytes = 3 * bgr.width();
    int split = bytes - 3 * columns;
    ByteBuffer from = bgr.plane(0);
    ByteBuffer to = frame.plane(0);
    for (int y = 0; y < bgr.height(); y++) {
      to.put(y * toStride + 3 * columns, from, y * fromStride, split);
      to.put(y * toStride, from, y * fromStride + split, bytes - split);
    }
    return frame;
  }
}
