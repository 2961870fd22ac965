package dev.avocet;

import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.Labels;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Says what happens in a video, from clips of it.
 *
 * <pre>{@code
 * VideoClips clips = new VideoClips(frames, 8);
 * System.out.println(recognizer.recognize(clips).get(0).label());
 * }</pre>
 *
 * <p>Safe from any number of threads. Failures are those of {@link Detector}.
 */
public final class VideoRecognizer
    extends Handle<Labels, VideoClips, ClassifyOptions, List<Classification>> {
  private VideoRecognizer(Model model, HandleOptions options) {
    super(model, options, Labels.class, ClassifyOptions.DEFAULT, true);
  }

  /** Opens a model folder or zip file with default options. */
  public static VideoRecognizer open(Path model) {
    return builder(model).open();
  }

  /** Options for a model folder or zip file. */
  public static HandleBuilder<VideoRecognizer> builder(Path model) {
    return HandleBuilder.of(model, VideoRecognizer::new);
  }

  /** Options for a model that is open already and stays so. */
  public static HandleBuilder<VideoRecognizer> builder(Model model) {
    return HandleBuilder.of(model, VideoRecognizer::new);
  }

  /** Names classes, best first. */
  public List<Classification> recognize(VideoClips clips) {
    return run(clips, defaults());
  }

  /** The same with options. */
  public List<Classification> recognize(VideoClips clips, ClassifyOptions options) {
    return run(clips, options);
  }

  /**
   * The same for several videos; answers in the order given. Videos of equal size after
   * preprocessing share runs of the network where the model can batch.
   */
  public List<List<Classification>> recognizeBatch(List<VideoClips> videos) {
    return runAll(videos, defaults());
  }

  /** The same with options, which hold for all of them. */
  public List<List<Classification>> recognizeBatch(
      List<VideoClips> videos, ClassifyOptions options) {
    return runAll(videos, options);
  }

  @Override
  Call<Labels, List<Classification>> call(VideoClips clips, ClassifyOptions options) {
    return new Call<>(
        clips.source(options.region()),
        new HeadOptions(OptionalDouble.empty(), options.topK()),
        options.deadline(),
        labels -> Classification.listOf(labels, card()));
  }
}
