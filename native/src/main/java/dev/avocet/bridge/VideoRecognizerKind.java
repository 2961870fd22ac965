package dev.avocet.bridge;

import dev.avocet.Classification;
import dev.avocet.HandleBuilder;
import dev.avocet.Stats;
import dev.avocet.VideoClips;
import dev.avocet.VideoRecognizer;
import dev.avocet.core.model.Model;
import java.nio.file.Path;
import java.util.List;

/** Video recognizers; {@code avocet/video_recognizer.h}. */
final class VideoRecognizerKind extends PictureKind<VideoRecognizer> {
  VideoRecognizerKind() {
    super(VideoRecognizer.class);
  }

  @Override
  HandleBuilder<VideoRecognizer> builder(Path model) {
    return VideoRecognizer.builder(model);
  }

  @Override
  HandleBuilder<VideoRecognizer> builder(Model model) {
    return VideoRecognizer.builder(model);
  }

  @Override
  public Result apply(VideoRecognizer handle, Input input) {
    List<VideoClips> videos = input.videos();
    List<List<Classification>> answers = handle.recognizeBatch(videos, input.options().classify());
    return out -> ClassifierKind.write(out, answers);
  }

  @Override
  public void warmup(VideoRecognizer handle) {
    handle.warmup();
  }

  @Override
  Stats counts(VideoRecognizer handle) {
    return handle.stats();
  }
}
