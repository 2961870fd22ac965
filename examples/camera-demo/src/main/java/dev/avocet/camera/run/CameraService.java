package dev.avocet.camera.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.Observer;
import dev.avocet.track.Scene;
import java.util.Optional;
import java.util.function.Consumer;

/** The application without its page: sources, the handle that all share, observers. Thread safe. */
public final class CameraService implements AutoCloseable {
  private CameraService() {}

  /**
   * Opens the model and starts the sources.
   *
   * @param keep is given the configuration whenever the page has changed it
   */
  public static CameraService start(CameraConfig config, Consumer<CameraConfig> keep) {
    throw new UnsupportedOperationException();
  }

  /** Adds somebody who takes observations from now on. */
  public void add(Observer observer) {
    throw new UnsupportedOperationException();
  }

  /** Takes nobody's observations any more. */
  public void remove(Observer observer) {
    throw new UnsupportedOperationException();
  }

  /** The newest observation of a source; INVALID_ARG where there is no such source. */
  public Optional<Observation> latest(String source) {
    throw new UnsupportedOperationException();
  }

  /** What the page shows that changes seldom, see docs/camera.md; a new object. */
  public ObjectNode state() {
    throw new UnsupportedOperationException();
  }

  /** What the page shows that changes always, see docs/camera.md; a new object. */
  public ObjectNode stats() {
    throw new UnsupportedOperationException();
  }

  /** Grows whenever {@link #state} has changed. */
  public long stateVersion() {
    throw new UnsupportedOperationException();
  }

  /**
   * Begins to open another model or the same on another device, while the present one goes on; the
   * state says how it went.
   *
   * @param model a name in the state's list of models
   * @param device a name in the state's list of devices
   * @throws dev.avocet.core.AvocetException INVALID_ARG where there is no such, BUSY while another
   *     is being opened
   */
  public void switchTo(String model, String device) {
    throw new UnsupportedOperationException();
  }

  /** Sets the score below which objects are left out, 0 to 1; else INVALID_ARG. */
  public void score(double score) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sets a source's lines and zones, whose counts begin anew; INVALID_ARG for an unknown source.
   */
  public void scene(String source, Scene scene) {
    throw new UnsupportedOperationException();
  }

  /** A viewer on a page has drawn a frame. */
  public void drawn(Observation observation) {
    throw new UnsupportedOperationException();
  }

  /** Why the application is not as it should be, a sentence each; none where all is well. */
  public java.util.List<String> troubles() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
