package dev.avocet.preprocess;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.MemoryKind;
import dev.avocet.core.Rect;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.StepSpec;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.FrameOrder;
import dev.avocet.core.preprocess.PassExecutor;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.preprocess.internal.OpenCvCanvas;
import dev.avocet.preprocess.internal.OpenCvExecutor;
import dev.avocet.preprocess.internal.PlainExecutor;
import dev.avocet.preprocess.transform.TransformList;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns pictures, or clips, into a network's input, as a list of transforms says.
 *
 * <pre>{@code
 * try (Preprocessor preprocessor = Preprocessor.create(steps, PlanMode.FUSED)) {
 *   Prepared prepared = preprocessor.plan(image);
 *   preprocessor.run(image, tensor, 0);
 * }
 * }</pre>
 *
 * <p>The list is planned once for each size and box: where it folds into one {@link AffinePass}
 * that pass is run, else the transforms run one by one; several views of a picture have a plan
 * each. The last plan is kept, so a constant source size costs no planning and next to no
 * allocation. Owns its scratch memory; one per slot, confined to one thread at a time.
 */
public final class Preprocessor implements AutoCloseable {
  private final TransformList transforms;
  private final HandOver handOver;
  private final PassExecutor executor;
  private final OpenCvCanvas canvas;
  private boolean closed;
  private Plan plan;

  /** Whether the plan has been asked for before by {@link #handOver}. */
  private boolean asked;

  /** One picture of a clip whose planes do not lie together in the target; null if not needed. */
  private Tensor frame;

  private Preprocessor(TransformList transforms, HandOver handOver) {
    this.transforms = transforms;
    this.handOver = handOver;
    this.canvas = new OpenCvCanvas();
    this.executor = handOver.mode() == PlanMode.PLAIN ? new PlainExecutor() : new OpenCvExecutor();
  }

  /**
   * Makes the transforms, to write into tensors only; {@link PlanMode#ENGINE} is FUSED then.
   *
   * @throws AvocetException as {@link #create(List, PlanMode, Net, int)}
   */
  public static Preprocessor create(List<StepSpec> steps, PlanMode mode) {
    return create(steps, new HandOver(mode, Optional.empty(), 0));
  }

  /**
   * Makes the transforms, with the providers on the class path. A prefix as in {@code mmdet.Resize}
   * is taken off.
   *
   * @param net the network that the pictures are for; it may be {@linkplain #handOver handed} them
   * @param input which of its inputs takes them
   * @throws AvocetException NOT_SUPPORTED for an unknown transform, INVALID_ARG for a wrong
   *     parameter or a list that makes several pictures and does not put them together; the message
   *     has file and JSON path
   */
  public static Preprocessor create(List<StepSpec> steps, PlanMode mode, Net net, int input) {
    return create(steps, new HandOver(mode, Optional.of(net), input));
  }

  private static Preprocessor create(List<StepSpec> steps, HandOver handOver) {
    TransformList transforms = TransformList.create(steps);
    if (transforms.views() > 1 && transforms.frameOrder().isEmpty()) {
      throw AvocetException.invalidArgument(
          "%s and those after it: they make %d pictures of one; end the list with FormatShape"
              .formatted(steps.get(0).params().where(), transforms.views()));
    }
    return new Preprocessor(transforms, handOver);
  }

  /** Whether the list takes clips, {@link Source#clips}; else it takes single pictures. */
  public boolean takesClips() {
    return transforms.frameOrder().isPresent();
  }

  /** Whether the list looks at {@link Source#box}; else a box has no effect. */
  public boolean takesBox() {
    return transforms.takesBox();
  }

  /** How many pictures the list makes of one frame. */
  public int views() {
    return transforms.views();
  }

  /** Says what {@link #run(Image, Tensor, int)} will make of a whole picture. */
  public Prepared plan(Image image) {
    return plan(Source.of(image));
  }

  /**
   * Says what {@link #run(Source, Tensor, int)} will make of a source, without reading its pixels.
   * Geometry counts from the region's corner; that of a clip is its first frame's in the first
   * view.
   *
   * @throws AvocetException INVALID_ARG or OUT_OF_RANGE where the transforms cannot take its size,
   *     INVALID_ARG for a clip where they take pictures or the other way round, OUT_OF_RANGE where
   *     its region is not inside of the picture, NOT_SUPPORTED where its pixels are not in host
   *     memory, CLOSED
   */
  public Prepared plan(Source source) {
    return planOf(source).prepared();
  }

  private Plan planOf(Source source) {
    checkOpen();
    checkRegion(source.image(), source.region());
    for (int i = 0; i < source.frames().size(); i++) {
      checkHost(source.frames().get(i));
    }
    if (plan == null || !plan.fits(source)) {
      checkClip(source);
      plan = Plan.of(transforms, source, handOver);
      asked = false;
    }
    return plan;
  }

  private void checkClip(Source source) {
    if (takesClips() && source.clipLength() == 0) {
      throw AvocetException.invalidArgument(
          "the model takes clips, not single pictures: give it frames with Source.clips");
    }
    if (!takesClips() && source.clipLength() > 0) {
      throw AvocetException.invalidArgument(
          ("frames=%d: the model takes single pictures, not clips; give it one at a time, or"
                  + " begin its transforms with Lift and end them with FormatShape")
              .formatted(source.frames().size()));
    }
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

  /**
   * Leaves preprocessing to the engine, where that is asked for or preferred, and the engine can:
   * see {@link NetSlot#pictures}. Where each size and format is compiled for, what an engine only
   * prefers begins with the second source of a size and format, so that sources of many sizes are
   * not met with a network compiled for each.
   *
   * @param sources those that share a run, in the order of its batch; their plans have one shape
   * @param slot of the net that this preprocessor was made for
   * @return what is made of each source; empty where nothing was done: {@link #run} has to fill the
   *     slot's input
   * @throws AvocetException as {@link #plan(Source)}; FAIL with the engine's words
   */
  public List<Prepared> handOver(List<Source> sources, NetSlot slot) {
    List<AffinePass> passes = new ArrayList<>(sources.size());
    List<Image> pictures = new ArrayList<>(sources.size());
    List<Prepared> made = new ArrayList<>(sources.size());
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      Plan plan = planOf(source);
      boolean now = asked || handOver.atOnce();
      asked = true;
      if (!plan.handsOver() || !now) {
        return List.of();
      }
      Rect region = source.region();
      passes.add(plan.views().get(0).pass().orElseThrow().movedBy(region.x(), region.y()));
      pictures.add(source.image());
      made.add(plan.prepared());
    }
    try {
      return slot.pictures(handOver.input(), passes, pictures) ? made : List.of();
    } finally {
      // The engine copies from addresses.
      Reference.reachabilityFence(sources);
    }
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
    Plan plan = planOf(source);
    checkTarget(plan.prepared(), target, index);
    try {
      if (takesClips()) {
        runClips(plan, source, target, index);
      } else {
        runView(plan.views().get(0), 0, source, source.image(), target, index);
      }
    } catch (AvocetException e) {
      throw e;
    } catch (RuntimeException e) {
      // JavaCPP gives C++ exceptions no type of their own.
      throw new AvocetException(
          Status.FAIL,
          "preprocessing of %s failed: %s".formatted(source.image(), e.getMessage()),
          e);
    } finally {
      // OpenCV reads and writes by address: nothing else would keep a picture alive that its
      // caller has dropped.
      Reference.reachabilityFence(source);
      Reference.reachabilityFence(target);
    }
  }

  private void runView(
      Prepared view, int number, Source source, Image image, Tensor target, int index) {
    Rect region = source.region();
    if (view.pass().isPresent()) {
      AffinePass pass = view.pass().get().movedBy(region.x(), region.y());
      executor.execute(pass, image, target, index);
    } else {
      canvas.begin(image, region);
      transforms.apply(new Sample(canvas, region.width(), region.height(), source.box(), number));
      canvas.writeTo(target, index);
    }
  }

  /** Every frame in the first view, then every frame in the second, and so on. */
  private void runClips(Plan plan, Source source, Tensor target, int index) {
    Shape shape = plan.views().get(0).shape();
    int frames = source.frames().size();
    int pictures = plan.views().size() * frames;
    long sampleBytes = target.byteSize() / target.shape().dim(0);
    boolean together = transforms.frameOrder().equals(Optional.of(FrameOrder.FRAMES_FIRST));
    Tensor parts = together ? null : scratch(plan.views().get(0));
    Tensor whole =
        Tensor.wrap(
            target.address() + index * sampleBytes,
            target.type(),
            together ? shape.with(0, pictures) : plan.prepared().shape());
    for (int i = 0; i < pictures; i++) {
      Prepared view = plan.views().get(i / frames);
      Image image = source.frames().get(i % frames);
      runView(view, i / frames, source, image, together ? whole : parts, together ? i : 0);
      if (!together) {
        spread(parts, whole.bytes(), i, source.clipLength());
      }
    }
  }

  private Tensor scratch(Prepared view) {
    if (frame == null || !frame.shape().equals(view.shape())) {
      if (frame != null) {
        frame.close();
        frame = null;
      }
      frame = Tensor.allocate(view.type(), view.shape());
    }
    return frame;
  }

  /** Puts the planes of picture {@code number} between those of its clip's other frames. */
  private static void spread(Tensor picture, ByteBuffer whole, int number, int clipLength) {
    int channels = (int) picture.shape().dim(1);
    int plane = (int) (picture.byteSize() / channels);
    for (int c = 0; c < channels; c++) {
      int at = (number / clipLength * channels + c) * clipLength + number % clipLength;
      whole.put(at * plane, picture.bytes(), c * plane, plane);
    }
  }

  private static void checkTarget(Prepared plan, Tensor target, int index) {
    Shape shape = target.shape();
    boolean fits = target.type() == plan.type() && shape.rank() == plan.shape().rank();
    for (int axis = 1; fits && axis < shape.rank(); axis++) {
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
      if (frame != null) {
        frame.close();
      }
    }
  }
}
