package dev.avocet.camera.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Stats;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.core.net.OpenListener;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model in use, and the change to another one while frames go on to the present one. Thread
 * safe.
 */
final class Eyes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Eyes.class);

  private final Choices choices;
  private final int sources;
  private final Runnable changed;
  private volatile Vision vision;

  /** What is being opened, null where nothing is; guarded by this. */
  private Thread opening;

  private String message = "";
  private boolean failed;
  private double progress;
  private volatile boolean closed;

  /**
   * Opens the first of the choices.
   *
   * @param sources how many frames may come at once
   * @param changed called when what {@link #addTo} says has changed
   * @throws AvocetException as {@link Vision#open}
   */
  Eyes(Choices choices, String device, int sources, OpenListener listener, Runnable changed) {
    this.choices = choices;
    this.sources = sources;
    this.changed = changed;
    String first = choices.first();
    this.vision = Vision.open(first, choices.model(first), device, sources, listener);
  }

  /**
   * Starts to look at a picture, which has to stay valid until the future is done.
   *
   * @throws AvocetException CLOSED, BUSY
   */
  CompletableFuture<Sight> see(Image image) {
    while (true) {
      Vision present = vision;
      try {
        return present.see(image);
      } catch (AvocetException e) {
        // It was replaced just now.
        if (e.status() != Status.CLOSED || present == vision) {
          throw e;
        }
      }
    }
  }

  String model() {
    return vision.name();
  }

  String device() {
    return vision.device();
  }

  Map<String, Stats> stats() {
    return vision.stats();
  }

  /**
   * Begins to open a model in a thread of its own.
   *
   * @param done called when it is in use
   * @throws AvocetException INVALID_ARG for an unknown model or device, BUSY while another is being
   *     opened
   */
  synchronized void switchTo(String model, String device, Runnable done) {
    choices.model(model);
    choices.checkDevice(device);
    if (opening != null) {
      throw new AvocetException(
          Status.BUSY, "a model is being opened: wait until it is there, then switch");
    }
    message = "opening %s on %s".formatted(model, device);
    failed = false;
    progress = 0;
    opening = new Thread(() -> open(model, device, done), "avocet-camera-open");
    opening.start();
    changed.run();
  }

  private void open(String model, String device, Runnable done) {
    Vision before = null;
    try {
      Vision opened = Vision.open(model, choices.model(model), device, sources, this::progress);
      synchronized (this) {
        before = closed ? opened : vision;
        vision = closed ? vision : opened;
        message = "";
      }
      LOG.info("{} on {} is in use now", model, device);
      done.run();
    } catch (AvocetException | LinkageError e) {
      LOG.warn("{} on {} cannot be opened: {}", model, device, e.getMessage());
      synchronized (this) {
        message = "%s on %s cannot be opened: %s".formatted(model, device, e.getMessage());
        failed = true;
      }
    } finally {
      synchronized (this) {
        opening = null;
      }
      changed.run();
      if (before != null) {
        before.close();
      }
    }
  }

  private boolean progress(String phase, int step, int steps) {
    synchronized (this) {
      progress = steps > 0 ? (double) step / steps : 0;
    }
    changed.run();
    return !closed;
  }

  /** Adds what docs/camera-api.md calls model. */
  synchronized void addTo(ObjectNode json) {
    ObjectNode model =
        json.putObject("model")
            .put("name", model())
            .put("device", device())
            .put("state", opening != null ? "opening" : failed ? "failed" : "ready")
            .put("message", message);
    if (opening != null && progress > 0) {
      model.put("progress", progress);
    } else {
      model.putNull("progress");
    }
  }

  /** Waits for the frames under way, and for a model that is being opened. */
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      closed = true;
      last = opening;
    }
    if (last != null) {
      try {
        last.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    vision.close();
  }
}
