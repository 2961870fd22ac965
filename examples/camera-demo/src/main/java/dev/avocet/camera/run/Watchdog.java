package dev.avocet.camera.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the cameras once a second: opens a source again that says nothing any more, and calls
 * for help where the model does not answer.
 */
final class Watchdog implements AutoCloseable {
  /** A source without a picture for so long is a trouble. */
  static final Duration QUIET = Duration.ofSeconds(3);

  /** A source without a picture for so long is opened again. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  /** A frame that is looked at for so long is a trouble. */
  static final Duration SLOW = Duration.ofSeconds(15);

  /** A frame that is looked at for so long will not come back. */
  static final Duration HUNG = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private final Collection<Camera> cameras;
  private final Machine machine;
  private final Runnable hung;
  private final Thread thread = new Thread(this::run, "avocet-camera-watchdog");
  private boolean closed;

  /**
   * A watchdog that is not started.
   *
   * @param hung called once, when a frame is not answered for {@link #HUNG}
   */
  Watchdog(Collection<Camera> cameras, Machine machine, Runnable hung) {
    this.cameras = List.copyOf(cameras);
    this.machine = machine;
    this.hung = hung;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (sleep()) {
        machine.read();
        for (Camera camera : cameras) {
          if (camera.state().stalled(QUIET.toNanos(), SILENCE.toNanos())) {
            camera.reopen();
          }
          if (camera.state().busyNanos() > HUNG.toNanos()) {
            LOG.error("{}: the model has not answered for {}", camera.name(), HUNG);
            hung.run();
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      // Nobody outside knows this thread; whoever interrupts it wants it to end.
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean sleep() throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    for (long left = until - System.nanoTime();
        left > 0 && !closed;
        left = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
