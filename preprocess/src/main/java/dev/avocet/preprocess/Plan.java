package dev.avocet.preprocess;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.RectF;
import dev.avocet.core.Rotation;
import dev.avocet.core.Shape;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.FrameOrder;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.preprocess.internal.RecordingCanvas;
import dev.avocet.preprocess.transform.TransformList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is made of sources of one size, box, format and number of frames.
 *
 * @param prepared the whole: for a clip, all views of all frames
 * @param views of one picture
 * @param handsOver whether the engine runs the pass
 */
record Plan(
    int width,
    int height,
    Optional<RectF> box,
    PixelFormat format,
    Rotation rotation,
    int frames,
    int clipLength,
    Prepared prepared,
    List<Prepared> views,
    boolean handsOver) {

  static Plan of(TransformList transforms, Source source, HandOver handOver) {
    Image image = source.image();
    int frames = source.frames().size();
    List<Prepared> views =
        IntStream.range(0, transforms.views())
            .mapToObj(view -> view(transforms, source, view, handOver))
            .toList();
    Prepared first = views.get(0);
    Prepared whole =
        transforms
            .frameOrder()
            .map(order -> together(order, first, views.size(), source))
            .orElse(first);
    return new Plan(
        source.region().width(),
        source.region().height(),
        source.box(),
        image.format(),
        image.rotation(),
        frames,
        source.clipLength(),
        whole,
        views,
        first.pass().filter(pass -> handOver.does(source, pass)).isPresent());
  }

  /** Whether the plan is one for this source too. */
  boolean fits(Source source) {
    return source.region().width() == width
        && source.region().height() == height
        && source.image().format() == format
        && source.image().rotation() == rotation
        && source.frames().size() == frames
        && source.clipLength() == clipLength
        && source.box().equals(box);
  }

  private static Prepared view(
      TransformList transforms, Source source, int view, HandOver handOver) {
    int width = source.region().width();
    int height = source.region().height();
    RecordingCanvas recording = new RecordingCanvas(width, height);
    Sample sample = new Sample(recording, width, height, source.box(), view);
    transforms.apply(sample);
    Shape shape = recording.shape();
    boolean unfolded = handOver.mode() == PlanMode.REFERENCE;
    String reason = unfolded ? "as asked for" : recording.reason();
    Optional<AffinePass> pass = reason.isEmpty() ? Optional.of(recording.pass()) : Optional.empty();
    String description =
        pass.map(p -> PlanText.of(p, handOver.how(source, p)))
            .orElse("step by step with OpenCV: " + reason);
    return new Prepared(shape, recording.type(), sample.meta(), pass, description);
  }

  private static Prepared together(FrameOrder order, Prepared first, int views, Source source) {
    int frames = source.frames().size();
    Shape one = first.shape();
    Shape shape =
        order == FrameOrder.FRAMES_FIRST
            ? Shape.of(1, (long) views * frames, one.dim(1), one.dim(2), one.dim(3))
            : Shape.of(
                1,
                (long) views * (frames / source.clipLength()),
                one.dim(1),
                source.clipLength(),
                one.dim(2),
                one.dim(3));
    String description =
        "%d views of %d frames, each of the first: %s"
            .formatted(views, frames, first.description());
    return new Prepared(shape, first.type(), first.meta(), first.pass(), description);
  }
}
