package dev.avocet.preprocess;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.MemoryKind;
import dev.avocet.core.Rect;
import dev.avocet.core.RectF;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.StepSpec;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.PassExecutor;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;
import dev.avocet.preprocess.internal.OpenCvCanvas;
import dev.avocet.preprocess.internal.OpenCvExecutor;
import dev.avocet.preprocess.internal.PlainExecutor;
import dev.avocet.preprocess.internal.RecordingCanvas;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns pictures into a network's input, as a list of transforms says.
 *
 * <pre>{@code
 * try (Preprocessor preprocessor = Preprocessor.create(steps, PlanMode.FUSED)) {
 *   Prepared prepared = preprocessor.plan(image);
 *   preprocessor.run(image, tensor, 0);
 * }
 * }</pre>
 *
 * <p>The list is planned once for each size: where it folds into one {@link AffinePass} that pass
 * is run, else the transforms run one by one. The last plan is kept, so a constant source size
 * costs no planning and next to no allocation. Owns its scratch memory; one per slot, confined to
 * one thread at a time.
 */
public final class Preprocessor implements AutoCloseable {
  private final List<Transform> transforms;
  private final PlanMode mode;
  private final PassExecutor executor;
  private final OpenCvCanvas canvas;
  private boolean closed;

  private Prepared prepared;
  private int width;
  private int height;
  private Optional<RectF> box = Optional.empty();

  private Preprocessor(List<Transform> transforms, PlanMode mode) {
    this.transforms = transforms;
    this.mode = mode;
    this.canvas = new OpenCvCanvas();
    this.executor = mode == PlanMode.PLAIN ? new PlainExecutor() : new OpenCvExecutor();
  }

  /**
   * Makes the transforms, with the providers on the class path. A prefix as in {@code mmdet.Resize}
   * is taken off.
   *
   * @throws AvocetException NOT_SUPPORTED for an unknown transform, INVALID_ARG for a wrong
   *     parameter; the message has file and JSON path
   */
  public static Preprocessor create(List<StepSpec> steps, PlanMode mode) {
    Map<String, TransformProvider> known =
        ServiceLoader.load(TransformProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .collect(Collectors.toMap(TransformProvider::name, p -> p, (a, b) -> a, TreeMap::new));
    List<Transform> transforms = steps.stream().map(step -> transform(known, step)).toList();
    return new Preprocessor(transforms, mode);
  }

  private static Transform transform(Map<String, TransformProvider> known, StepSpec step) {
    String name = step.type().substring(step.type().lastIndexOf('.') + 1);
    TransformProvider provider = known.get(name);
    if (provider == null) {
      throw AvocetException.notSupported(
          "%s: unknown transform \"%s\"; known are %s"
              .formatted(step.params().where(), step.type(), known.keySet()));
    }
    return provider.create(step.params());
  }

  /** Says what {@link #run(Image, Tensor, int)} will make of a whole picture. */
  public Prepared plan(Image image) {
    return plan(Source.of(image));
  }

  /**
   * Says what {@link #run(Source, Tensor, int)} will make of a source, without reading its pixels.
   * Geometry counts from the region's corner.
   *
   * @throws AvocetException INVALID_ARG or OUT_OF_RANGE where the transforms cannot take its size,
   *     OUT_OF_RANGE where its region is not inside of the picture, NOT_SUPPORTED where its pixels
   *     are not in host memory, CLOSED
   */
  public Prepared plan(Source source) {
    checkOpen();
    checkRegion(source.image(), source.region());
    checkHost(source.image());
    int width = source.region().width();
    int height = source.region().height();
    if (prepared == null
        || width != this.width
        || height != this.height
        || !source.box().equals(box)) {
      prepared = prepare(width, height, source.box());
      this.width = width;
      this.height = height;
      this.box = source.box();
    }
    return prepared;
  }

  static void checkHost(Image image) {
    if (image.memoryKind() != MemoryKind.HOST) {
      throw AvocetException.notSupported(
          "memory=%s: preprocessing reads HOST memory, copy the picture there first"
              .formatted(image.memoryKind()));
    }
  }

  private static void checkRegion(Image source, Rect region) {
    if (region.x() < 0
        || region.y() < 0
        || (long) region.x() + region.width() > source.uprightWidth()
        || (long) region.y() + region.height() > source.uprightHeight()) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "region %s is not inside of the picture of %dx%d"
              .formatted(region, source.uprightWidth(), source.uprightHeight()));
    }
  }

  private Prepared prepare(int width, int height, Optional<RectF> box) {
    RecordingCanvas recording = new RecordingCanvas(width, height);
    Sample sample = new Sample(recording, width, height, box, 0);
    transforms.forEach(transform -> transform.apply(sample));
    Shape shape = recording.shape();
    SampleMeta meta = sample.meta();
    String reason = mode == PlanMode.REFERENCE ? "as asked for" : recording.reason();
    Optional<AffinePass> pass = reason.isEmpty() ? Optional.of(recording.pass()) : Optional.empty();
    String description =
        pass.map(p -> PlanText.of(p, mode)).orElse("step by step with OpenCV: " + reason);
    return new Prepared(shape, recording.type(), meta, pass, description);
  }

  /** Preprocesses a whole picture. */
  public void run(Image image, Tensor target, int index) {
    run(Source.of(image), target, index);
  }

  /**
   * Preprocesses a source into entry {@code index} of {@code target}, all of which is written.
   *
   * @param target of the type and shape of the plan, with a batch above {@code index}
   * @throws AvocetException as {@link #plan(Source)}; INVALID_ARG where the target does not fit,
   *     FAIL with OpenCV's words
   */
  public void run(Source source, Tensor target, int index) {
    Prepared plan = plan(source);
    Image image = source.image();
    Rect region = source.region();
    checkTarget(plan, target, index);
    try {
      if (plan.pass().isPresent()) {
        AffinePass pass = plan.pass().get().movedBy(region.x(), region.y());
        executor.execute(pass, image, target, index);
      } else {
        canvas.begin(image, region);
        Sample sample = new Sample(canvas, region.width(), region.height(), source.box(), 0);
        for (Transform transform : transforms) {
          transform.apply(sample);
        }
        canvas.writeTo(target, index);
      }
    } catch (AvocetException e) {
      throw e;
    } catch (RuntimeException e) {
      // JavaCPP gives C++ exceptions no type of their own.
      throw new AvocetException(
          Status.FAIL, "preprocessing of %s failed: %s".formatted(image, e.getMessage()), e);
    } finally {
      // OpenCV reads and writes by address: nothing else would keep a picture alive that its
      // caller has dropped.
      Reference.reachabilityFence(source);
      Reference.reachabilityFence(target);
    }
  }

  private static void checkTarget(Prepared plan, Tensor target, int index) {
    Shape shape = target.shape();
    boolean fits = target.type() == plan.type() && shape.rank() == 4;
    for (int axis = 1; fits && axis < 4; axis++) {
      fits = shape.dim(axis) == plan.shape().dim(axis);
    }
    if (!fits) {
      throw AvocetException.invalidArgument(
          "target is %s%s, preprocessing makes %s%s"
              .formatted(target.type(), shape, plan.type(), plan.shape()));
    }
    if (index < 0 || index >= shape.dim(0)) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, "index=%d is outside of target=%s".formatted(index, shape));
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new AvocetException(Status.CLOSED, "the preprocessor is closed");
    }
  }

  /** Frees the scratch memory; later calls do nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      executor.close();
      canvas.close();
    }
  }
}
