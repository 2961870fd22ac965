package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Device;
import dev.avocet.core.Image;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.LayerTime;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import dev.avocet.core.net.NetSlot;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.preprocess.internal.PlainExecutor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine for tests, whose runs end when a test lets them. Its one network answers the mean of
 * each of three channels, as that of {@link TaskModels#classifier}; a black picture in a batch
 * fails the run, a white one keeps it from being started.
 */
public final class LaterEngine implements NetProvider {
  private static final TensorInfo PIXELS =
      new TensorInfo("input", DataType.FLOAT32, Shape.of(-1, 3, -1, -1));
  private static final TensorInfo MEANS =
      new TensorInfo("output", DataType.FLOAT32, Shape.of(-1, 3));
  private static final float WHITE = 255;

  /** What runs of any slot are handed to. */
  static volatile Executor executor = Runnable::run;

  /** Whether nets opened from now on say that they are. */
  static volatile boolean asynchronous = true;

  /** What each run tells of its layers. */
  static volatile List<LayerTime> layers = List.of();

  /** Most pictures that nets take in place of a tensor; 0 where they are to get tensors. */
  static volatile int mostPictures;

  /** How many pictures slots have taken, call by call. */
  static final Queue<Integer> taken = new ConcurrentLinkedQueue<>();

  /** Slots that were used while they ran. */
  static final Queue<String> violations = new ConcurrentLinkedQueue<>();

  /** What a listener hears while a net is opened. */
  static final String OPENING = "Getting ready";

  private static final AtomicInteger OPEN = new AtomicInteger();
  private static final AtomicInteger RUNNING = new AtomicInteger();
  private static final AtomicInteger MOST = new AtomicInteger();

  /** Keeps runs until a test ends them, in the test's thread. */
  static final class Held implements Executor {
    private static final long PATIENCE_MILLIS = 30_000;
    private final List<Runnable> runs = new ArrayList<>();
    private boolean failed;

    @Override
    public void execute(Runnable run) {
      synchronized (this) {
        if (!failed) {
          runs.add(run);
          notifyAll();
          return;
        }
      }
      run.run();
    }

    /** Waits until there are {@code count}; a test that waits in vain lets all runs go. */
    void await(int count) {
      synchronized (this) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (runs.size() < count && System.currentTimeMillis() < end) {
          waitFor(100);
        }
        if (runs.size() >= count) {
          return;
        }
        failed = true;
      }
      endAll();
      throw new AssertionError("there are not " + count + " runs");
    }

    @SuppressWarnings("WaitNotInLoop") // await() looks again
    private synchronized void waitFor(long millis) {
      try {
        wait(millis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    synchronized int count() {
      return runs.size();
    }

    void end(int index) {
      Runnable run;
      synchronized (this) {
        run = runs.remove(index);
      }
      run.run();
    }

    /** Ends those that there are now. */
    void endAll() {
      List<Runnable> ending;
      synchronized (this) {
        ending = List.copyOf(runs);
        runs.clear();
      }
      ending.forEach(Runnable::run);
    }
  }

  /** Starts anew; most runs at a time are counted from here. */
  static void reset(Executor runs, boolean async) {
    executor = runs;
    asynchronous = async;
    layers = List.of();
    mostPictures = 0;
    taken.clear();
    violations.clear();
    MOST.set(0);
  }

  /** Nets that are open. */
  static int open() {
    return OPEN.get();
  }

  static int mostAtOnce() {
    return MOST.get();
  }

  /** Turns a model folder into one of this engine. */
  static Path takesOver(Path folder) throws IOException {
    Path deploy = folder.resolve("deploy.json");
    Files.writeString(folder.resolve("net.later"), "");
    Files.writeString(
        deploy,
        Files.readString(deploy)
            .replace("end2end.onnx", "net.later")
            .replace("onnxruntime", "later"));
    return folder;
  }

  @Override
  public String name() {
    return "later";
  }

  @Override
  public String version() {
    return "1.0";
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public boolean runsOn(String deviceName) {
    return deviceName.equals("cpu");
  }

  @Override
  public boolean reads(String fileName) {
    return fileName.endsWith(".later");
  }

  @Override
  public Net open(
      ModelFiles files, String file, String weights, Device device, NetOptions options) {
    if (!options.listener().progress(OPENING, 0, 2)
        || !options.listener().progress(OPENING, 2, 2)) {
      throw new AvocetException(Status.CANCELLED, "opening " + file + " was given up");
    }
    OPEN.incrementAndGet();
    return new Means(asynchronous, new AtomicBoolean());
  }

  private record Means(boolean asynchronous, AtomicBoolean closed) implements Net {
    @Override
    public String description() {
      return "later";
    }

    @Override
    public List<TensorInfo> inputs() {
      return List.of(PIXELS);
    }

    @Override
    public List<TensorInfo> outputs() {
      return List.of(MEANS);
    }

    @Override
    public boolean prefersPictures() {
      return mostPictures > 0;
    }

    @Override
    public Optional<String> pictureObjection(int input, AffinePass pass, Image picture) {
      return Optional.empty();
    }

    @Override
    public NetSlot slot() {
      return new Slot(asynchronous);
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        OPEN.decrementAndGet();
      }
    }
  }

  private static final class Slot implements NetSlot {
    private final AtomicBoolean busy = new AtomicBoolean();
    private final boolean async;
    private volatile boolean failed;
    private Tensor pixels = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 3, 1, 1));
    private Tensor means = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 3));

    Slot(boolean async) {
      this.async = async;
    }

    private void mustBeFree(String what) {
      if (busy.get()) {
        violations.add(what + " during a run");
      }
    }

    @Override
    public Tensor input(int index, Shape shape) {
      mustBeFree("input");
      if (!pixels.shape().equals(shape)) {
        close();
        pixels = Tensor.allocate(DataType.FLOAT32, shape);
        means = Tensor.allocate(DataType.FLOAT32, Shape.of(shape.dim(0), 3));
      }
      return pixels;
    }

    @Override
    public boolean pictures(int index, List<AffinePass> passes, List<Image> pictures) {
      if (passes.size() > mostPictures) {
        return false;
      }
      Tensor target = input(index, passes.get(0).shape(passes.size()));
      try (PlainExecutor executor = new PlainExecutor()) {
        for (int i = 0; i < passes.size(); i++) {
          executor.execute(passes.get(i), pictures.get(i), target, i);
        }
      }
      taken.add(passes.size());
      return true;
    }

    @Override
    public void run() {
      CompletableFuture<Boolean> end = new CompletableFuture<>();
      begin(() -> end.complete(true));
      end.join();
      finish();
    }

    @Override
    public void start(Runnable ended) {
      if (async) {
        begin(ended);
      } else {
        NetSlot.super.start(ended);
      }
    }

    @Override
    public void finish() {
      mustBeFree("finish");
      if (failed) {
        failed = false;
        throw new AvocetException(Status.FAIL, "black makes it fail");
      }
    }

    private void begin(Runnable ended) {
      mustBeFree("start");
      compute();
      if (has(WHITE)) {
        throw new AvocetException(Status.FAIL, "white cannot be started");
      }
      busy.set(true);
      MOST.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
      executor.execute(
          () -> {
            RUNNING.decrementAndGet();
            failed = has(0);
            busy.set(false);
            ended.run();
          });
    }

    private void compute() {
      FloatBuffer in = pixels.floats();
      FloatBuffer out = means.floats();
      int area = in.capacity() / out.capacity();
      for (int c = 0; c < out.capacity(); c++) {
        float sum = 0;
        for (int i = 0; i < area; i++) {
          sum += in.get(c * area + i);
        }
        out.put(c, sum / area);
      }
    }

    private boolean has(float grey) {
      FloatBuffer out = means.floats();
      for (int i = 0; i < out.capacity(); i += 3) {
        if (out.get(i) == grey && out.get(i + 1) == grey && out.get(i + 2) == grey) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Tensor output(int index) {
      mustBeFree("output");
      return means;
    }

    @Override
    public List<LayerTime> layers() {
      mustBeFree("layers");
      return layers;
    }

    @Override
    public void close() {
      mustBeFree("close");
      pixels.close();
      means.close();
    }
  }
}
