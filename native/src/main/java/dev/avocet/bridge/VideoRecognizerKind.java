package dev.avocet.bridge;

import dev.avocet.Classification;
import dev.avocet.VideoClips;
import dev.avocet.VideoRecognizer;
import java.util.List;

/** Video recognizers; {@code avocet/video_recognizer.h}. */
final class VideoRecognizerKind extends PictureKind<VideoRecognizer> {
  VideoRecognizerKind() {
    super(
        VideoRecognizer.class,
        VideoRecognizer::builder,
        VideoRecognizer::builder,
        VideoRecognizer::warmup,
        VideoRecognizer::stats);
  }

  @Override
  public Result apply(VideoRecognizer handle, Input input) {
    List<VideoClips> videos = input.videos();
    List<List<Classification>> answers = handle.recognizeBatch(videos, input.options().classify());
    return out -> ClassifierKind.write(out, answers);
  }
}
